#pragma once

#include "sim/report/report.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// What the reports for people have in common. Lines end in a line break and are fit for a
/// terminal.
namespace dosimeter::sim {

/// A table longer than this leaves out the rules that no request reached.
inline constexpr std::size_t kMostRules = 20;
inline constexpr std::size_t kLongestName = 40;

/// `xray.json (input of aws xray create-sampling-rule): central rules`.
[[nodiscard]] std::string rules_text(const Report& report);
/// Which logs, how many requests, and when.
[[nodiscard]] std::string log_line(const Report& report);
/// What became of the rows that are no requests; empty where there are none.
/// `each row stands for 10 requests, traffic scaled by 1.5`, with a line break; empty where rows
/// stand for what they say.
[[nodiscard]] std::string traffic_line(const Report& report);

[[nodiscard]] std::string left_out_line(const Report& report);
/// How the figures were come by, to go on from a sentence: `; ranges are approximate`. Empty where
/// they are exact.
[[nodiscard]] std::string method_text(const Report& report);
/// `12-1,234`.
[[nodiscard]] std::string range_text(std::uint64_t low, std::uint64_t high);
/// A line each, with a blank one in front; empty where there are none.
[[nodiscard]] std::string warning_lines(const std::vector<Warning>& warnings);

}  // namespace dosimeter::sim
