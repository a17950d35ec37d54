#pragma once

#include "tests/conformance/live/live_case.h"

#include <cstddef>
#include <functional>

namespace dosimeter::conformance {

/// A case that `differs` as well and of which no part can be left out any more: steps, rules,
/// fields, attributes, targets, characters of texts. Stops after `tries` calls of `differs` with
/// what it has by then. REQUIRES: differs(asked).
[[nodiscard]] Case shrink(Case asked, const std::function<bool(const Case&)>& differs,
                          std::size_t tries = 1500);

}  // namespace dosimeter::conformance
