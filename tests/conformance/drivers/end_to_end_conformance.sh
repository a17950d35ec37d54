#!/usr/bin/env bash
# Lets the real SDKs poll a stand-in for the X-Ray daemon for some seconds, and compares all they did with the engine.
#
#   end_to_end_conformance.sh BUILD [SEED]      compare
#   end_to_end_conformance.sh BUILD --record    write recorded/*.end_to_end.json anew
#
# BUILD is a folder in which tests/conformance/conformance_tests is built; packages go into BUILD/conformance. Exit codes:
# 0 all agree, 1 a difference, 77 nothing could be run here, which is said.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(cd "$1" && pwd)
seed=1
record=0
if [[ ${2:-} == --record ]]; then record=1; else seed=${2:-$seed}; fi

live=$build/conformance/end_to_end
mkdir -p "$live"
command -v python3 >/dev/null || {
  echo "end to end: skipped: no python3" >&2
  exit 77
}
for recorder in xray-python xray-node; do
  code=0
  "$here/$recorder/text_install" "$build/conformance/$recorder-text" || code=$?
  if [[ $code -ne 0 ]]; then
    echo "end to end: skipped: the packages for $recorder cannot be had" >&2
    exit "$code"
  fi
done
python_packages=$build/conformance/xray-python-text
"$here/end_to_end.py" "$seed" "$python_packages/venv/bin/python" "$here/xray-python/end_to_end_driver.py" \
  >"$live/xray-python.end_to_end.json" &
python_run=$!
"$here/end_to_end.py" "$seed" node "$here/xray-node/end_to_end_driver.js" "$build/conformance/xray-node-text" \
  >"$live/xray-node.end_to_end.json" &
node_run=$!
failed=0
wait "$python_run" || failed=1
wait "$node_run" || failed=1
[[ $failed -eq 0 ]] || exit 1
if [[ $record -eq 1 ]]; then cp "$live"/*.end_to_end.json "$here/../recorded/"; fi
echo "end to end: seed $seed, xray-python and xray-node"
DOSIMETER_END_TO_END=$live "$build/tests/conformance/conformance_tests" "end to end*"
