#pragma once

#include <string>

namespace dosimeter::bench {

/// `0.071` as `7.1 %`; no decimals from 10 % on.
[[nodiscard]] std::string percent(double share);
/// Three digits or more, without needless zeros: `1.8`, `22`, `4.31`.
[[nodiscard]] std::string short_number(double value);
/// Nanoseconds in the unit that suits them: `57.3 ns`, `4.98 us`, `41 ms`.
[[nodiscard]] std::string duration_text(double nanoseconds);

}  // namespace dosimeter::bench
