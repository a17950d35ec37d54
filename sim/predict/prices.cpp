#include "sim/predict/prices.h"

#include "sim/log/nearest_name.h"
#include "sim/log/quoted_text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <iterator>
#include <optional>
#include <span>
#include <vector>

namespace dosimeter::sim {

namespace {

using Json = nlohmann::json;

constexpr std::string_view kCurrency = "USD";
constexpr std::array<std::string_view, 4> kKeys = {"date", "source", "currency", "recorded"};
constexpr std::array<std::string_view, 2> kRecordedKeys = {"free_per_month", "price_per_million"};

/// Qualified, for std::quoted would be found too.
std::string shown(std::string_view text) {
  return sim::in_quotes(text, kShownBytes);
}

bool is_calendar_day(std::string_view text) {
  constexpr std::string_view kShape = "dddd-dd-dd";
  const auto digit = [](char each) { return each >= '0' && each <= '9'; };
  if (text.size() != kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    if (kShape[i] == 'd' ? !digit(text[i]) : text[i] != '-') return false;
  }
  const auto number = [&](std::size_t from, std::size_t length) {
    int value = 0;
    for (const char each : text.substr(from, length)) value = value * 10 + (each - '0');
    return value;
  };
  return std::chrono::year_month_day(std::chrono::year(number(0, 4)),
                                     std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                     std::chrono::day(static_cast<unsigned>(number(8, 2))))
      .ok();
}

bool is_printable(std::string_view text) {
  constexpr std::size_t kLongest = 1000;
  return !text.empty() && text.size() <= kLongest &&
         std::none_of(text.begin(), text.end(),
                      [](char each) { return (each >= 0 && each < ' ') || each == '\x7f'; });
}

/// An iterator that tells how far the parser has read: nlohmann's values carry no positions.
class TrackedCharacter {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  TrackedCharacter(const char* at, const char** furthest) : at_(at), furthest_(furthest) {}

  reference operator*() const { return *at_; }
  TrackedCharacter& operator++() {
    *furthest_ = ++at_;
    return *this;
  }
  friend bool operator==(const TrackedCharacter& a, const TrackedCharacter& b) {
    return a.at_ == b.at_;
  }
  friend bool operator!=(const TrackedCharacter& a, const TrackedCharacter& b) { return !(a == b); }

 private:
  const char* at_;
  const char** furthest_;
};

/// Receives the parser's events; every function returns whether to go on. No array and no deeper
/// object is accepted, so nothing grows with the input.
class PriceReader {
 public:
  PriceReader(std::string_view name, std::string_view text)
      : name_(name), text_(text), furthest_(text.data()) {}

  Result<Prices, Failure> read() {
    const char* end = text_.data() + text_.size();
    Json::sax_parse(TrackedCharacter(text_.data(), &furthest_), TrackedCharacter(end, &furthest_),
                    this);
    if (!failure_) require_all();
    if (failure_) return *failure_;
    return prices_;
  }

  bool null() { return wrong_type("null"); }
  bool boolean(bool value) { return wrong_type(value ? "true" : "false"); }
  bool number_integer(Json::number_integer_t value) {
    return number(static_cast<double>(value), std::to_string(value));
  }
  bool number_unsigned(Json::number_unsigned_t value) {
    return number(static_cast<double>(value), std::to_string(value));
  }
  bool number_float(Json::number_float_t value, const std::string& text) {
    return number(value, text.size() <= kShownBytes ? text : text.substr(0, kShownBytes) + "...");
  }
  bool binary(Json::binary_t&) { return wrong_type("binary data"); }
  bool start_array(std::size_t) { return wrong_type("an array"); }
  bool end_array() { return true; }

  bool string(std::string& value) {
    if (key_ == "date") {
      if (!is_calendar_day(value)) return fail("date must be a day like 2026-11-22", shown(value));
      date_ = value;
    } else if (key_ == "source") {
      if (!is_printable(value)) {
        return fail("source must be 1 to 1000 printable characters", shown(value));
      }
      source_ = value;
    } else if (key_ == "currency") {
      if (value != kCurrency) {
        return fail("currency must be USD (reports are in US dollars only)", shown(value));
      }
      currency_ = value;
    } else {
      return wrong_type(shown(value));
    }
    return true;
  }

  bool start_object(std::size_t) {
    if (depth_ == 0 || (depth_ == 1 && key_ == "recorded")) {
      recorded_ = depth_++ == 1;
      return true;
    }
    return wrong_type("an object");
  }
  bool end_object() {
    --depth_;
    recorded_ = false;
    return true;
  }

