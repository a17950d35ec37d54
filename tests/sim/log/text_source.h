#pragma once

#include "sim/log/byte_source.h"

#include <algorithm>
#include <cstring>
#include <random>
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

/// A text as a source that gives 1 to `most` bytes at a time, by chance, and then an error where
/// `fails` is set.
class ShortReadSource final : public sim::ByteSource {
 public:
  ShortReadSource(std::string text, std::uint32_t seed, std::size_t most, bool fails = false)
      : text_(std::move(text), std::string::npos, fails), random_(seed), most_(most) {}

  Result<std::size_t, sim::Failure> read(std::span<char> block) override {
    return text_.read(block.first(std::min(block.size(), 1 + random_() % most_)));
  }
  std::uint64_t bytes_read() const noexcept override { return text_.bytes_read(); }

 private:
  TextSource text_;
  std::mt19937 random_;
  std::size_t most_;
};

}  // namespace dosimeter::test
