#include "sim/predict/taken_shares.h"

#include <algorithm>

namespace dosimeter::sim {

double TakenShares::of(const GroupLoad& load) {
  const double requests = static_cast<double>(load.load);
  if (const auto* sizes = std::get_if<Sizes>(&shares_)) {
    const std::uint64_t size = (*sizes)[load.rule][load.instance];
    return static_cast<double>(std::min(load.load, size)) / requests;
  }
  if (auto* routed = std::get_if<Routed>(&shares_)) {
    return (*routed)[load.rule].of_second(load.load).taken / requests;
  }
  return std::get<Flat>(shares_)[load.rule];
}

}  // namespace dosimeter::sim
