#include "sim/cli/inspect_help.h"

namespace dosimeter::sim {

const std::string_view kInspectHelpText =
    R"(usage: simulate inspect --log FILE... [--rules FILE...] [options]

Says what a log holds before anything is predicted from it: its format and how that was known, which column feeds what,
what its first rows become, which rows cannot be read and why, when the requests were, in which order and with which
gaps, and for how many requests the rule depends on a field that the log does not have.

  simulate inspect --log access.log
  simulate inspect --log access-logs/ --rules xray.json --recorder xray-node
  simulate inspect --log traffic.csv --map host=vhost --rows 20 --format json

Rules
  --rules FILE...        rule documents of any shape that simulate reads, - is standard input. Default:
                         AWS's Default rule alone
  --recorder NAME        whose rules see the requests, of those that simulate recorders lists. Default: documented

Requests
  --log PATH...          as for simulate: files, directories, patterns in quotes, - for standard input
  --log-format FORMAT    whatever the log looks like: see simulate --help. Default: auto
  --tz OFFSET            the zone of stamps that name none: +02:00. Default: UTC
  --map NAME=HEADER...   the column that holds time, host, method, path, service...: see simulate --help
  --service NAME         the service of rows that name none
  --host NAME            the host of rows that name none
  --dynamic-naming PATTERN
                         rows whose host matches are of the service called like the host
  --base-path PATH       where the application is mounted, /shop, for recorders that see the path below it
  --rewrite FROM=TO      a prefix of paths that a proxy changes on the way to the recorder: /api=/. The longest that
                         fits is taken; may be given several times
  --from TIME            leave out earlier rows
  --to TIME              leave out rows at this time and later
  --where EXPRESSION     leave out rows for which it does not hold: see simulate --help
  --threads N            read on so many processors: 1 to 256. Default: all there are

Answer
  --rows N               how many of the first rows to show: 0 to 1000. Default: 5
  --format FORMAT        text (default), or json (docs/inspect.md)
  --output FILE          where the answer goes. Default: -, standard output
  -h, --help             this text

Exit codes: 0 done; 2 wrong options or wrong content; 3 cannot open, read or write, or interrupted (the answer for what
was read is printed, marked partial).
)";

}  // namespace dosimeter::sim
