#pragma once

#include <dosimeter/recorder.h>
#include <dosimeter/request.h>

#include <string>
#include <string_view>
#include <vector>

namespace dosimeter {

/// What the `Sampled` part of a trace header says.
enum class SampledFlag : unsigned char {
  absent,       // no such part, or one that means nothing
  requested,    // `?`: decide, and say so in the response
  sampled,      // `1`
  not_sampled,  // `0`
};

/// The `X-Amzn-Trace-Id` header:
/// `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1` (AWS X-Ray
/// developer guide, "Tracing header"). Load balancers and functions add parts of their own (`Self`,
/// `Lineage`); they are kept.
struct TraceHeader {
  std::string root;
  std::string parent;
  SampledFlag sampled = SampledFlag::absent;
  /// All other parts in their order, each as it stood: `Self=1-67891234-12456789abcdef012345678`. A
  /// Root, Parent or Sampled that is repeated counts once (TextChoices::repeated_part) and is
  /// dropped otherwise.
  std::vector<std::string> others;

  /// Reads any text; what is no part of a header is in `others`.
  [[nodiscard]] static TraceHeader parse(std::string_view text, const TextChoices& choices = {});

  /// Root, Parent and Sampled where they are there, in this order, then the others. What was read
  /// comes back, but in this order and without repetitions.
  [[nodiscard]] std::string to_string() const;

  /// Whether `root` is a trace id: `1-`, eight hexadecimal digits, `-`, twenty-four more.
  [[nodiscard]] bool has_valid_root() const noexcept;

  friend bool operator==(const TraceHeader&, const TraceHeader&) = default;
};

/// What a trace header decides, without taking it apart: the same as parse() and a look at
/// `sampled`. Allocates nothing.
[[nodiscard]] UpstreamDecision upstream_decision(std::string_view header,
                                                 const TextChoices& choices = {}) noexcept;

}  // namespace dosimeter
