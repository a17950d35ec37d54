#include "sim/inspect/inspection_json.h"

#include "sim/json_text.h"
#include "sim/log/log_column.h"
#include "sim/log/reject_reason.h"
#include "sim/report/json_parts.h"
#include "sim/report/number_text.h"
#include "sim/report/quality_parts.h"

#include <utility>

namespace dosimeter::sim {
namespace {

std::string_view upstream_name(UpstreamDecision upstream) {
  switch (upstream) {
    case UpstreamDecision::sampled:
      return "sampled";
    case UpstreamDecision::not_sampled:
      return "not_sampled";
    case UpstreamDecision::none:
      break;
  }
  return "none";
}

Json formats_json(const std::vector<FormatUse>& formats) {
  Json list = Json::array();
  for (const FormatUse& use : formats) {
    Json columns = Json::object();
    for (const FieldSource& source : use.mapping.sources) {
      columns[std::string(facts_of(source.column).name)] = source.from;
    }
    list.push_back({{"format", use.mapping.name},
                    {"because", use.why},
                    {"first_file", use.first_file},
                    {"files", use.files},
                    {"columns", std::move(columns)},
                    {"start", use.mapping.start}});
  }
  return list;
}

Json row_json(const ShownRow& row, const RuleSet& rules) {
  Json fields = Json::object();
  for (const Field field : kFields) {
    fields[std::string(field_name(field))] = or_null(row.fields[static_cast<std::size_t>(field)]);
  }
  return {{"file", row.file},
          {"line", row.line},
          {"time", utc_text(row.time)},
          {"count", row.count},
          {"fields", std::move(fields)},
          {"upstream", upstream_name(row.upstream)},
          {"rule", row.upstream == UpstreamDecision::none ? Json(rules.rules()[row.rule].name())
                                                          : Json(nullptr)}};
}

}  // namespace

std::string write_inspection_json(const Inspection& inspection, std::span<const Warning> warnings) {
  ReplayResult counted;
  static_cast<RowCounts&>(counted.counts) = inspection.rows;
  counted.counts.requests = inspection.quality.requests;
  counted.counts.out_of_order_rows = inspection.out_of_order_rows;
  counted.counts.upstream_decided = inspection.upstream_decided;
  counted.span = inspection.span;
  Json examples = Json::array();
  for (const RejectedExample& example : inspection.rows.rejected_examples) {
    examples.push_back({{"file", example.file},
                        {"line", example.line},
                        {"reason", reject_reason_name(example.reason)},
                        {"message", example.message}});
  }
  Json first_rows = Json::array();
  for (const ShownRow& row : inspection.first_rows) {
    first_rows.push_back(row_json(row, inspection.rules));
  }
  return json_text({{"schema_version", 1},
                    {"recorder", inspection.rules.recorder().name},
                    {"partial", inspection.partial},
                    {"formats", formats_json(inspection.formats)},
                    {"input", input_json(counted)},
                    {"data_quality", quality_json(inspection.quality,
                                                  {inspection.span, inspection.out_of_order_rows})},
                    {"rejected_examples", std::move(examples)},
                    {"first_rows", std::move(first_rows)},
                    {"warnings", warnings_json(warnings)}});
}

}  // namespace dosimeter::sim
