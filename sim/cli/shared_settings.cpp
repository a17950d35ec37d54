#include "sim/cli/shared_settings.h"

#include "sim/cli/input_text.h"
#include "sim/cli/option_value.h"
#include "sim/filter/where_filter.h"
#include "sim/log/format_list.h"
#include "sim/log/input_paths.h"
#include "sim/log/quoted_text.h"
#include "sim/log/timestamp.h"
#include "sim/replay/tally.h"

#include <algorithm>
#include <thread>

namespace dosimeter::sim {
namespace {

// Below, a range leaves most outcomes out; above, its ends are beyond what the distribution's tails
// are worth.
constexpr double kLeastConfidence = 0.5;
constexpr double kMostConfidence = 0.9999;
// An hour to a leap year.
constexpr double kLeastMonthHours = 1;
constexpr double kMostMonthHours = 366 * 24;
// More processors than a log has blocks for.
constexpr unsigned kMostThreads = 256;
constexpr std::size_t kMostReorderBytes = std::size_t{64} << 30;
constexpr std::uint64_t kMostSampledOf = 1'000'000'000;
constexpr double kLeastTrafficFactor = 1e-6;
constexpr double kMostTrafficFactor = 1e6;

/// A stamp as logs have them, or a date for its first instant.
Result<std::optional<TimePoint>, Failure> time_of(const char* option,
                                                  const std::optional<std::string>& given) {
  if (!given) return std::optional<TimePoint>();
  const std::string& text = *given;
  auto stamp = parse_timestamp(text);
  if (!stamp) stamp = parse_timestamp(text, "00:00:00");
  if (stamp) return std::optional(stamp->time);
  return Failure{ExitCode::usage, std::string(option) +
                                      " must be a time like 2026-05-04T10:00:00Z or a date, got " +
                                      in_quotes(text, kShownBytes)};
}

/// What `--where` says, and what that needs of the log.
std::optional<Failure> add_filter(const SharedOptions& options, LogSelection& logs) {
  if (options.where.empty()) return std::nullopt;
  auto parsed = WhereFilter::parse(options.where);
  if (!parsed) return std::move(parsed).error();
  const std::shared_ptr<const WhereFilter> filter = std::move(parsed).value();
  if (filter->asks_for(RowField::instance) && !options.instance_column) {
    return Failure{ExitCode::usage,
                   "--where asks for the instance: name its column with --instance-column"};
  }
  for (const RowFieldFacts& facts : row_fields()) {
    if (!filter->asks_for(facts.field) || facts.columns.empty()) continue;
    logs.log.wanted.push_back({"--where asks for the " + std::string(facts.name), facts.columns});
  }
  logs.log.reads_status = filter->asks_for(RowField::status);
  logs.where = filter;
  return std::nullopt;
}

Result<ZoneOffset, Failure> zone_option(const std::string& text) {
  if (const auto zone = ZoneOffset::parse(text)) return *zone;
  return Failure{ExitCode::usage,
                 "--tz must be an offset like +02:00, or UTC, got " + in_quotes(text, kShownBytes)};
}

Result<PredictionSettings, Failure> prediction_of(const SharedOptions& options) {
  PredictionSettings settings;
  if (options.confidence) {
    auto value =
        number_option("--confidence", *options.confidence, kLeastConfidence, kMostConfidence);
    if (!value) return value.error();
    settings.confidence = value.value();
  }
  if (options.month_hours) {
    auto value =
        number_option("--month-hours", *options.month_hours, kLeastMonthHours, kMostMonthHours);
    if (!value) return value.error();
    settings.month_hours = value.value();
  }
  if (options.free_tier_used) {
    auto value = count_option("--free-tier-used", *options.free_tier_used, kMaximumFreePerMonth);
    if (!value) return value.error();
    settings.free_tier_used = value.value();
  }
  if (options.prices) {
    auto text = read_input_text(*options.prices, kMaximumPriceFileSize);
    if (!text) return text.error();
    auto prices = load_prices(name_in_place(*options.prices), text.value());
    if (!prices) return prices.error();
    settings.prices = std::move(prices).value();
  }
  return settings;
}

Result<TrafficScale, Failure> scale_of(const SharedOptions& options) {
  TrafficScale scale;
  if (options.sample_of) {
    const auto sampled = one_of_option("--sample-of", *options.sample_of, kMostSampledOf);
    if (!sampled) return sampled.error();
    scale.sample_of = sampled.value();
  }
  if (options.scale_traffic) {
    const auto factor = number_option("--scale-traffic", *options.scale_traffic,
                                      kLeastTrafficFactor, kMostTrafficFactor);
    if (!factor) return factor.error();
    scale.factor = factor.value();
  }
  return scale;
}

}  // namespace

Result<SharedSettings, Failure> SharedSettings::from_options(const SharedOptions& options) {
  SharedSettings settings;
  if (options.log_format) {
    auto format_of_logs = format_named(*options.log_format);
    if (!format_of_logs) return format_of_logs.error();
    settings.logs.log.format = format_of_logs.value();
  }
  if (options.tz) {
    auto zone = zone_option(*options.tz);
    if (!zone) return zone.error();
    settings.logs.log.zone = zone.value();
    settings.logs.log.zone_is_named = true;
  }
  settings.logs.log.service_is_named = options.service.has_value();
  settings.logs.strict = options.strict;

  auto columns = ColumnOverrides::parse(options.maps);
  if (!columns) return columns.error();
  settings.logs.log.columns = std::move(columns).value();
  const NamedText names[] = {{"--service", &options.service},
                             {"--host", &options.host},
                             {"--dynamic-naming", &options.dynamic_naming},
                             {"--base-path", &options.base_path},
                             {"--output", &options.output}};
  if (auto failure = check_not_empty(names)) return *std::move(failure);
  if (auto failure = check_base_path(options.base_path)) return *std::move(failure);
  auto rewrites = PathRewrites::parse(options.rewrites);
  if (!rewrites) return rewrites.error();
  settings.defaults = {options.service, options.host, options.dynamic_naming,
                       options.base_path.value_or(""), std::move(rewrites).value()};

  auto fleet = FleetOptions::from_options(options);
  if (!fleet) return fleet.error();
  settings.fleet = std::move(fleet).value();
  if (options.instance_column) settings.logs.log.columns.set_instance(*options.instance_column);

  auto from = time_of("--from", options.from);
  if (!from) return from.error();
  auto to = time_of("--to", options.to);
  if (!to) return to.error();
  settings.logs.from = from.value();
  settings.logs.to = to.value();
  if (settings.logs.from && settings.logs.to && *settings.logs.from >= *settings.logs.to) {
    return Failure{ExitCode::usage, "--from must be before --to, got " +
                                        in_quotes(*options.from, kShownBytes) + " and " +
                                        in_quotes(*options.to, kShownBytes)};
  }

  if (auto failure = add_filter(options, settings.logs)) return *std::move(failure);

  settings.reorder_bytes = Tally::kDefaultOpenBytes;
  if (options.reorder_memory) {
    auto bytes = size_option("--reorder-memory", *options.reorder_memory, Tally::kMinimumOpenBytes,
                             kMostReorderBytes);
    if (!bytes) return bytes.error();
    settings.reorder_bytes = bytes.value();
  }

  auto scale = scale_of(options);
  if (!scale) return scale.error();
  settings.logs.scale = scale.value();
  settings.logs.scale.seed = settings.fleet.settings.seed;
  settings.logs.scale.occurrence_bytes = settings.reorder_bytes;
  // What is drawn for a row hangs on its status, whether or not a table is asked for.
  if (settings.logs.scale.draws()) settings.logs.log.reads_status = true;

  settings.logs.threads =
      std::clamp(std::thread::hardware_concurrency(), 1U, unsigned{kMostThreads});
  if (options.threads) {
    auto threads = whole_option("--threads", *options.threads, 1, kMostThreads);
    if (!threads) return threads.error();
    settings.logs.threads = static_cast<unsigned>(threads.value());
  }

  auto format = format_option(options.format);
  if (!format) return format.error();
  settings.format = format.value();

  // Last, because they look at files.
  auto paths = expand_input_paths(options.logs);
  if (!paths) return paths.error();
  settings.logs.paths = std::move(paths).value();
  auto prediction = prediction_of(options);
  if (!prediction) return prediction.error();
  settings.prediction = std::move(prediction).value();
  return settings;
}

}  // namespace dosimeter::sim
