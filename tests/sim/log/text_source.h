#pragma once

#include "sim/log/byte_source.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

namespace dosimeter::test {

/// A text as a source that gives at most `most` bytes at a time and, where `fails` is set, an error
/// in place of the end.
class TextSource final : public sim::ByteSource {
 public:
  explicit TextSource(std::string text, std::size_t most = std::string::npos, bool fails = false)
      : text_(std::move(text)), most_(most), fails_(fails) {}

  Result<std::size_t, sim::Failure> read(std::span<char> block) override {
    const std::size_t count = std::min({block.size(), most_, text_.size() - at_});
    if (count == 0 && fails_) {
      return sim::Failure{sim::ExitCode::input_output, "cannot read \"x.csv\": input/output error"};
    }
    std::memcpy(block.data(), text_.data() + at_, count);
    at_ += count;
    return count;
  }
  std::uint64_t bytes_read() const noexcept override { return at_; }

 private:
  std::string text_;
  std::size_t most_;
  bool fails_;
  std::size_t at_ = 0;
};

}  // namespace dosimeter::test
