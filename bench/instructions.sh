#!/usr/bin/env bash
# Counts the instructions of a decision under callgrind, which knows no noise, and holds them to those of instructions.txt
# beside this and to two limits. Exit code 1 if one is exceeded, 3 if it cannot count.
#
#   instructions.sh PROGRAM [--update]      --update writes instructions.txt anew; the limits hold all the same
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
program=${1:?usage: instructions.sh PROGRAM [--update]}
known=$here/instructions.txt

allowed_growth=5            # percent above the known figure
most_at_25=1000             # instructions of decide/25
most_growth_of_traffic=2.25 # times decide/25, by the same requests among 10,000 rules; 2 is the goal

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# count CASE: writes `CASE instructions` to its file.
count() {
  local name=$1 file=$work/${1//\//_} requests total
  requests=$(valgrind -q --tool=callgrind --toggle-collect=dosimeter_counted_pass --callgrind-out-file="$file.callgrind" \
    "$program" "$name" 2>"$file.log") || {
    cat "$file.log" >&2
    return 1
  }
  total=$(sed -n 's/^totals: *//p' "$file.callgrind")
  awk -v name="$name" -v total="$total" -v requests="$requests" \
    'BEGIN { if (!(total > 0) || !(requests > 0)) exit 1; printf "%s %.1f\n", name, total / requests }' >"$file"
}
export -f count
export work program

# As many at once as there are processors: what is counted does not depend on what else runs.
"$program" --list >"$work/cases"
# shellcheck disable=SC2016 # The inner shell is to expand it.
xargs -P "$(nproc)" -I{} bash -c 'set -euo pipefail; count "$1"' count {} <"$work/cases" || {
  echo "instructions.sh: cannot count" >&2
  exit 3
}
toolchain=$("$program" --toolchain)
while read -r name; do cat "$work/${name//\//_}"; done <"$work/cases" >"$work/counted"

if [[ ${2-} == --update ]]; then
  {
    echo "# Instructions of one decision, by callgrind. Written by ./dev bench --instructions --update."
    echo "toolchain $toolchain"
    cat "$work/counted"
  } >"$known"
fi
if [[ ! -e $known ]]; then
  echo "instructions.sh: there is no $known: ./dev bench --instructions --update" >&2
  exit 1
fi

awk -v toolchain="$toolchain" -v growth="$allowed_growth" -v most="$most_at_25" -v traffic="$most_growth_of_traffic" '
  /^#/ { next }
  FNR == NR && $1 == "toolchain" { known_toolchain = substr($0, 11); next }
  FNR == NR { known[$1] = $2; next }
  FNR == 1 { printf "%-28s %12s %12s %9s\n", "instructions of a decision", "known", "now", "change" }
  {
    now[$1] = $2
    if (!($1 in known)) {
      printf "%-28s %12s %12.1f %9s\n", $1, "-", $2, "-"
      complain($1 " is not in bench/instructions.txt")
      next
    }
    change = 100 * ($2 / known[$1] - 1)
    printf "%-28s %12.1f %12.1f %+7.1f %%\n", $1, known[$1], $2, change
    if (change > growth) complain($1 " takes " sprintf("%.1f", change) " % more instructions than it did, allowed are " growth " %")
  }
  function complain(message) { complaints = complaints "instructions: " message "\n" }
  END {
    few = now["decide/25"]
    many = now["decide_same_traffic/10000"]
    printf "\nthe same requests among 10,000 rules take %.2f times the instructions, allowed are %s\n", many / few, traffic
    if (many > traffic * few) complain("the same traffic grows by more than " traffic " times from 25 to 10,000 rules")
    if (few > most) complain("decide/25 takes " few " instructions, allowed are " most)
    if (toolchain != known_toolchain) {
      printf "not judged: the known figures are of %s, this is %s\n", known_toolchain, toolchain
      exit 0
    }
    if (complaints == "") exit 0
    printf "%s", complaints
    print "where a change is worth its instructions, say so with it and write them down: ./dev bench --instructions --update"
    exit 1
  }' "$known" "$work/counted"
