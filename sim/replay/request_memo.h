#pragma once

#include <dosimeter/rule_set.h>

#include "sim/log/log_row.h"
#include "sim/quality/request_traits.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace dosimeter::sim {

/// What the rules say of a request: all of it that does not depend on when and how often.
struct RequestAnswer {
  RuleIndex rule = 0;
  RequestTraits traits;
  /// The recorder itself would end with an error.
  bool is_broken = false;
};

/// Remembers what the rules said of requests that came before, by the bytes that the requests
/// follow from, as logs repeat most of theirs. Found by hash and compared in full. Bounded: keys
/// stand one behind the other in a ring, and a new one takes the place of the oldest. Where next to
/// nothing is found, it is not asked for a while. What it answers never depends on what it holds.
/// Not thread-safe.
class RequestMemo {
 public:
  /// Longer keys are not remembered.
  static constexpr std::size_t kMostKeyBytes = 512;

  RequestMemo();

  /// The answers for so many keys.
  using Answers = std::array<RequestAnswer, 32>;

  /// Whether it is worth while to ask for requests.
  [[nodiscard]] bool is_asked() const noexcept { return asks_; }

  /// There was a request: for every one that was not among those of `find_all`.
  void count_request() noexcept {
    if (--left_ == 0) choose();
  }

  /// As `find` for several keys, and faster. Returns one bit for each, the first the lowest, that
  /// is set where the answer is known. REQUIRES: no more keys than answers.
  [[nodiscard]] std::uint32_t find_all(std::span<const RowKey> keys, Answers& answers) noexcept;

  /// What was remembered for the key, or nullptr. Valid until the next `remember`.
  [[nodiscard]] const RequestAnswer* find(RowKey key) noexcept;

  /// Remembers it for a key that `find` does not find.
  void remember(RowKey key, RequestAnswer answer) noexcept;

 private:
  /// What the ring is counted in.
  struct alignas(16) Unit {
    std::array<char, 16> bytes;
  };
  /// In front of a key's bytes.
  struct Header {
    std::uint32_t layout;
    std::uint16_t size;
    /// Of the hash.
    std::uint16_t tag;
    RequestAnswer answer;
  };
  static_assert(sizeof(Header) <= sizeof(Unit));

  /// 1 MiB. An index in 16 bits.
  static constexpr std::size_t kUnits = std::size_t{1} << 16;
  /// No record begins in the first, so that places that are zero are free.
  static constexpr std::uint32_t kFirstUnit = 1;
  static constexpr unsigned kBucketBits = 13;
  using Bucket = std::array<std::uint32_t, 4>;
  /// Unknown requests after which it is decided anew whether to ask, and for how many known ones
  /// among them it is worth while.
  static constexpr std::uint32_t kPeriod = 4096;
  static constexpr std::uint32_t kLeastFound = kPeriod / 8;
  /// Requests without asking behind a period that found too little.
  static constexpr std::uint32_t kPause = kPeriod * 15;

  /// Which units a record begins in: others hold texts, which may look like one.
  [[nodiscard]] bool begins_record(std::uint32_t unit) const noexcept {
    return (begins_[unit / 64] >> (unit % 64) & 1) != 0;
  }
  [[nodiscard]] const RequestAnswer* look_up(const RowKey& key) noexcept;
  [[nodiscard]] const Header& header_of(std::uint32_t unit) const noexcept;
  [[nodiscard]] const Bucket& bucket_of(RowKey key) const noexcept {
    return buckets_[key.hash >> (64 - kBucketBits)];
  }
  [[nodiscard]] bool is_gone(std::uint32_t place) const noexcept;
  void choose() noexcept;

  std::unique_ptr<Unit[]> ring_;
  std::vector<std::uint64_t> begins_;
  /// Sixteen bits of the hash above the unit that the record begins in.
  std::vector<Bucket> buckets_;
  std::uint32_t next_unit_ = kFirstUnit;
  std::uint32_t next_way_ = 0;
  bool asks_ = true;
  std::uint32_t left_ = kPeriod;
  std::uint32_t found_ = 0;
};

}  // namespace dosimeter::sim
