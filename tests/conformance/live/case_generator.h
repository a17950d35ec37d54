#pragma once

#include "tests/conformance/live/live_case.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace dosimeter::conformance {

/// What cases for one recorder leave out, because it cannot be put to the recorder or is known not
/// to be modelled (docs/semantics.md, "What is not modelled"; docs/conformance.md lists these).
struct CaseBounds {
  bool local_documents = true;
  /// A span tells its service's type by `cloud.platform`, which has five values here, and its
  /// ResourceARN on two of them.
  bool platforms_alone = false;
  /// The draw is made from a trace id, to about 1 in 2^31.
  bool draws_by_trace_id = false;
  bool central_clock_goes_back = true;
  bool local_clock_goes_back = true;
  /// A rule that is new is overlooked while the last one of the response is unchanged.
  bool last_rule_changes_always = false;
  /// A bucket counts in whole nanoseconds, which shows in times of all nine digits alone.
  bool counts_nanoseconds = false;
  /// A bucket goes by a clock that is good to some 240 ns.
  bool clock_is_a_float = false;
  /// The runtime's own idea of where words end decides what a capital sigma becomes beside other
  /// characters than letters.
  bool sigma_among_letters_alone = false;
};

/// REQUIRES: the name of a recorder of the table.
[[nodiscard]] CaseBounds case_bounds(std::string_view recorder);

/// How many cases there are of each family; scaled by a whole number for longer runs.
struct CaseCounts {
  std::size_t scale = 1;
};

/// The cases for that recorder: the same for a seed on every platform, and for one number whatever
/// else is made.
[[nodiscard]] std::vector<Case> make_cases(std::string_view recorder, std::uint64_t seed,
                                           CaseCounts counts = {});

}  // namespace dosimeter::conformance
