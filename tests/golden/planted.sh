#!/usr/bin/env bash
# Plants one wrong expectation after another in a copy of a case: run.sh must fail and show it, and must pass on the
# right ones; update.sh must not rewrite anything unasked.
#
#   planted.sh SIMULATE
set -euo pipefail
export LC_ALL=C
unset CI
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
simulate=$(realpath -e "${1:?usage: planted.sh SIMULATE}")

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/golden"
cp -R "$here/run.sh" "$here/update.sh" "$here/inputs" "$scratch/golden/"
case=$scratch/golden/planted
failures=0

restore() {
  rm -rf "$case"
  mkdir "$case"
  # shellcheck disable=SC2016 # the case expands it
  echo 'simulate --version | tail -c 1; echo said >&2; [[ -f xray.json && ! -e stdout && $LC_ALL == C ]]; exit 5' >"$case/cmd"
  echo >"$case/stdout"
  echo said >"$case/stderr"
  echo 5 >"$case/exit"
}

# expect CODE TEXT WHAT: run.sh ends with CODE and prints TEXT.
expect() {
  local output code=0
  output=$("$scratch/golden/run.sh" "$simulate" planted 2>&1) || code=$?
  if [[ $code -ne $1 || $output != *"$2"* ]]; then
    echo "$3: expected $1 and \"$2\", got $code and: $output"
    failures=$((failures + 1))
  fi
}

restore
expect 0 "" "the right expectations"
echo more >>"$case/stdout"
expect 1 "-more" "a line of stdout too many"
restore
printf ' ' >>"$case/stdout"
expect 1 "expected/stdout" "a blank of stdout too many"
restore
: >"$case/stderr"
expect 1 "+said" "nothing on stderr"
restore
echo 0 >"$case/exit"
expect 1 "-0" "another exit code"
for stream in stdout stderr exit; do
  restore
  rm "$case/$stream"
  expect 1 "$stream is missing" "no $stream"
done
restore
rm "$case/cmd"
expect 2 "no file" "no cmd"
restore
# 5 is that of the last command: an earlier failure must not pass.
echo 'false; exit 5' >"$case/cmd"
expect 1 "+1" "a command that fails early"
echo 'false | true; exit 5' >"$case/cmd"
expect 1 "+1" "a command of a pipe that fails"
# shellcheck disable=SC2016 # the case expands it
echo 'echo $no_such_variable; exit 5' >"$case/cmd"
expect 1 "no_such_variable" "a variable that is not set"
echo 'echo "no use" >&2; exit 77' >"$case/cmd"
expect 77 "skipped: no use" "a case that cannot run"

# refused WHAT COMMAND...: the command fails and leaves the wrong expectation.
refused() {
  local what=$1
  shift
  restore
  echo wrong >"$case/stdout"
  if "$@" >"$scratch/said" 2>&1 || [[ $(<"$case/stdout") != wrong ]]; then
    echo "$what: expected a refusal, got: $(<"$scratch/said")"
    failures=$((failures + 1))
  fi
}
refused "update.sh without a terminal" "$scratch/golden/update.sh" "$simulate" planted </dev/null
refused "update.sh in continuous integration" env CI=1 "$scratch/golden/update.sh" --yes "$simulate" planted
restore
echo wrong >"$case/stdout"
"$scratch/golden/update.sh" --yes "$simulate" planted >"$scratch/said"
expect 0 "" "after update.sh --yes"
if ! grep -q '^-wrong' "$scratch/said"; then
  echo "update.sh showed no difference: $(<"$scratch/said")"
  failures=$((failures + 1))
fi

if [[ $failures -gt 0 ]]; then exit 1; fi
