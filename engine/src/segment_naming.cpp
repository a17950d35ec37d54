#include <dosimeter/segment_naming.h>

namespace dosimeter {

SegmentNaming SegmentNaming::fixed(std::string name) {
  return {std::nullopt, std::move(name)};
}

SegmentNaming SegmentNaming::dynamic(std::string host_pattern, std::string fallback,
                                     const MatchChoices& choices) {
  return {Pattern(std::move(host_pattern), choices), std::move(fallback)};
}

SegmentNaming::SegmentNaming(std::optional<Pattern> host_pattern, std::string name)
    : host_pattern_(std::move(host_pattern)), name_(std::move(name)) {}

std::string_view SegmentNaming::name(const FieldText& host) const noexcept {
  // No recorder names a segment by an empty host, even where the pattern is `*`.
  const bool by_host = host_pattern_ && host && !host->empty() && host_pattern_->matches(*host);
  return by_host ? *host : std::string_view(name_);
}

}  // namespace dosimeter
