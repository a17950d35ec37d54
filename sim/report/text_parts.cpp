#include "sim/report/text_parts.h"

#include "sim/report/number_text.h"

#include <fmt/format.h>

namespace dosimeter::sim {
namespace {

/// More files than this are told by their number.
constexpr std::size_t kMostNames = 3;

std::string log_names(const std::vector<std::string>& names) {
  if (names.size() > kMostNames) return grouped(std::uint64_t{names.size()}) + " logs";
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// `xray.json (input of aws xray create-sampling-rule)`.
std::string rule_names(const std::vector<rules::DocumentSource>& sources) {
  if (sources.size() > kMostNames) {
    return grouped(std::uint64_t{sources.size()}) + " rule documents";
  }
  std::string text;
  for (const rules::DocumentSource& source : sources) {
    text +=
        (text.empty() ? "" : ", ") + source.name + " (" + std::string(describe(source.shape)) + ")";
  }
  return text;
}

/// `2026-05-04 10:15:02`: to the second.
std::string clock_text(TimePoint time) {
  std::string text = utc_text(calendar_second(time));
  text[10] = ' ';
  text.pop_back();
  return text;
}

/// From the first to the last request; the day once where it is the same.
std::string span_text(const InputSpan& span) {
  constexpr std::size_t kDay = 11;
  const std::string first = clock_text(span.first);
  const std::string last = clock_text(span.last);
  const bool same_day = first.substr(0, kDay) == last.substr(0, kDay);
  return first + " to " + (same_day ? last.substr(kDay) : last);
}

}  // namespace

std::string rules_text(const Report& report) {
  if (report.rule_sources.empty()) return "no rule document, AWS's Default rule alone";
  const std::string kind = report.kind == RuleKind::central ? "central rules" : "local rules";
  const bool other_mode = report.kind != report.fleet.mode;
  const char* mode =
      report.fleet.mode == RuleKind::central ? " shared by quotas" : " used as local";
  return rule_names(report.rule_sources) + ": " + kind + (other_mode ? mode : "");
}

std::string log_line(const Report& report) {
  const InputCounts& counts = report.replay.counts;
  std::string text = log_names(report.log_sources) + ": " +
                     (counts.requests == 1 ? "1 request" : grouped(counts.requests) + " requests");
  if (const auto& span = report.replay.span) {
    text += fmt::format(", {} UTC", span_text(*span));
    if (const auto seconds = span->seconds()) text += fmt::format(" ({})", duration_text(*seconds));
  }
  return text + "\n";
}

std::string traffic_line(const Report& report) {
  std::string text;
  if (report.scale.sample_of != 1) {
    text += fmt::format("each row stands for {} requests", grouped(report.scale.sample_of));
  }
  if (report.scale.factor != 1) {
    text += fmt::format("{}traffic scaled by {}", text.empty() ? "" : ", ", report.scale.factor);
    if (report.scale.draws()) text += fmt::format(", drawn with seed {}", report.scale.seed);
  }
  return text.empty() ? "" : text + "\n";
}

std::string left_out_line(const Report& report) {
  const InputCounts& counts = report.replay.counts;
  std::string left_out;
  const auto add = [&](std::uint64_t rows, const char* what) {
    if (rows == 0) return;
    left_out += fmt::format("{}{} {}", left_out.empty() ? "" : ", ", grouped(rows), what);
  };
  add(counts.rejected_rows, "rejected");
  add(counts.late_rows, "late");
  add(counts.filtered_rows, "left out by --from, --to or --where");
  add(counts.skipped_rows, "skipped");
  std::string reasons;
  for (const SkipReason reason : kSkipReasons) {
    const std::uint64_t rows = counts.skipped_by_reason[static_cast<std::size_t>(reason)];
    if (rows == 0) continue;
    reasons += fmt::format("{}{} {}", reasons.empty() ? " (" : ", ", grouped(rows),
                           skip_reason_words(reason));
  }
  if (!reasons.empty()) left_out += reasons + ")";
  if (left_out.empty()) return "";
  return fmt::format("{} rows, of which {}\n", grouped(counts.rows), left_out);
}

std::string range_text(std::uint64_t low, std::uint64_t high) {
  return grouped(low) + "-" + grouped(high);
}

std::string warning_lines(const std::vector<Warning>& warnings) {
  std::string text = warnings.empty() ? "" : "\n";
  for (const Warning& warning : warnings) text += "warning: " + warning.message + "\n";
  return text;
}

std::string method_text(const Report& report) {
  switch (report.prediction.method) {
    case Method::exact:
      return "";
    case Method::approximate:
      return "; ranges are approximate";
    case Method::replayed:
      return "; reservoirs are replayed request by request";
    case Method::simulated:
      break;
  }
  const auto& error = report.prediction.total.recorded.standard_error;
  if (!error) return "; the traffic is simulated";
  return fmt::format("; simulated with seed {}, the log's traces with a standard error of {}",
                     report.fleet.seed, grouped(*error, 1));
}

}  // namespace dosimeter::sim
