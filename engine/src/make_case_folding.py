#!/usr/bin/env python3
"""Writes case_folding.cpp from Unicode's CaseFolding.txt (Debian: package unicode-data).

    python3 engine/src/make_case_folding.py /usr/share/unicode/CaseFolding.txt > engine/src/case_folding.cpp
"""
import sys


def simple_folds(lines):
    """(from, to) for the statuses C (common) and S (simple): one code point to one."""
    for line in lines:
        fields = [field.strip() for field in line.split("#")[0].split(";")]
        if len(fields) >= 3 and fields[1] in ("C", "S"):
            yield int(fields[0], 16), int(fields[2], 16)


def runs(folds):
    """Merges folds with one distance and one step between neighbours into [first, last, step, distance]."""
    merged = []
    for source, target in folds:
        distance = target - source
        if merged:
            run = merged[-1]
            gap = source - run[1]
            if run[3] == distance and gap in (1, 2) and (run[2] == gap or run[0] == run[1]):
                run[1], run[2] = source, gap
                continue
        merged.append([source, source, 1, distance])
    return merged


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        lines = file.readlines()
    version = lines[0].removeprefix("#").strip().removesuffix(".txt")
    table = runs(sorted(simple_folds(lines)))
    print(f"// {version}, statuses C and S. Written by make_case_folding.py; do not edit.")
    print("""
#include <algorithm>
#include <array>

#include "engine/src/characters.h"

namespace dosimeter::detail {
namespace {

/// Every step-th code point from first to last folds to itself plus distance.
struct FoldRun {
  char32_t first;
  char32_t last;
  char32_t step;
  int distance;
};
""")
    print("// clang-format off")
    print(f"constexpr std::array<FoldRun, {len(table)}> kFoldRuns = {{{{")
    for first, last, step, distance in table:
        print(f"    {{0x{first:04X}, 0x{last:04X}, {step}, {distance}}},")
    print("}};")
    print("// clang-format on")
    print("""
}  // namespace

char32_t fold(char32_t character) noexcept {
  if (character < 0x80) return static_cast<unsigned char>(fold_ascii(static_cast<char>(character)));
  const auto run = std::lower_bound(kFoldRuns.begin(), kFoldRuns.end(), character,
                                    [](const FoldRun& r, char32_t c) { return r.last < c; });
  if (run == kFoldRuns.end() || character < run->first) return character;
  if ((character - run->first) % run->step != 0) return character;
  return static_cast<char32_t>(static_cast<int>(character) + run->distance);
}

}  // namespace dosimeter::detail""")


if __name__ == "__main__":
    main()
