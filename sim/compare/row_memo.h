#pragma once

#include "sim/log/log_row.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::sim {

/// Remembers what was found for the texts of a row, whatever its time. Bounded: a row takes the
/// place of another, and very long ones are not remembered. Not thread-safe.
template <typename Value>
class RowMemo {
 public:
  RowMemo() : places_(kPlaces) {}

  /// What was remembered for a row with the same texts, or nullptr. Valid until the next call.
  [[nodiscard]] const Value* find(const LogRow& row) {
    write_key(row);
    if (key_.size() > kLongestKey) return nullptr;
    const Place& place = places_[std::hash<std::string_view>()(key_) % kPlaces];
    return place.key == key_ ? &place.value : nullptr;
  }

  /// Remembers it for the row that `find` was called with last.
  void remember(const Value& value) {
    if (key_.size() > kLongestKey) return;
    places_[std::hash<std::string_view>()(key_) % kPlaces] = {key_, value};
  }

 private:
  static constexpr std::size_t kPlaces = 4096;
  static constexpr std::size_t kLongestKey = 1024;

  struct Place {
    /// No row has an empty one.
    std::string key;
    Value value;
  };

  void write_key(const LogRow& row) {
    key_.clear();
    for (const FieldText* text : {&row.service_name, &row.service_type, &row.host, &row.http_method,
                                  &row.target, &row.resource_arn, &row.trace_header}) {
      // Absent, or its length in front, so that no two rows have one key.
      const std::uint32_t length =
          *text ? static_cast<std::uint32_t>((*text)->size()) + 1 : std::uint32_t{0};
      std::array<char, sizeof length> bytes;
      for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<char>(length >> (8 * i) & 0xFFu);
      }
      key_.append(bytes.data(), bytes.size());
      if (*text) key_ += **text;
      if (key_.size() > kLongestKey) return;
    }
  }

  std::vector<Place> places_;
  std::string key_;
};

}  // namespace dosimeter::sim