  bool key(std::string& value) {
    const std::span<const std::string_view> known =
        recorded_ ? std::span<const std::string_view>(kRecordedKeys) : kKeys;
    if (std::find(known.begin(), known.end(), value) == known.end()) {
      return unknown_key(value, known);
    }
    key_ = recorded_ ? "recorded." + value : value;
    if (std::find(seen_.begin(), seen_.end(), key_) != seen_.end()) {
      return fail(key_ + " must be there once", "it twice");
    }
    seen_.push_back(key_);
    return true;
  }

  bool parse_error(std::size_t position, const std::string& last, const Json::exception&) {
    if (failure_) return false;
    if (text_.empty()) return fail("expected JSON", "nothing");
    // The parser counts the end itself as a character read.
    const bool at_end = position > text_.size();
    return fail("expected JSON", at_end ? "the end of the file" : shown(last));
  }

 private:
  bool number(double value, const std::string& text) {
    if (key_ == "recorded.free_per_month") {
      constexpr double kMaximum = static_cast<double>(kMaximumFreePerMonth);
      if (!(value >= 0 && value <= kMaximum && value == std::floor(value))) {
        return fail(
            fmt::format("{} must be a whole number between 0 and {}", key_, kMaximumFreePerMonth),
            text);
      }
      free_per_month_ = static_cast<std::uint64_t>(value);
    } else if (key_ == "recorded.price_per_million") {
      if (!(value >= 0 && value <= kMaximumPricePerMillion)) {
        return fail(
            fmt::format("{} must be a number between 0 and {:.0f}", key_, kMaximumPricePerMillion),
            text);
      }
      // A written -0 is a 0.
      price_per_million_ = std::abs(value);
    } else {
      return wrong_type(text);
    }
    return true;
  }

  bool unknown_key(const std::string& key, std::span<const std::string_view> known) {
    const std::optional<std::string_view> near = nearest_name(key, known);
    return fail(fmt::format("expected the keys {}", fmt::join(known, ", ")),
                fmt::format("{}{}{}", shown(key), recorded_ ? " in recorded" : "",
                            near ? fmt::format(" (did you mean {}?)", *near) : ""));
  }

  bool wrong_type(std::string_view got) {
    if (depth_ == 0) return fail("expected an object", got);
    if (key_ == "recorded") return fail("recorded must be an object", got);
    return fail(fmt::format("{} must be a {}", key_, recorded_ ? "number" : "string"), got);
  }

  bool fail(std::string_view expected, std::string_view got) {
    failure_ =
        Failure{ExitCode::usage, fmt::format("{}:{}: {}, got {}", name_, line(), expected, got)};
    return false;
  }

  /// The line of the last character but one that was read: of a number the parser has read what
  /// ends it.
  [[nodiscard]] std::ptrdiff_t line() const {
    const char* end = furthest_ == text_.data() ? furthest_ : furthest_ - 1;
    return 1 + std::count(text_.data(), end, '\n');
  }

  void require_all() {
    const auto require = [this](const auto& field, std::string_view key, auto& destination) {
      if (field) {
        destination = *field;
      } else if (!failure_) {
        failure_ = Failure{ExitCode::usage, fmt::format("{}: {} is missing", name_, key)};
      }
    };
    require(date_, "date", prices_.date);
    require(source_, "source", prices_.source);
    require(currency_, "currency", prices_.currency);
    require(free_per_month_, "recorded.free_per_month", prices_.free_per_month);
    require(price_per_million_, "recorded.price_per_million", prices_.price_per_million);
  }

  std::string_view name_;
  std::string_view text_;
  const char* furthest_;
  int depth_ = 0;
  /// Inside the object called recorded.
  bool recorded_ = false;
  /// The key whose value comes next, with its parent's name.
  std::string key_;
  std::vector<std::string> seen_;
  std::optional<std::string> date_;
  std::optional<std::string> source_;
  std::optional<std::string> currency_;
  std::optional<std::uint64_t> free_per_month_;
  std::optional<double> price_per_million_;
  Prices prices_;
  std::optional<Failure> failure_;
};

}  // namespace

Result<Prices, Failure> load_prices(std::string_view name, std::string_view text) {
  if (text.size() > kMaximumPriceFileSize) {
    return Failure{ExitCode::usage, fmt::format("{}: a price file must be at most {} bytes, got {}",
                                                name, kMaximumPriceFileSize, text.size())};
  }
  return PriceReader(name, text).read();
}

}  // namespace dosimeter::sim
