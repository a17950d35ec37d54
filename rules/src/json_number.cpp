#include "rules/src/json_number.h"

#include <cstddef>

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

}  // namespace dosimeter::rules
