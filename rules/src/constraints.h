#pragma once

#include <cstddef>
#include <cstdint>

/// AWS's limits on sampling rules. Source, unless said: the X-Ray API reference, data types
/// SamplingRule, SamplingRateBoost and Tag (2023-05). Lengths are in characters, counted here as
/// code points.
namespace dosimeter::rules::limits {

inline constexpr std::size_t kRuleNameMinimumLength = 1;
inline constexpr std::size_t kRuleNameLength = 32;
inline constexpr std::int64_t kMinimumPriority = 1;
inline constexpr std::int64_t kMaximumPriority = 9999;
inline constexpr double kMinimumRate = 0;
inline constexpr double kMaximumRate = 1;
inline constexpr std::int64_t kMinimumReservoirSize = 0;
inline constexpr std::size_t kServiceNameLength = 64;
inline constexpr std::size_t kServiceTypeLength = 64;
inline constexpr std::size_t kHostLength = 64;
inline constexpr std::size_t kHttpMethodLength = 10;
inline constexpr std::size_t kUrlPathLength = 128;
inline constexpr std::size_t kResourceArnLength = 500;
inline constexpr std::int64_t kMinimumVersion = 1;
/// The only version there is.
inline constexpr std::int64_t kKnownVersion = 1;
inline constexpr std::size_t kAttributes = 5;
inline constexpr std::size_t kAttributeMinimumLength = 1;
inline constexpr std::size_t kAttributeKeyLength = 32;
inline constexpr std::size_t kAttributeValueLength = 32;
inline constexpr std::int64_t kMinimumCooldownMinutes = 0;
/// Custom rules for each Region: service quota L-8C0C998A, which AWS raises on request.
inline constexpr std::size_t kCustomRules = 25;

}  // namespace dosimeter::rules::limits
