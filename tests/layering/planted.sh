#!/usr/bin/env bash
# Plants one violation after another in a copy of the source tree: check.sh must name each, by file and line.
#
#   planted.sh DIRECTORY
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
source_tree=${1:?usage: planted.sh DIRECTORY}

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
for directory in text engine rules sim tests bench examples; do
  if [[ -d $source_tree/$directory ]]; then cp -R "$source_tree/$directory" "$copy/"; fi
done

failures=0

# plant FILE LINE: check.sh refuses the line at the end of the file, which is made where it is not there.
plant() {
  local file=$copy/$1 kept=
  if [[ -e $file ]]; then
    kept=$(mktemp)
    cp "$file" "$kept"
  fi
  mkdir -p "$(dirname "$file")"
  printf '%b\n' "$2" >>"$file"
  local output line
  line=$(wc -l <"$file")
  output=$("$here/check.sh" "$copy") && output="nothing"
  if [[ $output != "$1:$line: "* ]]; then
    echo "planted \`$2\` in $1:$line, check.sh found: $output"
    failures=$((failures + 1))
  fi
  if [[ $kept ]]; then mv "$kept" "$file"; else rm "$file"; fi
}

"$here/check.sh" "$copy"

plant engine/include/dosimeter/rate.h '#include <dosimeter/rules/load.h>'
plant engine/include/dosimeter/rate.h '#include "engine/src/pattern.h"'
plant engine/include/dosimeter/rate.h '#include <fmt/format.h>'
plant engine/src/planted.cpp '#include <nlohmann/json.hpp>'
plant engine/src/planted.cpp '#include "sim/exit_code.h"'
plant engine/src/planted.cpp '  #  include <iostream>'
plant engine/src/planted.cpp '#include <random>'
plant engine/src/planted.cpp '#include <unistd.h>'
plant engine/src/planted.cpp '#include "../../rules/src/message.h"'
plant engine/src/planted.cpp '#include PLANTED'
plant engine/src/planted.cpp 'auto x = std::random_device{}();'
plant engine/src/planted.cpp 'auto x = std::chrono::system_clock::now();'
plant engine/src/planted.cpp 'using Clock = std::chrono::steady_clock;'
plant engine/src/planted.cpp 'auto x = std::getenv("HOME");'
plant engine/src/planted.cpp 'void f() { std::snprintf(a, b, "x"); }'
plant engine/src/planted.cpp 'void f() { throw 1; }'
plant engine/src/planted.cpp 'throw;'
plant rules/include/dosimeter/rules/planted.h '#pragma once\n#include <nlohmann/json.hpp>'
plant text/planted.h '#pragma once\n#include "rules/src/message.h"'
plant text/planted.h '#pragma once\n#include <dosimeter/rule.h>'
plant rules/include/dosimeter/rules/planted.h '#pragma once\n#include "text/escaped.h"'
plant rules/include/dosimeter/rules/planted.h '#pragma once\n#include "rules/src/message.h"'
plant rules/src/planted.cpp '#include "engine/src/pattern.h"'
plant rules/src/planted.cpp '#include "sim/failure.h"'
plant rules/src/planted.cpp '#include <Eigen/Core>'
plant sim/log/planted.cpp '#include "rules/src/message.h"'
plant sim/report/planted.cpp '#include <Eigen/Core>'
plant sim/predict/planted.cpp '#include <CLI/CLI.hpp>'
plant sim/log/planted.cpp '#include <regex>'
plant sim/log/planted.cpp '#include <simdjson.h>'
plant sim/log/planted.cpp '#include "tests/oracle/planted.h"'
plant tests/rules/planted.cpp '#include "engine/src/pattern.h"'
plant tests/oracle/planted.cpp '#include "engine/src/pattern.h"'
plant tests/engine/planted.cpp '#include "sim/failure.h"'
plant tests/engine/planted.cpp '#include <catch2/catch.hpp>'
plant tests/consumer/engine/planted.cpp '#include "tests/support/catch.h"'
plant bench/planted.cpp '#include "engine/src/pattern.h"'
plant examples/planted.cpp '#include "sim/failure.h"'
plant engine/include/dosimeter.h '#include <dosimeter/rate.h>'
plant engine/include/dosimeter.h '#include <stdio.h>'
plant engine/include/dosimeter/rate.h '#include <dosimeter.h>'
plant engine/src/planted.cpp '#include <dosimeter.h>'
plant engine/src/c_planted.cpp '#include <dosimeter_rules.h>'
plant engine/src/c_planted.cpp 'void f() { throw 1; }'
plant rules/include/dosimeter_rules.h '#include <dosimeter/rules/load.h>'
plant rules/src/planted.cpp '#include <dosimeter.h>'
plant rules/src/c_planted.cpp '#include "engine/src/c_door.h"'
plant examples/planted.c '#include <unistd.h>'
plant examples/planted.cpp '#include <httplib.h>'
plant tests/c_interface/planted.c '#include "tests/support/catch.h"'
plant engine/src/planted.cpp '// caf\0303\0251'
plant sim/log/planted.h 'int x;'

if [[ $failures -gt 0 ]]; then exit 1; fi
