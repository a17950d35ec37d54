#include "sim/cli/explain_help.h"

namespace dosimeter::sim {

const std::string_view kExplainHelpText =
    R"(usage: simulate explain [--rules FILE...] [--recorder NAME] REQUEST [options]

Says which sampling rule has a request and why: every rule in the order in which the recorder asks them, each field
with the pattern and the text that the recorder compares with it, and the rules that the recorder ignores.

  simulate explain --rules xray.json --service backend-flask --method GET --path '/login?next=%2F'
  simulate explain --rules xray.json --recorder xray-node --path /login --why-not Cruddur
  simulate explain --rules xray.json --path /login --all-recorders
  simulate explain --rules xray.json --requests requests.jsonl --format json

Rules
  --rules FILE...        rule documents of any shape that simulate reads, - is standard input. Default:
                         AWS's Default rule alone
  --recorder NAME        whose behaviour to explain, of those that simulate recorders lists. Default: documented

One request, as the client sent it: what the recorder makes of query, port and encoding is shown
  --service NAME         the name of the segment
  --service-type TYPE    where it runs: AWS::EC2::Instance
  --host HOST            the Host header, with its port: shop.example:8080
  --method METHOD        GET
  --path PATH            the path with its query: /login?next=%2F
  --url URL              the full URL, of a span that has no path: gives the path and, without --host, the host
  --resource-arn ARN     what it runs on
  --attribute KEY=VALUE  an attribute of the span at its start; may be given several times
  --base-path PATH       where the application is mounted, /shop, for recorders that see the path below it
  --trace-header TEXT    the X-Amzn-Trace-Id header: whoever called may have decided already
  --dynamic-naming PATTERN
                         a host that matches names the service (the X-Ray SDK's dynamic naming)
  What is not given the request does not have.

Many requests, each text compared as it is
  --requests FILE        one JSON object a line, - is standard input: service, service_type, host, method, path,
                         resource_arn, attributes, any of them absent or null; the answers are a line each. A line
                         that is no such object ends the program with exit code 2 after the answers before it

Answer
  --why-not RULE         only why that rule does not have the request: the first field that fails, the rule that is
                         asked earlier, or why the recorder ignores it
  --all-recorders        which rule every recorder selects for the request, and why it differs from --recorder
  --format FORMAT        text (default), or json (docs/explain.md): an object, of --requests one a line
  -h, --help             this text

Exit codes: 0 done; 2 wrong options or wrong content; 3 cannot open, read or write.
)";

}  // namespace dosimeter::sim
