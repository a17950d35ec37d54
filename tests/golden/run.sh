#!/usr/bin/env bash
# Runs one golden case and compares what the program said with what is expected of it.
#
#   run.sh SIMULATE CASE
#
# SIMULATE is the program, CASE the directory of the case or its name beside this script. The case is copied, over the
# files of inputs/, to a temporary directory; there `cmd` is run by bash, which ends at the first command that fails, with
# the program on the PATH as `simulate`. Standard output, standard error and the exit code must be those in the files
# stdout, stderr and exit. What differs is shown as a unified diff, and the exit code is 1; it is 77 where the case has
# ended with 77: it says on standard error why it cannot run here.
set -euo pipefail
export LC_ALL=C

if [[ $# -ne 2 ]]; then
  echo "usage: run.sh SIMULATE CASE" >&2
  exit 2
fi
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
simulate=$(realpath -e "$1")
if [[ -d $2 ]]; then case=$(realpath "$2"); else case=$here/$2; fi
if [[ ! -f $case/cmd ]]; then
  echo "run.sh: no file $case/cmd" >&2
  exit 2
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin" "$scratch/work" "$scratch/got"
ln -s "$simulate" "$scratch/bin/simulate"
cp -R "$here/inputs/." "$scratch/work/"
cp -R "$case/." "$scratch/work/"
# So that a case cannot read what is expected of it.
rm -f "$scratch/work/"{cmd,stdout,stderr,exit}

code=0
(
  cd "$scratch/work"
  export PATH=$scratch/bin:$PATH
  unset NO_COLOR
  exec bash -eu -o pipefail "$case/cmd" </dev/null >"$scratch/got/stdout" 2>"$scratch/got/stderr"
) || code=$?
echo "$code" >"$scratch/got/exit"

if [[ $code -eq 77 ]]; then
  echo "skipped: $(<"$scratch/got/stderr")"
  exit 77
fi

# Where update.sh wants what was said, not whether it is right.
if [[ ${GOLDEN_KEEP:-} ]]; then
  cp "$scratch/got/"* "$GOLDEN_KEEP/"
  exit 0
fi

failed=0
for stream in exit stderr stdout; do
  if [[ ! -f $case/$stream ]]; then
    echo "$case/$stream is missing: write it, or see update.sh"
    failed=1
    diff -u --label /dev/null --label "got/$stream" /dev/null "$scratch/got/$stream" || true
  else
    diff -u --label "expected/$stream" --label "got/$stream" "$case/$stream" "$scratch/got/$stream" || failed=1
  fi
done
if [[ $failed -ne 0 ]]; then
  echo "case $(basename "$case") failed; if the new answer is right: tests/golden/update.sh SIMULATE $(basename "$case")"
fi
exit "$failed"
