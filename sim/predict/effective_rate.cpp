#include "sim/predict/effective_rate.h"

#include <algorithm>
#include <cmath>

namespace dosimeter::sim {

Rate effective_rate(Rate rate, DrawComparison draw) {
  switch (draw) {
    case DrawComparison::below_whole_percent:
      // A whole number from 0 to 99 is below 100 * rate. The product is rounded as the recorder's
      // is: 7 % are 7.000000000000001, and keep eight of a hundred.
      return Rate::from(std::min(1.0, std::ceil(100 * rate.value()) / 100)).value();
    // A draw of 53 or 24 bits that is equal to the rate is too rare to count, and trace ids are as
    // good as random.
    case DrawComparison::below_rate:
    case DrawComparison::at_most_rate:
    case DrawComparison::below_rate_as_float:
    case DrawComparison::trace_id_ratio:
      break;
  }
  return rate;
}

}  // namespace dosimeter::sim
