#include "sim/inspect/inspection_text.h"

#include "sim/log/log_column.h"
#include "sim/log/reject_reason.h"
#include "sim/report/number_text.h"
#include "sim/report/quality_parts.h"
#include "sim/report/text_table.h"

#include <fmt/format.h>

namespace dosimeter::sim {
namespace {

using Align = TextTable::Align;

/// `1 row`, `12 rows`.
std::string counted(std::uint64_t number, const char* what) {
  return fmt::format("{} {}{}", grouped(number), what, number == 1 ? "" : "s");
}

std::string formats_text(const std::vector<FormatUse>& formats) {
  std::string text;
  for (const FormatUse& use : formats) {
    text += use.first_file;
    if (use.files > 1) text += fmt::format(" and {} more", grouped(use.files - 1));
    text += fmt::format(": {}, because {}\n", use.mapping.name, use.why);
    TextTable table({Align::left, Align::left});
    for (const FieldSource& source : use.mapping.sources) {
      table.add({std::string(facts_of(source.column).name), printable(source.from)});
    }
    text += table.to_string();
    text += fmt::format("  a request starts at: {}\n\n", use.mapping.start);
  }
  return text;
}

std::string counts_text(const Inspection& inspection) {
  const RowCounts& rows = inspection.rows;
  std::string text =
      fmt::format("{} rows: {} requests", grouped(rows.rows), grouped(inspection.quality.requests));
  const auto add = [&](std::uint64_t count, const char* what) {
    if (count > 0) text += fmt::format(", {} {}", grouped(count), what);
  };
  add(rows.skipped_rows, "skipped");
  add(rows.filtered_rows, "left out by --from, --to or --where");
  add(rows.rejected_rows, "rejected");
  text += "\n";
  for (const RejectReason reason : kRejectReasons) {
    const std::uint64_t count = rows.rejected_by_reason[static_cast<std::size_t>(reason)];
    if (count == 0) continue;
    text += fmt::format("  rejected {}: {}\n", grouped(count), reject_reason_sentence(reason));
    for (const RejectedExample& example : rows.rejected_examples) {
      if (example.reason != reason) continue;
      text += fmt::format("    {}:{}: {}\n", example.file, example.line, example.message);
    }
  }
  if (inspection.upstream_decided > 0) {
    text += fmt::format("  decided by their trace header: {}\n",
                        counted(inspection.upstream_decided, "request"));
  }
  return text;
}

std::string span_text(const Inspection& inspection) {
  if (!inspection.span) return "";
  std::string text =
      fmt::format("{} to {}", utc_text(inspection.span->first), utc_text(inspection.span->last));
  if (const auto seconds = inspection.span->seconds()) {
    text += fmt::format(" ({})", duration_text(*seconds));
  }
  return text + "\n" +
         quality_line(inspection.quality, {inspection.span, inspection.out_of_order_rows});
}

std::string fields_text(const Inspection& inspection) {
  const RowQuality& quality = inspection.quality;
  if (quality.requests == 0) return "";
  const auto share = [&](std::uint64_t part) { return share_text(part, quality.requests); };
  TextTable table({Align::left, Align::right, Align::right});
  table.add({"field", "missing", "undecided without it"});
  for (const Field field : kFields) {
    const auto i = static_cast<std::size_t>(field);
    table.add(
        {std::string(field_name(field)), share(quality.absent[i]), share(quality.undecided[i])});
  }
  return fmt::format("\nRequests as the rules of {} see them:\n\n{}",
                     inspection.rules.recorder().name, table.to_string());
}

std::string rows_text(const Inspection& inspection) {
  if (inspection.first_rows.empty()) return "";
  TextTable table(
      {Align::left, Align::left, Align::left, Align::left, Align::left, Align::left, Align::left});
  table.add({"first rows", "start", "service", "host", "method", "path", "rule"});
  const auto cell = [](const std::optional<std::string>& text) {
    constexpr std::size_t kWidth = 40;
    return text ? printable(*text, kWidth) : std::string("-");
  };
  for (const ShownRow& row : inspection.first_rows) {
    const auto& of = row.fields;
    table.add({fmt::format("{}:{}", row.file, row.line), utc_text(row.time),
               cell(of[static_cast<std::size_t>(Field::service_name)]),
               cell(of[static_cast<std::size_t>(Field::host)]),
               cell(of[static_cast<std::size_t>(Field::http_method)]),
               cell(of[static_cast<std::size_t>(Field::url_path)]),
               row.upstream == UpstreamDecision::none
                   ? printable(inspection.rules.rules()[row.rule].name())
                   : std::string("decided upstream")});
  }
  return "\n" + table.to_string();
}

}  // namespace

std::string write_inspection_text(const Inspection& inspection, std::span<const Warning> warnings) {
  std::string text = inspection.partial ? "PARTIAL: interrupted before the end\n" : "";
  text += formats_text(inspection.formats);
  text += counts_text(inspection);
  text += span_text(inspection);
  text += fields_text(inspection);
  text += rows_text(inspection);
  if (!warnings.empty()) text += "\n";
  for (const Warning& warning : warnings) text += "warning: " + warning.message + "\n";
  return text;
}

}  // namespace dosimeter::sim
