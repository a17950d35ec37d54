#!/usr/bin/env python3
"""Writes letter_case_tables.cpp from the Unicode character database (Debian: package unicode-data).

    python3 engine/src/make_letter_case_tables.py /usr/share/unicode > engine/src/letter_case_tables.cpp
"""
import pathlib
import sys


def fields_of(path):
    """The fields of every line that has some."""
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = [field.strip() for field in line.split("#")[0].split(";")]
        if fields != [""]:
            yield fields


def simple_folds(directory):
    """(from, to) for the statuses C (common) and S (simple): one code point to one."""
    for fields in fields_of(directory / "CaseFolding.txt"):
        if fields[1] in ("C", "S"):
            yield int(fields[0], 16), int(fields[2], 16)


def simple_mappings(directory, column):
    """(from, to) of UnicodeData.txt: column 12 is the upper case, 13 the lower."""
    for fields in fields_of(directory / "UnicodeData.txt"):
        if fields[column]:
            yield int(fields[0], 16), int(fields[column], 16)


def check_full_lower_case(directory):
    """The code has one full lower case that is not the simple one, and one condition. Are there others?"""
    full, conditions = {}, set()
    simple = dict(simple_mappings(directory, 13))
    for fields in fields_of(directory / "SpecialCasing.txt"):
        source, lower = int(fields[0], 16), [int(value, 16) for value in fields[1].split()]
        condition = fields[4] if len(fields) > 5 else ""
        if condition == "" and lower != [simple.get(source, source)]:
            full[source] = lower
        elif condition and condition.split()[0] not in ("lt", "tr", "az"):
            conditions.add((source, condition))
    assert full == {0x0130: [0x0069, 0x0307]}, full
    assert conditions == {(0x03A3, "Final_Sigma")}, conditions


def ranges_with(directory, wanted):
    """[first, last] of the code points with a derived property, merged where they touch."""
    found = []
    for fields in fields_of(directory / "DerivedCoreProperties.txt"):
        if fields[1] == wanted:
            first, _, last = fields[0].partition("..")
            found.append([int(first, 16), int(last or first, 16)])
    merged = []
    for first, last in sorted(found):
        if merged and merged[-1][1] + 1 == first:
            merged[-1][1] = last
        else:
            merged.append([first, last])
    return merged


def runs(mappings):
    """Merges mappings with one distance and one step between neighbours into [first, last, step, distance]."""
    merged = []
    for source, target in sorted(mappings):
        distance = target - source
        if merged:
            run = merged[-1]
            gap = source - run[1]
            if run[3] == distance and gap in (1, 2) and (run[2] == gap or run[0] == run[1]):
                run[1], run[2] = source, gap
                continue
        merged.append([source, source, 1, distance])
    return merged


def print_runs(name, mappings):
    table = runs(mappings)
    print(f"constexpr std::array<MappingRun, {len(table)}> {name} = {{{{")
    for first, last, step, distance in table:
        print(f"    {{0x{first:04X}, 0x{last:04X}, {step}, {distance}}},")
    print("}};\n")


def print_ranges(name, ranges):
    print(f"constexpr std::array<Range, {len(ranges)}> {name} = {{{{")
    for first, last in ranges:
        print(f"    {{0x{first:04X}, 0x{last:04X}}},")
    print("}};\n")


def main():
    directory = pathlib.Path(sys.argv[1])
    check_full_lower_case(directory)
    title = (directory / "CaseFolding.txt").read_text(encoding="utf-8").splitlines()[0]
    version = title.removeprefix("# CaseFolding-").removesuffix(".txt")
    print(f"// Unicode {version}. Written by make_letter_case_tables.py; do not edit.")
    print("""
#include "engine/src/letter_case_tables.h"

#include <algorithm>
#include <array>

namespace dosimeter::detail {
namespace {

/// Every step-th code point from first to last becomes itself plus distance.
struct MappingRun {
  char32_t first;
  char32_t last;
  char32_t step;
  int distance;
};

struct Range {
  char32_t first;
  char32_t last;
};

// clang-format off""")
    print_runs("kFolds", simple_folds(directory))
    print_runs("kLowers", simple_mappings(directory, 13))
    print_runs("kUppers", simple_mappings(directory, 12))
    print_ranges("kCased", ranges_with(directory, "Cased"))
    print_ranges("kCaseIgnorable", ranges_with(directory, "Case_Ignorable"))
    print("""// clang-format on

/// The run or range that holds the character, or nullptr.
template <typename Entry, std::size_t kSize>
const Entry* find(const std::array<Entry, kSize>& table, char32_t character) noexcept {
  const auto found =
      std::lower_bound(table.begin(), table.end(), character,
                       [](const Entry& entry, char32_t c) { return entry.last < c; });
  return found == table.end() || character < found->first ? nullptr : &*found;
}

template <std::size_t kSize>
char32_t map(const std::array<MappingRun, kSize>& table, char32_t character) noexcept {
  const MappingRun* run = find(table, character);
  if (run == nullptr || (character - run->first) % run->step != 0) return character;
  return static_cast<char32_t>(static_cast<int>(character) + run->distance);
}

}  // namespace

char32_t fold(char32_t character) noexcept {
  return map(kFolds, character);
}
char32_t simple_lower(char32_t character) noexcept {
  return map(kLowers, character);
}
char32_t simple_upper(char32_t character) noexcept {
  return map(kUppers, character);
}
bool is_cased(char32_t character) noexcept {
  return find(kCased, character) != nullptr;
}
bool is_case_ignorable(char32_t character) noexcept {
  return find(kCaseIgnorable, character) != nullptr;
}

}  // namespace dosimeter::detail""")


if __name__ == "__main__":
    main()
