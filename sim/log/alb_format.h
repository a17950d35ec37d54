#pragma once

#include "sim/log/alb_fields.h"
#include "sim/log/line_format.h"

#include <string_view>
#include <utility>

namespace dosimeter::sim {

/// Access logs of AWS application load balancers: one line for a request, without a header.
///
/// What other logs of load balancers leave in the same bucket holds no requests and is skipped:
/// rows of network load balancers (`tls 2.0 ...`), rows of connection logs (a stamp, an address, a
/// port) and the line that AWS writes to try a bucket.
class AlbFormat final : public LineFormat {
 public:
  explicit AlbFormat(LineSetup setup) : LineFormat(std::move(setup)) {}

  /// - time: request_creation_time; where there is none, `time` less those processing times that
  ///   are known.
  /// - host: that of the URL without the port that its scheme implies, as clients send it; where it
  ///   has none, domain_name.
  /// - service_name: the target group; where there is none, the load balancer; nothing where the
  ///   user names the service.
  [[nodiscard]] RowKind read_line(std::string_view line, RowScratch& scratch,
                                  LineRead& read) const override;
};

/// Whether a line is one of AWS's application load balancers, or one that AlbFormat skips.
[[nodiscard]] bool is_alb_line(std::string_view line) noexcept;

}  // namespace dosimeter::sim
