#pragma once

#include <dosimeter/sampler.h>

#include <dosimeter.h>

#include <deque>
#include <mutex>
#include <string>
#include <utility>

/// The handle of the C interface.
struct dosimeter_sampler {
  explicit dosimeter_sampler(const dosimeter::RuleSet& rules,
                             dosimeter::SamplerOptions options = {})
      : sampler(rules, std::move(options)) {}
  dosimeter::Sampler sampler;
  std::mutex mutex;
  /// By rule number, as far as anybody has asked. A deque keeps addresses. Guarded by `mutex`.
  std::deque<std::string> names;
};
