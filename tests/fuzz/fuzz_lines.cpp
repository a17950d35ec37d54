// Any bytes as lines of any format: every line is a row, a reject or skipped, in order; of
// documents any number of rows in order, one a line or over lines. What no format knows is refused
// with a reason.

#include "sim/log/format_list.h"
#include "sim/log/log_block.h"
#include "tests/support/format_samples.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

using namespace dosimeter::sim;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

/// The format of a sample, told by its own lines.
std::unique_ptr<const LogFormat> make_format(const dosimeter::test::FormatSample& sample,
                                             std::string_view front = {}) {
  LogOptions options;
  options.reads_status = true;
  const std::string text =
      std::string(sample.above) + std::string(front) + std::string(sample.line) + "\n";
  auto chosen = choose_format({text, true, "\"x\"", "x"}, options);
  require(chosen && chosen.value());
  return std::move(chosen.value()->format);
}

class OrderSink final : public RowSink {
 public:
  explicit OrderSink(bool documents) : documents_(documents) {}

  bool row(const dosimeter::sim::LogRow& row, const char* at) override {
    bytes_ += row.target.value_or("").size() + row.host.value_or("").size();
    return next(at);
  }
  bool rejected(const RejectedRow& rejected, const char* at) override {
    bytes_ += rejected_row_message(rejected).size();
    return next(at);
  }
  void skipped(SkipReason, const char* at) override { next(at); }

  [[nodiscard]] std::size_t records() const { return records_; }

 private:
  bool next(const char* at) {
    require(last_ == nullptr || at > last_ || (documents_ && at == last_));
    last_ = at;
    ++records_;
    return true;
  }
  bool documents_;
  const char* last_ = nullptr;
  std::size_t records_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto formats = [] {
    std::vector<std::unique_ptr<const LogFormat>> made;
    for (const auto& sample : dosimeter::test::kFormatSamples) {
      made.push_back(make_format(sample));
      // The same as a document over lines.
      if (!made.back()->grammar().documents.empty()) made.push_back(make_format(sample, "[\n"));
    }
    return made;
  }();
  if (size == 0) return 0;
  const LogFormat& format = *formats[data[0] % formats.size()];
  // A buffer of just this size, so that a byte too far is seen.
  std::string padded(reinterpret_cast<const char*>(data + 1), size - 1);
  const std::size_t length = padded.size();
  padded.append(kBlockPadding, '"');
  padded.shrink_to_fit();
  LogBlock block;
  block.text = std::string_view(padded).substr(0, length);
  RowScratch scratch;
  const bool documents = !format.grammar().documents.empty();
  OrderSink sink(documents);
  std::size_t feeds = 0;
  for (const char c : block.text) feeds += c == '\n' ? 1 : 0;
  require(format.read(block, scratch, sink) == feeds);
  const bool open = !block.text.empty() && block.text.back() != '\n';
  require(documents || sink.records() == feeds + (open ? 1 : 0));
  static_cast<void>(format.after(block.text));
  static_cast<void>(choose_format({block.text, true, "\"x\"", "x"}, {}));
  return 0;
}
