#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace dosimeter {

/// The six request fields that a rule matches with one pattern each. Attributes are matched apart.
enum class Field : unsigned char {
  service_name,
  service_type,
  host,
  http_method,
  url_path,
  resource_arn,
};
inline constexpr std::size_t kFieldCount = 6;
inline constexpr std::array<Field, kFieldCount> kFields = {
    Field::service_name, Field::service_type, Field::host,
    Field::http_method,  Field::url_path,     Field::resource_arn};

/// The name AWS gives the field in a rule: `ServiceName`, `ServiceType`, `Host`, `HTTPMethod`,
/// `URLPath`, `ResourceARN`.
[[nodiscard]] std::string_view field_name(Field field) noexcept;

/// The text of a field, or nothing where the request has none. Empty text is not the same as
/// nothing: recorders differ on it (`MatchChoices::blank_text`).
using FieldText = std::optional<std::string_view>;

/// What a span's attribute holds. Recorders differ on what is no string
/// (`MatchChoices::non_text_attribute`).
enum class AttributeType : unsigned char { text, other };

/// One attribute of a request at the time of the decision.
struct Attribute {
  std::string_view key = {};
  /// Of another type its text: `42`, `true`.
  std::string_view value = {};
  AttributeType type = AttributeType::text;
};

/// What the caller upstream has already decided, as its trace header says.
enum class UpstreamDecision : unsigned char { none, sampled, not_sampled };

/// What a decision is about, to be made with designated initializers: `{.host = host, .url_path =
/// path}`. Views only: everything they point to must outlive the call they are passed to.
struct Request {
  /// The name of the segment (SegmentNaming).
  FieldText service_name = {};
  FieldText service_type = {};
  /// Host and path as the recorder's TextChoices would have them: the engine compares what it is
  /// given. Under `documented` the host as the Host header has it, the path without its query.
  FieldText host = {};
  FieldText http_method = {};
  FieldText url_path = {};
  FieldText resource_arn = {};
  /// The first of several with one key counts.
  std::span<const Attribute> attributes = {};
  UpstreamDecision upstream = UpstreamDecision::none;

  [[nodiscard]] const FieldText& field(Field field) const noexcept;
};

namespace detail {
inline constexpr std::array<FieldText Request::*, kFieldCount> kFieldMembers = {
    &Request::service_name, &Request::service_type, &Request::host,
    &Request::http_method,  &Request::url_path,     &Request::resource_arn};
}  // namespace detail

inline const FieldText& Request::field(Field field) const noexcept {
  return this->*detail::kFieldMembers[static_cast<std::size_t>(field)];
}

}  // namespace dosimeter
