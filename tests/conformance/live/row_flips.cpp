#include "tests/conformance/live/row_flips.h"

#include "sim/recorders/choice_list.h"

#include <array>
#include <cstddef>
#include <cstring>
#include <span>
#include <type_traits>

namespace dosimeter::conformance {
namespace {

/// `choices` with its choice of that place made another; every choice is an enumeration of one
/// byte, listed in the order of declaration.
template <typename Choices>
Choices with_value(const Choices& choices, std::size_t place, unsigned char value) {
  static_assert(std::is_trivially_copyable_v<Choices>);
  std::array<unsigned char, sizeof(Choices)> bytes{};
  std::memcpy(bytes.data(), &choices, sizeof(Choices));
  bytes[place] = value;
  Choices changed;
  std::memcpy(&changed, bytes.data(), sizeof(Choices));
  return changed;
}

/// Adds the flips of the struct that `member` finds in a row.
template <typename Choices, typename Member>
void add_flips(std::vector<RowFlip>& flips, const Recorder& row, const std::string& prefix,
               std::span<const sim::Choice<Choices>> list, const Member& member) {
  Recorder copy = row;
  const Choices& choices = member(copy);
  for (std::size_t place = 0; place < list.size(); ++place) {
    const sim::Choice<Choices>& choice = list[place];
    for (unsigned char value = 0;; ++value) {
      const Choices changed = with_value(choices, place, value);
      if (choice.value(changed).empty()) break;
      if (choice.same(changed, choices)) continue;
      RowFlip flip{prefix + std::string(choice.key), std::string(choice.value(choices)),
                   std::string(choice.value(changed)), row};
      member(flip.row) = changed;
      flips.push_back(std::move(flip));
    }
  }
}

}  // namespace

std::vector<RowFlip> row_flips(const Recorder& row) {
  std::vector<RowFlip> flips;
  add_flips(
      flips, row, "match.", sim::match_choices(), [](Recorder & of) -> auto& { return of.match; });
  add_flips(
      flips, row, "reservoir.", sim::reservoir_choices(),
      [](Recorder & of) -> auto& { return of.reservoir; });
  add_flips(
      flips, row, "quota.", sim::quota_choices(), [](Recorder & of) -> auto& { return of.quota; });
  if (row.local) {
    add_flips(
        flips, row, "local.match.", sim::match_choices(),
        [](Recorder & of) -> auto& { return of.local->match; });
    add_flips(
        flips, row, "local.reservoir.", sim::reservoir_choices(),
        [](Recorder & of) -> auto& { return of.local->reservoir; });
  }
  return flips;
}

std::vector<RowFlip> all_row_flips(const Recorder& row) {
  std::vector<RowFlip> flips = row_flips(row);
  add_flips(
      flips, row, "text.", sim::text_choices(), [](Recorder & of) -> auto& { return of.text; });
  if (row.local) {
    add_flips(
        flips, row, "local.document.", sim::document_choices(),
        [](Recorder & of) -> auto& { return of.local->document; });
  }
  return flips;
}

}  // namespace dosimeter::conformance
