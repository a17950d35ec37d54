#!/usr/bin/env bash
# check.sh must notice a name that is missing from the list and one too many. Arguments as of check.sh.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
library=$1 list=$2 header=$3 other=${4-}
planted=$(mktemp)
trap 'rm -f "$planted"' EXIT

"$here/check.sh" "$@"
sed 1d "$list" >"$planted"
if "$here/check.sh" "$library" "$planted" "$header" "$other" >/dev/null; then
  echo "a name too many was not noticed"
  exit 1
fi
{ cat "$list" && echo dosimeter_zzz; } >"$planted"
if "$here/check.sh" "$library" "$planted" "$header" "$other" >/dev/null; then
  echo "a missing name was not noticed"
  exit 1
fi
