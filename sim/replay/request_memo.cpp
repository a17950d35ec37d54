#include "sim/replay/request_memo.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <new>

namespace dosimeter::sim {
namespace {

std::uint32_t tag_of(RowKey key) noexcept {
  return static_cast<std::uint32_t>(key.hash & 0xFFFF);
}

/// One bit for each place of a bucket that may be the tag's. Without a branch for each: which of
/// them it is cannot be guessed.
template <typename Bucket>
unsigned likely_places(const Bucket& bucket, std::uint32_t tag) noexcept {
  unsigned likely = 0;
  for (unsigned i = 0; i < bucket.size(); ++i) likely |= unsigned{bucket[i] >> 16 == tag} << i;
  return likely;
}

}  // namespace

RequestMemo::RequestMemo()
    : ring_(std::make_unique_for_overwrite<Unit[]>(kUnits)),
      begins_(kUnits / 64),
      buckets_(std::size_t{1} << kBucketBits) {}

void RequestMemo::choose() noexcept {
  asks_ = !asks_ || found_ >= kLeastFound;
  left_ = asks_ ? kPeriod : kPause;
  found_ = 0;
}

const RequestMemo::Header& RequestMemo::header_of(std::uint32_t unit) const noexcept {
  return *std::launder(reinterpret_cast<const Header*>(&ring_[unit]));
}

/// The record of a place has been written over.
bool RequestMemo::is_gone(std::uint32_t place) const noexcept {
  const std::uint32_t unit = place & 0xFFFF;
  return !begins_record(unit) || header_of(unit).tag != place >> 16;
}

inline const RequestAnswer* RequestMemo::look_up(const RowKey& key) noexcept {
  const Bucket& bucket = bucket_of(key);
  for (unsigned likely = likely_places(bucket, tag_of(key)); likely != 0; likely &= likely - 1) {
    const std::uint32_t unit = bucket[static_cast<unsigned>(std::countr_zero(likely))] & 0xFFFF;
    if (!begins_record(unit)) continue;
    const Header& header = header_of(unit);
    if (header.layout == key.layout && header.size == key.bytes.size() &&
        std::memcmp(&ring_[unit + 1], key.bytes.data(), key.bytes.size()) == 0) {
      ++found_;
      return &header.answer;
    }
  }
  return nullptr;
}

const RequestAnswer* RequestMemo::find(RowKey key) noexcept {
  return look_up(key);
}

std::uint32_t RequestMemo::find_all(std::span<const RowKey> keys, Answers& answers) noexcept {
  // First all are asked of memory, which is far away, and then waited for.
  for (const RowKey& key : keys) __builtin_prefetch(&bucket_of(key));
  for (const RowKey& key : keys) {
    const Bucket& bucket = bucket_of(key);
    const unsigned likely = likely_places(bucket, tag_of(key));
    if (likely == 0) continue;
    const Unit* const record =
        &ring_[bucket[static_cast<unsigned>(std::countr_zero(likely))] & 0xFFFF];
    __builtin_prefetch(record);
    __builtin_prefetch(reinterpret_cast<const char*>(record + 1) + key.bytes.size() / 2);
    __builtin_prefetch(reinterpret_cast<const char*>(record + 1) + key.bytes.size());
  }
  std::uint32_t known = 0;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i].layout == 0) continue;
    const RequestAnswer* const answer = look_up(keys[i]);
    if (answer == nullptr) continue;
    answers[i] = *answer;
    known |= std::uint32_t{1} << i;
  }
  return known;
}

void RequestMemo::remember(RowKey key, RequestAnswer answer) noexcept {
  const std::size_t size = key.bytes.size();
  if (size == 0 || size > kMostKeyBytes) return;
  const auto units = static_cast<std::uint32_t>(1 + (size + sizeof(Unit) - 1) / sizeof(Unit));
  if (next_unit_ + units > kUnits) next_unit_ = kFirstUnit;
  const std::uint32_t unit = next_unit_;
  // All that begins here is written over. What begins behind it is whole: records are written one
  // behind the other, so the first unit of each goes first.
  for (std::uint32_t i = unit; i < unit + units; ++i) {
    begins_[i / 64] &= ~(std::uint64_t{1} << (i % 64));
  }
  begins_[unit / 64] |= std::uint64_t{1} << (unit % 64);
  const std::uint32_t tag = tag_of(key);
  new (&ring_[unit])
      Header{key.layout, static_cast<std::uint16_t>(size), static_cast<std::uint16_t>(tag), answer};
  std::memcpy(&ring_[unit + 1], key.bytes.data(), size);
  next_unit_ += units;

  Bucket& bucket = buckets_[key.hash >> (64 - kBucketBits)];
  const auto gone = std::find_if(bucket.begin(), bucket.end(),
                                 [&](std::uint32_t place) { return is_gone(place); });
  (gone != bucket.end() ? *gone : bucket[next_way_++ % bucket.size()]) = tag << 16 | unit;
}

}  // namespace dosimeter::sim
