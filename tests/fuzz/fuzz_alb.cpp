// Any bytes as the log of a load balancer: every line is a row, a reject or skipped, as the slow
// twin has it.

#include "sim/log/alb_format.h"
#include "sim/log/formats.h"
#include "sim/log/log_block.h"
#include "tests/oracle/alb_twin.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace {

using namespace dosimeter::sim;
using dosimeter::FieldText;
using dosimeter::oracle::alb_twin;
using dosimeter::oracle::AlbTwinRow;

bool same(const FieldText& field, const std::optional<std::string>& twin) {
  return field.has_value() == twin.has_value() && (!field || *field == *twin);
}

/// Compares what it is given with the text's lines, one after the other.
class TwinSink final : public RowSink {
 public:
  explicit TwinSink(std::string_view text) : rest_(text) {}

  bool row(const LogRow& row, const char* at) override {
    const AlbTwinRow twin = next(at, RowKind::row);
    const bool is_same = row.time.time_since_epoch().count() == twin.nanoseconds &&
                         row.time_digits == twin.digits && same(row.http_method, twin.method) &&
                         same(row.host, twin.host) && same(row.target, twin.target) &&
                         same(row.service_name, twin.service) &&
                         same(row.trace_header, twin.trace_header) && row.status == twin.status;
    if (!is_same) std::abort();
    return true;
  }
  bool rejected(const RejectedRow& rejected, const char* at) override {
    if (next(at, RowKind::rejected).reason != rejected.reason) std::abort();
    return true;
  }
  void skipped(SkipReason, const char* at) override { next(at, RowKind::skipped); }

  [[nodiscard]] bool is_done() const { return rest_.empty(); }
  [[nodiscard]] std::uint64_t feeds() const { return feeds_; }

 private:
  AlbTwinRow next(const char* at, RowKind kind) {
    if (rest_.empty() || at != rest_.data()) std::abort();
    const std::size_t feed = rest_.find('\n');
    const AlbTwinRow twin = alb_twin(rest_.substr(0, feed));
    if (twin.kind != kind) std::abort();
    feeds_ += feed != rest_.npos ? 1 : 0;
    rest_.remove_prefix(feed != rest_.npos ? feed + 1 : rest_.size());
    return twin;
  }

  std::string_view rest_;
  std::uint64_t feeds_ = 0;
};

std::unique_ptr<const LogFormat> make_format() {
  LogOptions options;
  options.reads_status = true;
  auto chosen = kAlb.make({LogFront{}, kAlb, LinePrefix::none, ""}, options);
  if (!chosen || !chosen.value()) std::abort();
  return std::move(chosen.value()->format);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::unique_ptr<const LogFormat> format = make_format();
  // A buffer of just this size, so that a byte too far is seen.
  std::string padded(reinterpret_cast<const char*>(data), size);
  padded.append(kBlockPadding, '"');
  padded.shrink_to_fit();
  LogBlock block;
  block.text = std::string_view(padded).substr(0, size);
  RowScratch scratch;
  TwinSink sink(block.text);
  if (format->read(block, scratch, sink) != sink.feeds() || !sink.is_done()) std::abort();
  static_cast<void>(is_alb_line(block.text));
  return 0;
}
