#include "sim/replay/log_pass.h"

namespace dosimeter::sim {
namespace {

constexpr std::size_t kExamplesOfAReason = 3;
constexpr std::uint64_t kRowsBetweenLooks = 8192;

}  // namespace

Result<LogPass, Failure> LogPass::open(const LogSelection& selection,
                                       const ReplayObserver& observer) {
  LogPass pass(selection);
  auto reader = LogReader::open(selection.paths, selection.log);
  if (reader) {
    pass.reader_ = std::move(reader).value();
    return pass;
  }
  if (!observer.stop()) return reader.error();
  // Interrupted while it waited for the first line.
  pass.partial_ = true;
  return pass;
}

std::vector<LogNotice> LogPass::notices() const {
  return reader_ ? reader_->notices() : std::vector<LogNotice>();
}

LogPass::Step LogPass::next(const ReplayObserver& observer) {
  if (++events_ % kRowsBetweenLooks == 0) {
    observer.progress({reader_->bytes_read(), reader_->bytes_total(), counts_.rows});
    if (observer.stop()) {
      partial_ = true;
      return Step::end;
    }
  }
  switch (reader_->next()) {
    case LogEvent::row:
      return look_at_row(reader_->row());
    case LogEvent::skipped:
      ++counts_.rows;
      ++counts_.skipped_rows;
      return Step::nothing;
    case LogEvent::rejected:
      add_rejected(reader_->rejected());
      if (!selection_.strict) return Step::nothing;
      failure_ = strict_failure();
      return Step::end;
    case LogEvent::failed:
      // A read that was interrupted ends with the last whole row.
      if (observer.stop()) {
        partial_ = true;
      } else {
        failure_ = reader_->failure();
      }
      return Step::end;
    case LogEvent::end:
      break;
  }
  return Step::end;
}

LogPass::Step LogPass::look_at_row(const LogRow& row) {
  if (row.count > kMaximumRequests - counts_.rows) {
    failure_ = too_many_requests();
    return Step::end;
  }
  counts_.rows += row.count;
  out_of_order_ = is_out_of_order(row.time);
  if ((selection_.from && row.time < *selection_.from) ||
      (selection_.to && row.time >= *selection_.to)) {
    counts_.filtered_rows += row.count;
    return Step::nothing;
  }
  return Step::row;
}

std::optional<Failure> LogPass::finish(const ReplayObserver& observer) {
  if (failure_) return failure_;
  // The last look: an interruption may have come with the last bytes.
  if (observer.stop()) partial_ = true;
  return std::nullopt;
}

bool LogPass::is_out_of_order(TimePoint time) {
  if (reader_->file() != file_) {
    file_ = reader_->file();
    latest_in_file_.reset();
  }
  const bool earlier = latest_in_file_ && time < *latest_in_file_;
  if (!earlier) latest_in_file_ = time;
  return earlier;
}

void LogPass::add_rejected(const RejectedRow& rejected) {
  ++counts_.rows;
  ++counts_.rejected_rows;
  std::uint64_t& of_the_reason =
      counts_.rejected_by_reason[static_cast<std::size_t>(rejected.reason)];
  if (++of_the_reason <= kExamplesOfAReason) {
    counts_.rejected_examples.push_back(
        {file_name(), line(), rejected.reason, rejected_row_message(rejected)});
  }
}

Failure LogPass::strict_failure() const {
  const RejectedExample& first = counts_.rejected_examples.front();
  return {ExitCode::usage, first.file + ":" + std::to_string(first.line) + ": " + first.message};
}

Failure LogPass::too_many_requests() const {
  return {ExitCode::usage, file_name() + ":" + std::to_string(line()) +
                               ": expected at most 2^53 requests in all, got more with this row's "
                               "count"};
}

}  // namespace dosimeter::sim
