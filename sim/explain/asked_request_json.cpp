#include "sim/explain/asked_request_json.h"

#include "sim/log/nearest_name.h"
#include "sim/log/quoted_text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>
#include <vector>

namespace dosimeter::sim {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kAttributes = "attributes";
/// By Field, then the attributes.
constexpr std::array<std::string_view, kFieldCount + 1> kKeys = {
    "service", "service_type", "host", "method", "path", "resource_arn", kAttributes};

/// Goes over a text before it is built: nothing comes of what is too deep, too much or there twice.
class Guard {
 public:
  bool null() { return value(); }
  bool boolean(bool) { return value(); }
  bool number_integer(Json::number_integer_t) { return value(); }
  bool number_unsigned(Json::number_unsigned_t) { return value(); }
  bool number_float(Json::number_float_t, const std::string&) { return value(); }
  bool string(std::string&) { return value(); }
  bool binary(Json::binary_t&) { return false; }
  bool start_object(std::size_t) {
    keys_.emplace_back();
    return open();
  }
  bool end_object() { return close(); }
  bool start_array(std::size_t) {
    keys_.emplace_back();
    return open();
  }
  bool end_array() { return close(); }
  bool key(std::string& name) {
    if (keys_.back().insert(name).second) return true;
    return refuse({0, "a key must stand once, got " + in_quotes(name, kShownBytes) + " twice"});
  }
  bool parse_error(std::size_t position, const std::string&, const Json::exception& error) {
    constexpr int kNumberOverflow = 406;
    return refuse({position, error.id == kNumberOverflow
                                 ? "a number must be one that a computer can hold"
                                 : "expected one JSON object, got text that is no JSON"});
  }

  [[nodiscard]] std::optional<RequestFault> take_fault() { return std::move(fault_); }

 private:
  bool value() {
    if (++values_ <= kMaximumRequestValues) return true;
    return refuse(
        {0, fmt::format("a request may have {} values, got more", kMaximumRequestValues)});
  }
  bool open() {
    if (keys_.size() <= kMaximumRequestDepth) return value();
    return refuse({0, fmt::format("expected at most {} nested brackets, got one more",
                                  kMaximumRequestDepth)});
  }
  bool close() {
    keys_.pop_back();
    return true;
  }
  bool refuse(RequestFault fault) {
    fault_ = std::move(fault);
    return false;
  }

  /// Of each open bracket.
  std::vector<std::unordered_set<std::string>> keys_;
  std::size_t values_ = 0;
  std::optional<RequestFault> fault_;
};

std::string_view kind_of(const Json& value) {
  switch (value.type()) {
    case Json::value_t::null:
      return "null";
    case Json::value_t::object:
      return "an object";
    case Json::value_t::array:
      return "a list";
    case Json::value_t::string:
      return "a string";
    case Json::value_t::boolean:
      return "a boolean";
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
    case Json::value_t::number_float:
      return "a number";
    case Json::value_t::binary:
    case Json::value_t::discarded:
      break;
  }
  return "nothing";
}

RequestFault unknown_key(const std::string& key) {
  const auto nearest = nearest_name(key, kKeys);
  return {0, "unknown key " + in_quotes(key, kShownBytes) +
                 (nearest ? ", did you mean " + std::string(*nearest) + "?" : "")};
}

std::optional<RequestFault> read_attributes(const Json& json, AskedRequest& request) {
  if (!json.is_object()) {
    return RequestFault{0, fmt::format("attributes must be an object, got {}", kind_of(json))};
  }
  for (const auto& [key, value] : json.items()) {
    if (value.is_null()) continue;
    if (value.is_object()) {
      return RequestFault{
          0,
          fmt::format("attribute {} must be a string, a number, a boolean or a list, got an object",
                      in_quotes(key, kShownBytes))};
    }
    if (value.is_string()) {
      request.attributes.push_back({key, value.get<std::string>(), AttributeType::text});
    } else {
      request.attributes.push_back({key, value.dump(), AttributeType::other});
    }
  }
  return std::nullopt;
}

}  // namespace

Result<AskedRequest, RequestFault> read_asked_request(std::string_view text) {
  Guard guard;
  if (!Json::sax_parse(text, &guard)) {
    return guard.take_fault().value_or(RequestFault{0, "expected one JSON object"});
  }
  const Json json = Json::parse(text);
  if (!json.is_object()) {
    return RequestFault{0, fmt::format("expected one JSON object, got {}", kind_of(json))};
  }
  AskedRequest request;
  for (const auto& [key, value] : json.items()) {
    const auto known = std::find(kKeys.begin(), kKeys.end(), key);
    if (known == kKeys.end()) return unknown_key(key);
    if (value.is_null()) continue;
    if (*known == kAttributes) {
      if (auto fault = read_attributes(value, request)) return *std::move(fault);
      continue;
    }
    if (!value.is_string()) {
      return RequestFault{0, fmt::format("{} must be a string, got {}", key, kind_of(value))};
    }
    request.fields[static_cast<std::size_t>(known - kKeys.begin())] = value.get<std::string>();
  }
  return request;
}

}  // namespace dosimeter::sim
