#!/usr/bin/env bash
# Rewrites what golden cases expect, one case after the other: shows the difference and asks first.
#
#   update.sh [--yes] SIMULATE [CASE...]
#
# SIMULATE is the program; without a CASE (a name beside this script) all are gone through. --yes does not ask. A wrong
# expectation is worse than none: read each difference, do the arithmetic. Refused in continuous integration.
set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [[ ${CI:-} ]]; then
  echo "update.sh: CI is set: expectations are changed by people" >&2
  exit 2
fi
ask=1
if [[ ${1:-} == --yes ]]; then
  ask=0
  shift
fi
if [[ $# -eq 0 || $1 == -* ]]; then
  echo "usage: update.sh [--yes] SIMULATE [CASE...]" >&2
  exit 2
fi
if [[ $ask -eq 1 && ! -t 0 ]]; then
  echo "update.sh: no terminal to ask on: give --yes" >&2
  exit 2
fi
simulate=$1
shift
cases=("$@")
if [[ ${#cases[@]} -eq 0 ]]; then
  for command in "$here"/*/cmd; do cases+=("$(basename "$(dirname "$command")")"); done
fi

got=$(mktemp -d)
trap 'rm -rf "$got"' EXIT
for case in "${cases[@]}"; do
  rm -f "$got"/*
  code=0
  GOLDEN_KEEP=$got "$here/run.sh" "$simulate" "$here/$case" || code=$?
  if [[ $code -eq 77 ]]; then continue; fi
  if [[ $code -ne 0 ]]; then exit "$code"; fi
  for stream in exit stderr stdout; do
    expected=$here/$case/$stream
    if [[ -f $expected ]] && cmp -s "$expected" "$got/$stream"; then continue; fi
    old=$expected
    if [[ ! -f $old ]]; then old=/dev/null; fi
    diff -u --label "$case/$stream" --label "$case/$stream (new)" "$old" "$got/$stream" || true
    if [[ ! -f $expected && ! -s $got/$stream ]]; then echo "$case/$stream: new and empty"; fi
    if [[ $ask -eq 1 ]]; then
      read -r -p "rewrite $case/$stream? [y/N] " answer
      if [[ $answer != [yY]* ]]; then continue; fi
    fi
    cp "$got/$stream" "$expected"
  done
done
