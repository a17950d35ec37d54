#include "rules/src/json_number.h"

#include <charconv>
#include <cmath>
#include <cstddef>
#include <system_error>

namespace dosimeter::rules {

bool is_json_number(std::string_view written) {
  std::size_t at = 0;
  const auto digits = [&] {
    const std::size_t first = at;
    while (at < written.size() && written[at] >= '0' && written[at] <= '9') ++at;
    return at - first;
  };
  const auto take = [&](std::string_view any_of) {
    const bool here = at < written.size() && any_of.find(written[at]) != std::string_view::npos;
    if (here) ++at;
    return here;
  };
  take("-");
  const bool zero = at < written.size() && written[at] == '0';
  const std::size_t whole = digits();
  if (whole == 0 || (zero && whole > 1)) return false;
  if (take(".") && digits() == 0) return false;
  if (take("eE")) {
    take("+-");
    if (digits() == 0) return false;
  }
  return at == written.size();
}

// Not strtod: that reads by the process's locale.
std::optional<double> to_double(std::string_view written) {
  double value = 0;
  const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), value);
  // Out of range here is too small to tell from zero: the parser refused what is too large.
  if (error == std::errc::result_out_of_range) return 0.0;
  if (error != std::errc() || end != written.data() + written.size()) return std::nullopt;
  if (!std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace dosimeter::rules
