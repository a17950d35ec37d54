#include "sim/report/json_parts.h"

#include "sim/report/fleet_text.h"
#include "sim/report/number_text.h"

namespace dosimeter::sim {
namespace {

Json range_json(const Range& range) {
  return {{"low", range.low}, {"high", range.high}};
}

Json range_or_null(const std::optional<Range>& range) {
  return range ? range_json(*range) : Json(nullptr);
}

/// A count where it is one, an expectation where it is not.
Json count_json(double count) {
  const auto whole = static_cast<std::uint64_t>(count);
  return static_cast<double>(whole) == count ? Json(whole) : Json(count);
}

Json figure_json(const MonthlyFigure& figure) {
  return {{"expected", figure.expected},
          {"sampling", range_json(figure.sampling)},
          {"model", range_or_null(figure.model)},
          {"traffic", range_or_null(figure.traffic)}};
}

Json recorded_json(const RecordedTraces& recorded) {
  return {{"expected", recorded.expected},
          {"standard_deviation", recorded.standard_deviation},
          {"standard_error", or_null(recorded.standard_error)},
          {"low", recorded.low},
          {"high", recorded.high}};
}

}  // namespace

std::string_view method_name(Method method) {
  switch (method) {
    case Method::exact:
      return "exact";
    case Method::approximate:
      return "approximate";
    case Method::replayed:
      return "replayed";
    case Method::simulated:
      break;
  }
  return "simulated";
}

Json input_json(const ReplayResult& replay) {
  const InputCounts& counts = replay.counts;
  Json by_reason = Json::object();
  for (std::size_t i = 0; i < kRejectReasonCount; ++i) {
    if (counts.rejected_by_reason[i] == 0) continue;
    by_reason[std::string(reject_reason_name(kRejectReasons[i]))] = counts.rejected_by_reason[i];
  }
  Json skipped = Json::object();
  for (const SkipReason reason : kSkipReasons) {
    const std::uint64_t rows = counts.skipped_by_reason[static_cast<std::size_t>(reason)];
    if (rows != 0) skipped[std::string(skip_reason_name(reason))] = rows;
  }
  Json input = {{"rows", counts.rows},
                {"requests", counts.requests},
                {"rejected_rows", counts.rejected_rows},
                {"skipped_rows", counts.skipped_rows},
                {"filtered_rows", counts.filtered_rows},
                {"late_rows", counts.late_rows},
                {"out_of_order_rows", counts.out_of_order_rows},
                {"upstream_decided", counts.upstream_decided},
                {"skipped_by_reason", std::move(skipped)},
                {"rejected_by_reason", std::move(by_reason)},
                {"first_time", nullptr},
                {"last_time", nullptr},
                {"span_seconds", nullptr}};
  if (replay.span) {
    input["first_time"] = utc_text(replay.span->first);
    input["last_time"] = utc_text(replay.span->last);
    input["span_seconds"] = or_null(replay.span->seconds());
  }
  return input;
}

Json traffic_json(const Report& report) {
  return {{"sample_of", report.scale.sample_of}, {"scale", report.scale.factor}};
}

Json fleet_json(const Report& report) {
  const bool central = report.fleet.mode == RuleKind::central;
  return {
      {"instance_column", report.fleet.has_column() ? Json(report.fleet.column) : Json(nullptr)},
      {"allocation", central ? Json(allocation_name(report.fleet.allocation)) : Json(nullptr)},
      {"startup", report.fleet.startup},
      {"seed", report.fleet.seed}};
}

Json ranges_json(const Report& report) {
  return {{"allocation", range_or_null(report.allocation_range)},
          {"placement", range_or_null(report.placement_range)}};
}

Json boosts_json(const Report& report) {
  Json boosts = Json::array();
  for (const BoostBound& boost : report.boosts) {
    boosts.push_back({{"rule", report.rules.rules()[boost.rule].name()},
                      {"maximum_rate", boost.maximum_rate},
                      {"cooldown_window_minutes", boost.cooldown_minutes},
                      {"recorded_at_most", boost.recorded},
                      {"recorded_per_month_at_most", or_null(boost.recorded_per_month)},
                      {"usd_per_month_at_most", or_null(boost.usd_per_month)}});
  }
  return boosts;
}

Json by_instances_json(const Report& report) {
  Json fleets = Json::array();
  for (const FleetLine& line : report.fleets) {
    fleets.push_back({{"instances", line.instances},
                      {"method", method_name(line.method)},
                      {"recorded", recorded_json(line.recorded)},
                      {"usd_per_month", or_null(line.usd_per_month)},
                      {"model",
                       {{"recorded", range_or_null(line.recorded_model)},
                        {"usd_per_month", range_or_null(line.usd_model)}}}});
  }
  return fleets;
}

void add_traces(Json& object, const PredictedTraces& traces) {
  object["matched"] = traces.matched;
  object["reservoir_taken"] = count_json(traces.reservoir_taken);
  object["rate_candidates"] = count_json(traces.rate_candidates);
  object["rate_taken"] = traces.rate_taken;
  object["borrowed"] = count_json(traces.borrowed);
  object["recorded"] = recorded_json(traces.recorded);
}

Json cost_json(const Report& report) {
  const auto& month = report.prediction.month;
  return {{"currency", report.settings.prices.currency},
          {"month_hours", count_json(report.settings.month_hours)},
          {"prices_date", report.settings.prices.date},
          {"recorded_per_month", month ? figure_json(month->recorded) : Json(nullptr)},
          {"usd_per_month", month ? figure_json(month->usd) : Json(nullptr)}};
}

Json sources_json(const std::vector<rules::DocumentSource>& sources) {
  Json json = Json::array();
  for (const rules::DocumentSource& source : sources) {
    json.push_back({{"name", source.name}, {"shape", shape_name(source.shape)}});
  }
  return json;
}

Json warnings_json(std::span<const Warning> warnings) {
  Json json = Json::array();
  for (const Warning& warning : warnings) {
    json.push_back({{"code", warning.code}, {"message", warning.message}});
  }
  return json;
}

}  // namespace dosimeter::sim
