#!/usr/bin/env bash
# Reads every #include and every word of the C++ and C files under a source tree and prints those that stand where they must
# not, as `file:line: message`. Exit code 1 if there is one.
#
#   check.sh DIRECTORY
set -euo pipefail
export LC_ALL=C
cd "${1:?usage: check.sh DIRECTORY}"

directories=()
for directory in text engine rules sim tests bench examples; do
  if [[ -d $directory ]]; then directories+=("$directory"); fi
done
mapfile -t files < <(find "${directories[@]}" -type f \( -name '*.h' -o -name '*.cpp' -o -name '*.c' \) | sort)
if [[ ${#files[@]} -eq 0 ]]; then
  echo "check.sh: no C++ file in $PWD" >&2
  exit 2
fi

awk '
  # What each part of the tree may include. "std" is the standard library less what is forbidden in that part.
  function allowed(file, include) {
    # The C interface is C, and C programs are those of strangers.
    if (file == "engine/include/dosimeter.h") return include ~ /^<std(def|int)\.h>$/
    if (file == "rules/include/dosimeter_rules.h") return include == "<dosimeter.h>"
    if (file ~ /\.c$/)               return c_standard(include) || c_header(include)
    if (file ~ /^engine\/include\//) return standard(include) || engine_header(include)
    if (file ~ /^engine\/src\/c_/)   return standard(include) || engine_header(include) || include == "<dosimeter.h>" ||
                                            include ~ /^"engine\/src\//
    if (file ~ /^engine\/src\//)     return standard(include) || engine_header(include) || include ~ /^"engine\/src\//
    if (file ~ /^text\//)            return standard(include) || include ~ /^"text\//
    if (file ~ /^rules\/include\//)  return standard(include) || engine_header(include) || rules_header(include)
    if (file ~ /^rules\/src\/c_/ && c_header(include)) return 1
    if (file ~ /^rules\/src\//)      return standard(include) || engine_header(include) || rules_header(include) ||
                                            include ~ /^("rules\/src|"text|<nlohmann)\//
    if (file ~ /^sim\//)             return standard(include) || engine_header(include) || rules_header(include) ||
                                            system_header(include) || include ~ /^("sim|"text|<fmt|<nlohmann)\// ||
                                            (file ~ /^sim\/predict\// && include ~ /^<(unsupported\/)?Eigen\//) ||
                                            (file ~ /^sim\/cli\// && include ~ /^<CLI\//) ||
                                            (file ~ /^sim\/log\/[a-z0-9]+_inflater\.cpp$/ && compression_header(include)) ||
                                            (file == "sim/log/json_reader.cpp" && include == "<simdjson.h>") ||
                                            (file ~ /^sim\/log\/(csv_ends|spaced_fields)\.cpp$/ && include == "<immintrin.h>")
    if (file ~ /^examples\/(poller|server)\.cpp$/ && include == "<httplib.h>") return 1
    # Programs of strangers: what an installed tree has.
    if (file ~ /^(examples|tests\/consumer)\//)
                                     return standard(include) || engine_header(include) || rules_header(include)
    # A module is tested from inside by its own tests alone.
    if (include ~ /^"engine\//)      return file ~ /^tests\/engine\// && include ~ /^"engine\/src\//
    if (include ~ /^"rules\//)       return file ~ /^tests\/rules\// && include ~ /^"rules\/src\//
    if (include ~ /^"sim\//)         return file ~ /^(tests\/(sim|support|oracle|fuzz|conformance)|bench)\//
    if (include ~ /^<catch2\//)      return file == "tests/support/catch.h"
    if (include == "<httplib.h>")    return file ~ /^tests\/examples\//
    if (include ~ /^<benchmark\//)   return file ~ /^bench\//
    if (include ~ /^"/)              return include ~ /^"(tests|bench)\//
    return 1
  }
  function standard(include) { return include ~ /^<[a-z_0-9]+>$/ }
  function c_standard(include) { return include ~ /^<(std(def|int|io|lib)|string|time)\.h>$/ }
  function c_header(include) { return include ~ /^<dosimeter(_rules)?\.h>$/ }
  function engine_header(include) { return include ~ /^<dosimeter\/[a-z_0-9]+\.h>$/ }
  function rules_header(include) { return include ~ /^<dosimeter\/rules\/[a-z_0-9]+\.h>$/ }
  function system_header(include) { return include ~ /^<(sys\/[a-z]+|fcntl|glob|poll|pthread|signal|unistd)\.h>$/ }
  function compression_header(include) { return include ~ /^<(bzlib|isa-l\/igzip_lib|lzma|zlib|zstd|zstd_errors)\.h>$/ }

  function report(message) {
    print FILENAME ":" FNR ": " message
    found = 1
  }

  FNR == 1 && FILENAME ~ /\.h$/ && !(FILENAME in headers) { headers[FILENAME] = 0 }
  /^#pragma once/ { headers[FILENAME] = 1 }
  /[\200-\377]/ { report("a character outside ASCII: write it as an escape") }
  /^[ \t]*#[ \t]*include/ {
    include = $0
    sub(/^[ \t]*#[ \t]*include[ \t]*/, "", include)
    if (match(include, /^(<[^>]*>|"[^"]*")/) == 0) {
      report("an include that is neither <...> nor \"...\"")
      next
    }
    include = substr(include, 1, RLENGTH)
    if (include ~ /\/\.\.?\/|^.\.\.?\//) report(include " is a relative path")
    else if (!allowed(FILENAME, include)) report(include " must not be included here")
    # Not in g++ 12 and clang 14, or not usable there.
    if (include ~ /^<(regex|format|print|expected|ranges|generator)>$/) report(include " is not for this project")
    if (FILENAME ~ /^engine\// && include ~ /^<(random|[a-z]*stream|cstdio|cstdlib|ctime|filesystem|locale|clocale)>$/)
      report(include " must not be in the engine: no clock, chance, environment, file or output")
    next
  }
  {
    code = " " $0
    sub(/\/\/.*/, "", code)
  }
  FILENAME ~ /^engine\// {
    count = split("random_device _clock::now steady_clock high_resolution_clock getenv printf std::cout std::cerr fopen",
                  words, " ")
    for (i = 1; i <= count; ++i)
      if (index(code, words[i])) report(words[i] " must not be in the engine")
    if (code ~ /[^A-Za-z_0-9]throw[^A-Za-z_0-9]/) report("throw must not be in the engine")
  }
  code ~ /atomic_thread_fence|std::regex|atomic<std::shared_ptr/ { report("not usable with the compilers of this project") }
  END {
    for (header in headers)
      if (!headers[header]) {
        print header ":1: no #pragma once"
        found = 1
      }
    exit found
  }
' "${files[@]}"
