#!/usr/bin/env bash
# Compares what a shared library exports with a list, and with what its header declares: a name too many fails as one too
# few does. What the library takes from another of ours must be on that one's list, and all it needs must be there.
#
#   check.sh LIBRARY LIST HEADER [LIST_OF_THE_OTHER]
set -euo pipefail
export LC_ALL=C
library=$1 list=$2 header=$3 other=${4-}
failed=0

# compare WHAT < names: they are those of the list.
compare() {
  if ! diff -u --label "$list" --label "$1" "$list" -; then
    echo "$1 and $list differ"
    failed=1
  fi
}

exported=$(nm -D --defined-only "$library" | awk '{ print $NF }' | sort)
compare "exported by $library" <<<"$exported"
declared=$(tr '\n' ' ' <"$header" | grep -oE 'DOSIMETER_API [^;]*;' | grep -oE 'dosimeter_[a-z_]+\(' | tr -d '(' | sort)
compare "declared in $header" <<<"$declared"

taken=$(nm -D --undefined-only "$library" | awk '$NF ~ /^dosimeter_/ { print $NF }' | sort)
unknown=$(comm -23 <(printf '%s' "${taken:+$taken$'\n'}") <(sort "${other:-/dev/null}"))
if [[ $unknown ]]; then
  echo "$library needs what is on no list: $unknown"
  failed=1
fi
# Else the other library would be inside this one as well.
if [[ $other && -z $taken ]]; then
  echo "$library takes nothing from the other library"
  failed=1
fi
if missing=$(ldd -r "$library" 2>&1 | grep -E 'undefined symbol|not found'); then
  echo "$library: $missing"
  failed=1
fi
exit $failed
