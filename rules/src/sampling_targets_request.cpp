#include <dosimeter/rules/sampling_targets_body.h>

#include "rules/src/body_text.h"
#include "rules/src/constraints.h"
#include "rules/src/field_values.h"
#include "rules/src/json_writer.h"
#include "rules/src/message.h"
#include "rules/src/repeated_keys.h"
#include "rules/src/stamp.h"
#include "rules/src/unknown_key.h"
#include "text/utf8.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace dosimeter::rules {
namespace {

constexpr std::array<std::string_view, 2> kRequestKeys{"SamplingStatisticsDocuments",
                                                       "SamplingBoostStatisticsDocuments"};
constexpr std::array<std::string_view, 6> kDocumentKeys{
    "RuleName", "ClientID", "Timestamp", "RequestCount", "SampledCount", "BorrowCount"};

class DocumentReader {
 public:
  DocumentReader(JsonValue object, Report& report) : object_(object), report_(report) {}

  StatisticsDocument read() {
    StatisticsDocument document;
    if (const auto name = text("RuleName")) {
      document.rule_name = name->text();
      report_.set_rule(document.rule_name);
      check_length("RuleName", name->text(), limits::kRuleNameMinimumLength,
                   limits::kRuleNameLength, Severity::warning, "length_out_of_range", name->place(),
                   report_);
    }
    check_keys(object_, kDocumentKeys, Severity::warning, report_);
    if (const auto id = text("ClientID")) {
      document.client_id = id->text();
      if (const std::size_t length = text::count_code_points(id->text());
          length != kClientIdLength) {
        report_.warning("length_out_of_range", id->place(),
                        concat("ClientID must have ", kClientIdLength, " characters, got ", length,
                               ": ", quote(id->text())));
      }
    }
    if (const auto value = needed("Timestamp")) {
      const auto time = read_stamp("Timestamp", *value, report_, Milliseconds::taken);
      document.timestamp = time.value_or(TimePoint());
    }
    document.request_count = count("RequestCount", needed("RequestCount"));
    document.sampled_count = count("SampledCount", needed("SampledCount"));
    document.borrow_count = count("BorrowCount", member("BorrowCount", object_));
    report_missing(missing_, object_, report_);
    return document;
  }

 private:
  std::optional<JsonValue> needed(std::string_view name) {
    const auto value = member(name, object_);
    if (!value) missing_.push_back(name);
    return value;
  }

  std::optional<JsonValue> text(std::string_view name) {
    const auto value = needed(name);
    return value && read_string(name, *value, report_) ? value : std::nullopt;
  }

  std::uint64_t count(std::string_view name, const std::optional<JsonValue>& value) {
    if (!value) return 0;
    const auto read = read_bounded(name, "count_out_of_range", 0,
                                   std::numeric_limits<std::int64_t>::max(), *value, report_);
    return static_cast<std::uint64_t>(read.value_or(0));
  }

  JsonValue object_;
  Report& report_;
  std::vector<std::string_view> missing_;
};

std::string write_request(std::span<const StatisticsDocument> statistics, StampSpelling spelling) {
  JsonWriter json;
  json.begin_object();
  json.key("SamplingStatisticsDocuments");
  json.begin_array();
  for (const StatisticsDocument& document : statistics) {
    json.begin_object();
    json.key("RuleName");
    json.string(document.rule_name);
    json.key("ClientID");
    json.string(document.client_id);
    json.key("Timestamp");
    json.raw(whole_stamp_text(document.timestamp, spelling));
    json.key("RequestCount");
    json.number(document.request_count);
    json.key("SampledCount");
    json.number(document.sampled_count);
    json.key("BorrowCount");
    json.number(document.borrow_count);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.text();
}

}  // namespace

std::vector<StatisticsDocument> to_documents(std::span<const RuleStatistics> statistics,
                                             std::string_view client_id) {
  std::vector<StatisticsDocument> documents;
  for (const RuleStatistics& rule : statistics) {
    documents.push_back(
        {rule.name, std::string(client_id), rule.time, rule.requests, rule.sampled, rule.borrowed});
  }
  return documents;
}

std::vector<std::string> write_sampling_targets_requests(
    std::span<const StatisticsDocument> statistics, StampSpelling spelling) {
  std::vector<std::string> requests;
  while (!statistics.empty()) {
    const std::size_t count = std::min(statistics.size(), kMaximumStatistics);
    requests.push_back(write_request(statistics.first(count), spelling));
    statistics = statistics.subspan(count);
  }
  return requests;
}

BodyResult<std::vector<StatisticsDocument>> read_sampling_targets_request(const Source& source) {
  std::vector<StatisticsDocument> body;
  Report report(source.name);
  const auto json = parse_body(source.text, report);
  if (!json) return finish_body(std::move(body), report);
  check_keys(json->root(), kRequestKeys, Severity::warning, report);
  if (const auto items = needed_array("SamplingStatisticsDocuments", json->root(), report)) {
    for_each_object("a SamplingStatisticsDocument", *items, report,
                    [&](JsonValue item) { body.push_back(DocumentReader(item, report).read()); });
  }
  report_repeated_keys(*json, {}, report);
  return finish_body(std::move(body), report);
}

}  // namespace dosimeter::rules
