#!/usr/bin/env bash
# Puts random raw requests to the real middlewares and compares what they made of them with the engine.
#
#   text_conformance.sh BUILD [SEED [COUNT]]    compare, with another seed if you like
#   text_conformance.sh BUILD --record          write recorded/*.text.json anew
#
# BUILD is a folder in which tests/conformance/conformance_tests is built; packages go into BUILD/conformance. Exit codes:
# 0 all agree, 1 a difference, 77 nothing could be run here, which is said.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(cd "$1" && pwd)
seed=1
count=2000
record=0
if [[ ${2:-} == --record ]]; then
  record=1
else
  seed=${2:-$seed}
  count=${3:-$count}
fi

live=$build/conformance/text
mkdir -p "$live"
command -v python3 >/dev/null || {
  echo "text: skipped: no python3" >&2
  exit 77
}
"$here/text_requests.py" "$seed" "$count" >"$live/cases.jsonl"
for recorder in xray-python xray-node; do
  packages=$build/conformance/$recorder-text
  code=0
  "$here/$recorder/text_install" "$packages" || code=$?
  if [[ $code -ne 0 ]]; then
    echo "text: skipped: the packages for $recorder cannot be had" >&2
    exit "$code"
  fi
  "$here/$recorder/text_run" "$packages" <"$live/cases.jsonl" >"$live/$recorder.jsonl"
  "$here/record_texts.py" "$seed" "$live/cases.jsonl" "$live/$recorder.jsonl" >"$live/$recorder.text.json"
  if [[ $record -eq 1 ]]; then cp "$live/$recorder.text.json" "$here/../recorded/$recorder.text.json"; fi
done
echo "text: seed $seed, $count requests to each of xray-python and xray-node"
DOSIMETER_TEXT_ANSWERS=$live "$build/tests/conformance/conformance_tests" "text answers: a raw*"
