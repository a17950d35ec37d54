#include "sim/cli/recorders_help.h"

namespace dosimeter::sim {

const std::string_view kRecordersHelpText =
    R"(usage: simulate recorders [NAME] [options]
       simulate recorders --check FILE [--recorder NAME]... [options]

Recorders are the SDKs and proxies that decide what X-Ray records. They differ from AWS's documentation and from one
another; each difference is a choice. Without a NAME: all recorders, where they come from, how it is known what they do,
and every choice that departs from documented. With one: all its choices.

  simulate recorders
  simulate recorders xray-node
  simulate recorders --check xray.json
  simulate recorders --check sampling.json --recorder xray-go --recorder envoy

Check
  --check FILE       what the recorders make of a rule document, any that --rules reads; - is standard input.
                     Of central rules: who uses and who ignores which. Of a local document: who accepts it, who
                     does not and at which line
  --recorder NAME    check with this one alone; may be given several times. Exit code 1 where one of them does not
                     use the whole document

Report
  --format FORMAT    text (default), or json (docs/cli.md)
  -h, --help         this text

Exit codes: 0 done; 1 a recorder named with --recorder does not use the whole document; 2 wrong options or wrong
content; 3 cannot open, read or write.
)";

}  // namespace dosimeter::sim
