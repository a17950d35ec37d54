#pragma once

#include <dosimeter/request.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace dosimeter::sim {

/// Longer methods and folded paths are cut and end in `...`: bytes.
inline constexpr std::size_t kLongestMethod = 32;
inline constexpr std::size_t kLongestPath = 200;

/// A method and a path without what is different in every request. Each is empty where the request
/// has none.
struct EndpointParts {
  std::string_view method;
  std::string_view path;
};

/// Makes of a request's method and target the text of its endpoint: the method in capitals, and the
/// path without its query and with `:id` for what names one thing among many. A segment between
/// slashes is an identifier where it is
///
/// - a number, or several with commas between;
/// - a UUID, in braces or not;
/// - 8 or more hexadecimal digits with a decimal one among them, or 16 or more of any;
/// - a ULID;
/// - 16 or more letters, digits, `-`, `_`, `=`, `+` and `~`, of which letters and digits follow
/// each
///   other at least three times without one of the others between: random tokens, but not words
///   with years;
/// - a mail address;
/// - parts of these kinds with dots between.
///
/// Of a segment with dots that is none, its parts that are identifiers are folded, numbers only in
/// front or with five digits: `17.json` is `:id.json`, `app.3f2a1b9c.js` is `app.:id.js`. A date
/// (`2026-05-04`, with a time behind it or not) is `:date`. A segment ends at a `;`: its parameters
/// are dropped. Letter case, `%` codes and empty segments stay.
///
/// Reuses its memory: allocates nothing once that has grown. Not thread-safe.
class EndpointText {
 public:
  /// A text that no other endpoint has; `endpoint_parts` takes it apart. Valid until the next call.
  /// Linear in what is not cut off.
  [[nodiscard]] std::string_view fold(const FieldText& method, const FieldText& target);

 private:
  std::string text_;
};

/// REQUIRES: `text` comes of `EndpointText::fold`.
[[nodiscard]] EndpointParts endpoint_parts(std::string_view text) noexcept;

}  // namespace dosimeter::sim
