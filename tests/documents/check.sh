#!/usr/bin/env bash
# check.sh SOURCE_DIR SIMULATE: compares what documents show with what there is. A document marks a block with a line
# `<!-- shows: SOURCE -->` right before it, where SOURCE is `file PATH`, `lines PATH RANGE` (a range of sed: `/from/,/to/`) or
# `simulate ARGUMENTS`, to be run in the source directory.
set -euo pipefail
cd "$1"
simulate=$2
failed=0
checked=0

while IFS=: read -r document line mark; do
  source=${mark#*shows: }
  source=${source% -->}
  block=$(awk -v start="$line" 'NR > start && /^```/ { if (inside) exit; inside = 1; next } inside' "$document")
  case $source in
    "file "*) expected=$(cat "${source#file }") ;;
    "lines "*)
      read -r path range <<<"${source#lines }"
      expected=$(sed -n "${range}p" "$path")
      if [[ -z $expected ]]; then
        echo "$document:$line: no such lines in $path: $range"
        exit 1
      fi
      ;;
    "simulate "*)
      read -ra arguments <<<"${source#simulate }"
      expected=$("$simulate" "${arguments[@]}" 2>&1)
      ;;
    *)
      echo "$document:$line: unknown source \"$source\""
      exit 1
      ;;
  esac
  checked=$((checked + 1))
  if ! diff -u --label "$document:$line" --label "$source" <(echo "$block") <(echo "$expected"); then
    failed=1
  fi
done < <(grep -Hn '^<!-- shows: ' README.md docs/*.md)

# README: the program and the report; docs/cli.md: the help text.
if [[ $checked -lt 3 ]]; then
  echo "expected at least 3 marked blocks, got $checked"
  exit 1
fi
exit $failed
