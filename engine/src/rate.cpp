#include <dosimeter/rate.h>

#include "engine/src/number_text.h"

namespace dosimeter {

Result<Rate> Rate::from(double fraction) {
  // Written so that not-a-number fails.
  if (fraction >= 0.0 && fraction <= 1.0) return Rate(fraction);
  return Error{ErrorCode::rate_out_of_range,
               "must be between 0 and 1, got " + detail::number_text(fraction), "Rate"};
}

}  // namespace dosimeter
