#pragma once

#include <dosimeter/pattern.h>
#include <dosimeter/request.h>

#include <optional>
#include <string>
#include <string_view>

namespace dosimeter {

/// How a recorder names the segment of a request. A rule's ServiceName is matched with that name.
/// Immutable, thread-safe.
class SegmentNaming {
 public:
  /// Every segment has this name.
  [[nodiscard]] static SegmentNaming fixed(std::string name);

  /// The segment is named by the request's host where that matches `host_pattern`, else by
  /// `fallback`. (The X-Ray SDKs' "dynamic naming"; they match with the pattern language of rules.)
  [[nodiscard]] static SegmentNaming dynamic(std::string host_pattern, std::string fallback,
                                             const MatchChoices& choices = {});

  /// The name for a request to `host`. A view of `host` or of this object.
  [[nodiscard]] std::string_view name(const FieldText& host) const noexcept;

 private:
  SegmentNaming(std::optional<Pattern> host_pattern, std::string name);
  std::optional<Pattern> host_pattern_;
  std::string name_;
};

}  // namespace dosimeter
