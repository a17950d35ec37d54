#include "sim/log/inflating_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <new>
#include <utility>

namespace dosimeter::sim {
namespace {

/// The xz file format, 2.2: padding is zeros, a multiple of four of them.
constexpr std::uint64_t kXzPaddingUnit = 4;

constexpr std::string_view kSomethingElse = "has something else behind its {} data";

/// What to do with data that one program alone will unpack.
constexpr std::string_view kLargeWindow =
    "needs a window of more than 128 MiB; try zstd -dc --long=31 FILE | simulate --log -";
constexpr std::string_view kLargeDictionary =
    "needs a dictionary of more than 128 MiB; try xz -dc FILE | simulate --log -";

}  // namespace

InflatingSource::InflatingSource(std::unique_ptr<ByteSource> packed, std::string_view front,
                                 Compression compression, std::string name)
    : packed_(std::move(packed)),
      compression_(compression),
      name_(std::move(name)),
      inflater_(make_inflater(compression)),
      buffer_(std::max(kPackedBlockBytes, front.size())),
      end_(front.size()) {
  assert(packed_ != nullptr);
  std::copy(front.begin(), front.end(), buffer_.begin());
}

/// `how` has `{}` for the compression.
void InflatingSource::end_damaged(std::string_view how) {
  damage_ = fmt::format("{}, at byte {}",
                        fmt::format(fmt::runtime(how), compression_name(compression_)), offset_);
  at_ = At::end;
}

void InflatingSource::refuse(std::string_view why) {
  failure_ = Failure{ExitCode::usage,
                     fmt::format("{}: its {} data {}", name_, compression_name(compression_), why)};
}

/// Reads once behind the held bytes.
void InflatingSource::fill() {
  if (begin_ != 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, held());
    end_ -= begin_;
    begin_ = 0;
  }
  const auto count = packed_->read(std::span<char>(buffer_).subspan(end_));
  if (!count) {
    failure_ = count.error();
    return;
  }
  end_ += count.value();
  last_ = count.value() == 0;
  wants_more_ = false;
}

/// Decides what the bytes behind a member are.
void InflatingSource::look_behind_member() {
  if (held() == 0) {
    wants_more_ = !last_;
    if (last_) at_ = At::end;
    return;
  }
  const bool padded = compression_ == Compression::gzip || compression_ == Compression::xz;
  if (padded && held_text().front() == '\0') {
    padding_bytes_ = 0;
    at_ = At::padding;
    return;
  }
  const CompressionGuess guess = guess_compression(held_text().substr(0, kLongestMagic));
  if (guess.compression == compression_) {
    inflater_->restart();
    at_ = At::member;
  } else if (guess.undecided && !last_) {
    wants_more_ = true;
  } else {
    end_damaged(kSomethingElse);
  }
}

void InflatingSource::skip_padding() {
  const std::string_view text = held_text();
  const std::size_t zeros = std::min(text.find_first_not_of('\0'), text.size());
  begin_ += zeros;
  offset_ += zeros;
  padding_bytes_ += zeros;
  if (held() == 0 && !last_) {
    wants_more_ = true;
    return;
  }
  at_ = held() == 0 ? At::end : At::behind_member;
  // Of gzip padding is the end.
  if (compression_ == Compression::xz ? padding_bytes_ % kXzPaddingUnit != 0
                                      : at_ == At::behind_member) {
    end_damaged(kSomethingElse);
  }
}

/// One step within a member; how many bytes it gave.
std::size_t InflatingSource::inflate(std::span<char> block) {
  const InflateStep step =
      inflater_->step(std::span<const char>(buffer_).subspan(begin_, held()), block);
  begin_ += step.consumed;
  offset_ += step.consumed;
  switch (step.state) {
    case InflateState::inside:
      if (step.consumed == 0 && step.produced == 0) {
        wants_more_ = !last_;
        if (last_) end_damaged("is cut off within its {} data");
      }
      break;
    case InflateState::whole:
      at_ = At::behind_member;
      break;
    case InflateState::damaged:
      end_damaged("has {} data that is damaged");
      break;
    case InflateState::wrong_checksum:
      end_damaged("has {} data that does not fit its checksum");
      break;
    case InflateState::window_too_large:
      refuse(compression_ == Compression::xz ? kLargeDictionary : kLargeWindow);
      break;
    case InflateState::unsupported:
      refuse("needs a dictionary or a method that is not known here");
      break;
  }
  return step.produced;
}

/// One step with the held bytes; how many bytes it gave.
std::size_t InflatingSource::advance(std::span<char> block) {
  switch (at_) {
    case At::member:
      return inflate(block);
    case At::behind_member:
      look_behind_member();
      break;
    case At::padding:
      skip_padding();
      break;
    case At::end:
      break;
  }
  return 0;
}

Result<std::size_t, Failure> InflatingSource::read(std::span<char> block) {
  std::size_t produced = 0;
  while (!failure_ && at_ != At::end && produced < block.size()) {
    if (wants_more_) {
      // What is there is given before more is waited for.
      if (produced > 0) break;
      fill();
      continue;
    }
    try {
      produced += advance(block.subspan(produced));
    } catch (const std::bad_alloc&) {
      failure_ = Failure{ExitCode::input_output, "not enough memory to inflate " + name_};
    }
  }
  if (produced == 0 && failure_) return *failure_;
  return produced;
}

}  // namespace dosimeter::sim
