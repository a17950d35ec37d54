#pragma once

#include <dosimeter/text_choices.h>

/// What the recorders of the table see of a request that see it otherwise in more than a few ways.
namespace dosimeter::detail {

/// As Flask has it, behind a WSGI server.
constexpr TextChoices xray_python_text() {
  TextChoices text;
  text.host_port = HostPort::kept_but_80;
  text.host_text = HostText::valid_or_absent;
  text.path_start = PathStart::one_slash;
  text.path_encoding = PathEncoding::percent_decoded_to_utf8;
  text.base_path = BasePath::removed;
  text.header_blanks = HeaderBlanks::significant;
  text.part_value = PartValue::to_next_equals;
  text.repeated_part = RepeatedPart::last;
  text.header_keys = HeaderKeys::exact_case;
  text.header_parts = HeaderParts::every_part_needs_a_value;
  return text;
}

/// As Node.js hands it to Express.
constexpr TextChoices xray_node_text() {
  TextChoices text;
  text.query_string = QueryString::kept;
  text.host_text = HostText::as_latin_1;
  text.target_form = TargetForm::as_text;
  text.part_value = PartValue::to_next_equals;
  text.repeated_part = RepeatedPart::last_with_text;
  return text;
}

// The OpenTelemetry samplers: the attributes a span has at its start.

/// The span's context decides, and a propagator makes one of a header with all its parts.
constexpr TextChoices otel_text() {
  TextChoices text;
  text.path_of_url = PathOfUrl::without_query;
  text.header_keys = HeaderKeys::exact_case;
  text.header_validity = HeaderValidity::valid_root_and_parent_needed;
  return text;
}

/// What the older attributes hold: `http.target` with its query, `http.host` with its port.
constexpr void read_older_attributes(TextChoices& text) {
  text.query_string = QueryString::kept;
  text.host_port = HostPort::kept;
}

/// What the newer ones hold: `url.path`, and `server.address` without a port.
constexpr void read_newer_attributes(TextChoices& text) {
  text.query_string = QueryString::removed;
  text.host_port = HostPort::removed;
}

/// Not wrapped in a parent-based sampler, so that what was decided before is not looked at.
constexpr TextChoices adot_go_text() {
  TextChoices text = otel_text();
  read_older_attributes(text);
  text.header_validity = HeaderValidity::no_header;
  return text;
}

constexpr TextChoices otel_go_text() {
  TextChoices text = adot_go_text();
  text.path_of_url = PathOfUrl::whole_url;
  return text;
}

constexpr TextChoices otel_java_text() {
  TextChoices text = otel_text();
  read_newer_attributes(text);
  text.path_of_url = PathOfUrl::with_query;
  text.missing_sampled = MissingSampled::not_sampled;
  text.header_parts = HeaderParts::every_part_needs_a_value;
  return text;
}

constexpr TextChoices otel_js_text() {
  TextChoices text = otel_text();
  read_newer_attributes(text);
  return text;
}

/// The instrumentations of WSGI set the older attributes unless told otherwise.
constexpr TextChoices otel_python_text() {
  TextChoices text = otel_text();
  read_older_attributes(text);
  text.missing_sampled = MissingSampled::not_sampled;
  text.header_parts = HeaderParts::every_part_needs_a_value;
  return text;
}

constexpr TextChoices otel_ruby_text() {
  TextChoices text = otel_text();
  read_older_attributes(text);
  text.base_path = BasePath::removed;
  text.header_blanks = HeaderBlanks::significant;
  text.unclear_sampled = UnclearSampled::not_sampled;
  text.missing_sampled = MissingSampled::not_sampled;
  return text;
}

/// Its path is `url.path`; its host is the older `http.host`, which no instrumentation sets any
/// more.
constexpr TextChoices otel_dotnet_text() {
  TextChoices text = otel_text();
  read_newer_attributes(text);
  text.host_supply = FieldSupply::never_filled_in;
  text.path_of_url = PathOfUrl::with_query;
  text.header_parts = HeaderParts::every_part_needs_a_value;
  return text;
}

}  // namespace dosimeter::detail
