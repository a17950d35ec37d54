#include "sim/cli/help_text.h"

namespace dosimeter::sim {

const std::string_view kHelpText =
    R"(usage: simulate --log FILE... [--rules FILE...] [options]
       simulate COMMAND [options]

Replays a request log against AWS X-Ray sampling rules and predicts, before anyone deploys them, which rule decides
which request, how many traces are recorded and what they cost.

  simulate --rules xray.json --log traffic.csv
  simulate --rules xray.json --log traffic.csv --format json --output report.json
  simulate --rules xray.json --log access-logs/ 'more/*.log.gz' --service shop

Commands
  explain                which rule has a request, and why: simulate explain --help
  inspect                what a log holds and what it lacks: simulate inspect --help
  compare                what two recorders make of one log: simulate compare --help
  recorders              the recorders, what each does otherwise than AWS documents, and what each makes of a rule
                         document: simulate recorders --help

Rules
  --rules FILE...        JSON of any of these shapes; several files are one document, - is standard input:
                         input of aws xray create-sampling-rule, output of aws xray get-sampling-rules, a bare
                         rule or an array of them, a CloudFormation template, terraform show -json or .tf.json,
                         a recorder's local document of version 1 or 2. Default: AWS's Default rule alone
  --recorder NAME        whose behaviour to predict, of those that simulate recorders lists. Default: documented

Requests
  --log PATH...          CSV with a header line, access logs of load balancers, proxies and web servers, JSON lines, or
                         traces of OTLP and X-Ray in JSON, each known by its content, compressed with gzip, zstd, bzip2
                         or xz or not. A directory stands for its files, a pattern in quotes ('logs/*.gz') for what it
                         matches, - for standard input
  --log-format FORMAT    alb, api-gateway, api-gateway-csv, api-gateway-json, caddy, cloudflare, cloudfront, combined,
                         csv, elb, envoy, envoy-json, google, haproxy, heroku, iis, json, ltsv, nginx-json, otlp, s3,
                         traefik, traefik-clf, tsv or xray (docs/formats.md), whatever the lines look like.
                         Default: auto, by the first lines
  --tz OFFSET            the zone of stamps that name none: +02:00. Default: UTC
  --map NAME=HEADER...   the column that holds time, date, host, method, path, request, service, service_type,
                         trace, trace_header, resource_arn, status or count. Default: by its name
  --service NAME         the service of rows that name none
  --host NAME            the host of rows that name none
  --dynamic-naming PATTERN
                         rows whose host matches are of the service called like the host (the X-Ray SDK's dynamic
                         naming); the others of the service they name, or of --service
  --base-path PATH       where the application is mounted, /shop, for recorders that see the path below it
  --rewrite FROM=TO      a prefix of paths that a proxy changes on the way to the recorder: /api=/. The longest that
                         fits is taken; may be given several times
  --from TIME            leave out earlier rows: 2026-05-04, 2026-05-04T10:00:00Z, seconds since 1970
  --to TIME              leave out rows at this time and later
  --where EXPRESSION     leave out rows for which it does not hold: 'status >= 500 and path = /api/*'. FIELD OP VALUE,
                         joined by and; fields are time, method, host, path, query, service, service_type, status,
                         resource_arn, trace_header, instance and count. * and ? are wildcards of = and !=, a value
                         with blanks stands in quotes, and - is an absent field. Several must all hold
  --sample-of 1/N        the log is a sample: each row stands for N requests of its own second. N: 1 to 10^9
  --scale-traffic G      predict for G times the log's traffic: each row floor(G) times, and once more with the
                         probability of the rest, drawn with --seed: 0.000001 to 1000000. Default: 1
  --strict               end at the first row that cannot be read, with exit code 2
  --reorder-memory SIZE  for seconds that may still grow, so that rows may come in any order: 64KiB to 64GiB.
                         Default: 16MiB
  --threads N            read and match on so many processors; no figure depends on it: 1 to 256. Default: all there are

Instances
  --mode MODE            central: instances share each reservoir by X-Ray's quotas; local: each has the whole of it.
                         Default: as the rules are, and local for a recorder that asks X-Ray for none
  --instances N          processes of the recorder, each request going to any of them alike: 1 to 10000. Default: 1
  --instance-column NAME
                         instead of a number: the column of the log that names each request's instance
  --allocation MODEL     how X-Ray is assumed to split a reservoir, which it does not publish: even, proportional (to
                         the instances' requests) or borrow-only (no quota comes: one a second each). Default: even
  --startup              instances begin at their first request without a quota: they borrow one a second, ask for
                         quotas every 10 s, and lose one that is 5 min old. Default: they have theirs from the start
  --seed N               of what has to be simulated, random routing and --scale-traffic: 0 to 2^53. Default: 1

Prediction
  --confidence SHARE     how sure the ranges are: 0.5 to 0.9999. Default: 0.95
  --prices FILE          a price file (docs/prices.md). Default: the built-in one
  --free-tier-used N     how many of the month's free traces something else uses: 0 to 10^15. Default: 0
  --month-hours HOURS    how long a month is: 1 to 8784. Default: 744, 31 days, as AWS counts

Report
  --by WHAT              also a table of requests, expected traces and effective rate by endpoint (method and path,
                         /users/123 as /users/:id), status (1xx to 5xx) or hour; may be given several times
  --format FORMAT        text (default), or json (docs/report.md)
  --output FILE          where the report goes. Default: -, standard output
  -h, --help             this text
  --version              the version

Exit codes: 0 done; 1 done, and the answer is no; 2 wrong options or wrong content; 3 cannot open, read or write, or
interrupted (the report of what was read is printed, marked partial).
)";

}  // namespace dosimeter::sim
