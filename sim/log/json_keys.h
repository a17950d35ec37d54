#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <string_view>

namespace dosimeter::sim {

/// The keys of a JSON object, not those of objects within it, as they are written between their
/// quotes: at most the first 64. Of a text that is cut off, those in front of the cut. For telling
/// formats apart: nothing but brackets and quotes is looked at. Linear.
class JsonKeys {
 public:
  static constexpr std::size_t kMost = 64;

  /// Empty where `text` does not begin with `{`, blanks and line feeds in front or not.
  explicit JsonKeys(std::string_view text) noexcept;

  [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
  [[nodiscard]] bool has(std::string_view key) const noexcept {
    return std::find(keys_.begin(), end(), key) != end();
  }
  [[nodiscard]] bool has_all(std::initializer_list<std::string_view> keys) const noexcept {
    return std::all_of(keys.begin(), keys.end(), [&](std::string_view key) { return has(key); });
  }
  [[nodiscard]] bool has_any(std::initializer_list<std::string_view> keys) const noexcept {
    return std::any_of(keys.begin(), keys.end(), [&](std::string_view key) { return has(key); });
  }
  /// As headers are compared (`normalized_header`).
  [[nodiscard]] bool has_any_like(std::initializer_list<std::string_view> keys) const noexcept;
  /// How many of these are there.
  [[nodiscard]] std::size_t count_of(std::initializer_list<std::string_view> keys) const noexcept {
    return static_cast<std::size_t>(
        std::count_if(keys.begin(), keys.end(), [&](std::string_view key) { return has(key); }));
  }
  /// The object ends within the text.
  [[nodiscard]] bool closed() const noexcept { return closed_; }

 private:
  [[nodiscard]] const std::string_view* end() const noexcept { return keys_.data() + count_; }

  std::array<std::string_view, kMost> keys_;
  std::size_t count_ = 0;
  bool closed_ = false;
};

}  // namespace dosimeter::sim
