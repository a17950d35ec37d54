#include "sim/report/quality_parts.h"

#include "sim/report/number_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace dosimeter::sim {
namespace {

Json coverage_json(const std::optional<MinuteCoverage>& coverage) {
  if (!coverage) return nullptr;
  Json gaps = Json::array();
  for (const Gap& gap : coverage->longest_gaps) {
    gaps.push_back({{"from", utc_text(gap.from)}, {"to", utc_text(gap.to)}});
  }
  return {{"minutes", coverage->minutes},
          {"empty_minutes", coverage->empty_minutes},
          {"longest_gaps", std::move(gaps)}};
}

std::string coverage_text(const MinuteCoverage& coverage) {
  if (coverage.empty_minutes == 0) return "requests in every minute";
  const Gap& longest = coverage.longest_gaps.front();
  return fmt::format("{} of {} minutes without a request, the longest gap from {} to {}",
                     grouped(coverage.empty_minutes), grouped(coverage.minutes),
                     utc_text(longest.from), utc_text(longest.to));
}

/// Fields that are missing from as many requests, and leave as many undecided.
struct MissingFields {
  std::vector<Field> fields;
  std::uint64_t absent = 0;
  std::uint64_t undecided = 0;
};

std::vector<MissingFields> missing_fields(const RowQuality& quality) {
  std::vector<MissingFields> groups;
  for (const Field field : kFields) {
    const auto i = static_cast<std::size_t>(field);
    if (quality.absent[i] == 0) continue;
    const auto like = std::find_if(groups.begin(), groups.end(), [&](const MissingFields& group) {
      return group.absent == quality.absent[i] && group.undecided == 0 && quality.undecided[i] == 0;
    });
    if (like != groups.end()) {
      like->fields.push_back(field);
    } else {
      groups.push_back({{field}, quality.absent[i], quality.undecided[i]});
    }
  }
  std::stable_sort(
      groups.begin(), groups.end(),
      [](const MissingFields& a, const MissingFields& b) { return a.undecided > b.undecided; });
  return groups;
}

/// `Host`, `Host and URLPath`, `Host, HTTPMethod and URLPath`.
std::string field_names(const std::vector<Field>& fields) {
  std::string text;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) text += i + 1 == fields.size() ? " and " : ", ";
    text += field_name(fields[i]);
  }
  return text;
}

}  // namespace

std::string share_text(std::uint64_t part, std::uint64_t whole) {
  constexpr double kLeast = 0.1;
  constexpr double kAll = 100;
  if (part == 0) return "0 %";
  if (part == whole) return "100 %";
  const double percent = kAll * static_cast<double>(part) / static_cast<double>(whole);
  if (percent < kLeast) return "under 0.1 %";
  if (percent > kAll - kLeast) return "over 99.9 %";
  return grouped(percent, 1) + " %";
}

std::string resolution_text(int digits) {
  switch (digits) {
    case 0:
      return "a second";
    case 3:
      return "a millisecond";
    case 6:
      return "a microsecond";
    case 9:
      return "a nanosecond";
    default:
      break;
  }
  const int unit = (digits + 2) / 3;
  constexpr const char* kUnits[] = {"s", "ms", "us", "ns"};
  return fmt::format("{} {}", static_cast<int>(std::pow(10, unit * 3 - digits)), kUnits[unit]);
}

Json quality_json(const RowQuality& quality, const QualityContext& context) {
  Json fields = Json::array();
  for (const Field field : kFields) {
    const auto i = static_cast<std::size_t>(field);
    fields.push_back({{"field", field_name(field)},
                      {"absent", quality.absent[i]},
                      {"undecided", quality.undecided[i]}});
  }
  const bool any = context.span.has_value();
  return {{"time_digits", any ? Json(context.span->time_digits) : Json(nullptr)},
          {"out_of_order_rows", context.out_of_order_rows},
          {"coverage", coverage_json(quality.minutes.coverage())},
          {"fields", std::move(fields)},
          {"undecided", quality.undecided_requests},
          {"address_hosts", quality.address_hosts}};
}

std::string quality_line(const RowQuality& quality, const QualityContext& context) {
  if (!context.span) return "";
  std::string text = "stamps to " + resolution_text(context.span->time_digits);
  text += context.out_of_order_rows == 0
              ? ", in order"
              : fmt::format(", {} of the requests out of order",
                            share_text(context.out_of_order_rows, quality.requests));
  if (const auto coverage = quality.minutes.coverage()) text += ", " + coverage_text(*coverage);
  return text + "\n";
}

std::string missing_line(const RowQuality& quality) {
  std::string text;
  for (const MissingFields& group : missing_fields(quality)) {
    text +=
        fmt::format("{}{} from {} of the requests, which leaves {} undecided",
                    text.empty() ? "missing: " : "; ", field_names(group.fields),
                    share_text(group.absent, quality.requests),
                    group.undecided == 0 ? "none" : share_text(group.undecided, quality.requests));
  }
  return text.empty() ? "" : text + "\n";
}

}  // namespace dosimeter::sim
