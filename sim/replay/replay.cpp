#include "sim/replay/replay.h"

#include <algorithm>
#include <cmath>

namespace dosimeter::sim {
namespace {

constexpr std::size_t kExamplesOfAReason = 3;
constexpr std::uint64_t kRowsBetweenLooks = 8192;

/// Follows the rows of a log and gathers the result.
class Replay {
 public:
  Replay(const ReplayConfig& config, LogReader reader)
      : config_(config),
        reader_(std::move(reader)),
        mapper_(config.rules, config.defaults),
        tally_(config.rules.rules().size(), config.rules.recorder().reservoir.window,
               config.reorder_bytes) {
    result_.rules.resize(config.rules.rules().size());
  }

  Result<ReplayResult, Failure> run(const ReplayObserver& observer) {
    for (std::uint64_t events = 1;; ++events) {
      if (events % kRowsBetweenLooks == 0) {
        observer.progress({reader_.bytes_read(), reader_.bytes_total(), result_.counts.rows});
        if (observer.stop()) {
          result_.partial = true;
          break;
        }
      }
      const LogEvent event = reader_.next();
      if (event == LogEvent::end) break;
      if (event == LogEvent::failed) {
        // A read that was interrupted ends with the last whole row.
        if (!observer.stop()) return reader_.failure();
        result_.partial = true;
        break;
      }
      if (event == LogEvent::row) {
        if (auto failure = add_row(reader_.row())) return *std::move(failure);
      } else if (event == LogEvent::skipped) {
        ++result_.counts.rows;
        ++result_.counts.skipped_rows;
      } else {
        add_rejected(reader_.rejected());
        if (config_.strict) return strict_failure();
      }
    }
    // The last look: an interruption may have come with the last bytes.
    if (observer.stop()) result_.partial = true;
    std::vector<LoadHistogram> loads = std::move(tally_).finish();
    for (std::size_t i = 0; i < loads.size(); ++i) result_.rules[i].load = std::move(loads[i]);
    result_.notices = reader_.notices();
    return std::move(result_);
  }

 private:
  std::optional<Failure> add_row(const LogRow& row) {
    InputCounts& counts = result_.counts;
    if (row.count > kMaximumRequests - counts.rows) return too_many_requests();
    counts.rows += row.count;
    const bool out_of_order = is_out_of_order(row.time);
    if ((config_.from && row.time < *config_.from) || (config_.to && row.time >= *config_.to)) {
      counts.filtered_rows += row.count;
      return std::nullopt;
    }
    const Request request = mapper_.map(row);
    if (!put_to_the_rules(request, row)) {
      counts.late_rows += row.count;
      return std::nullopt;
    }
    counts.requests += row.count;
    if (out_of_order) counts.out_of_order_rows += row.count;
    extend_span(row);
    return std::nullopt;
  }

  /// False if the row is late.
  bool put_to_the_rules(const Request& request, const LogRow& row) {
    const bool decided_upstream = request.upstream != UpstreamDecision::none;
    const DecidedUpstream choice = config_.rules.recorder().reservoir.decided_upstream;
    if (!decided_upstream || choice == DecidedUpstream::consults_rules) {
      const RuleIndex rule = config_.rules.match(request, scratch_);
      if (!tally_.add(rule, 0, row.time, row.count)) return false;
      if (!decided_upstream) result_.rules[rule].matched += row.count;
      for (const Field field : kFields) {
        if (request.field(field)) result_.field_seen[static_cast<std::size_t>(field)] = true;
      }
    }
    if (decided_upstream) result_.counts.upstream_decided += row.count;
    return true;
  }

  bool is_out_of_order(TimePoint time) {
    if (reader_.file() != file_) {
      file_ = reader_.file();
      latest_in_file_.reset();
    }
    const bool earlier = latest_in_file_ && time < *latest_in_file_;
    if (!earlier) latest_in_file_ = time;
    return earlier;
  }

  void extend_span(const LogRow& row) {
    if (row.count == 0) return;
    if (!result_.span) result_.span = InputSpan{row.time, row.time, 0, 0};
    InputSpan& span = *result_.span;
    span.first = std::min(span.first, row.time);
    span.last = std::max(span.last, row.time);
    ++span.rows;
    span.time_digits = std::max(span.time_digits, row.time_digits);
  }

  void add_rejected(const RejectedRow& rejected) {
    InputCounts& counts = result_.counts;
    ++counts.rows;
    ++counts.rejected_rows;
    ++counts.rejected_by_reason[static_cast<std::size_t>(rejected.reason)];
    if (counts.rejected_by_reason[static_cast<std::size_t>(rejected.reason)] <=
        kExamplesOfAReason) {
      counts.rejected_examples.push_back({reader_.file_name(reader_.file()), reader_.line(),
                                          rejected.reason, rejected_row_message(rejected)});
    }
  }

  Failure strict_failure() const {
    const RejectedExample& first = result_.counts.rejected_examples.front();
    return {ExitCode::usage, first.file + ":" + std::to_string(first.line) + ": " + first.message};
  }

  Failure too_many_requests() const {
    return {ExitCode::usage,
            reader_.file_name(reader_.file()) + ":" + std::to_string(reader_.line()) +
                ": expected at most 2^53 requests in all, got more with this row's count"};
  }

  const ReplayConfig& config_;
  LogReader reader_;
  RequestMapper mapper_;
  MatchScratch scratch_;
  Tally tally_;
  ReplayResult result_;
  std::size_t file_ = 0;
  std::optional<TimePoint> latest_in_file_;
};

}  // namespace

std::optional<double> InputSpan::seconds() const noexcept {
  if (rows < 2) return std::nullopt;
  // Whole seconds and fractions apart: the difference of two times need not fit into one.
  const double between =
      static_cast<double>((calendar_second(last) - calendar_second(first)).count()) +
      static_cast<double>((since_calendar_second(last) - since_calendar_second(first)).count()) /
          1e9;
  const double mean_gap = between / static_cast<double>(rows - 1);
  return between + std::max(std::pow(10.0, -time_digits), mean_gap);
}

Result<ReplayResult, Failure> replay(const ReplayConfig& config, const ReplayObserver& observer) {
  auto reader = LogReader::open(config.log_paths, config.log);
  if (!reader) {
    if (!observer.stop()) return reader.error();
    // Interrupted while it waited for the first line.
    ReplayResult nothing;
    nothing.rules.resize(config.rules.rules().size());
    nothing.partial = true;
    return nothing;
  }
  return Replay(config, std::move(reader).value()).run(observer);
}

}  // namespace dosimeter::sim
