#pragma once

#include <dosimeter/result.h>

#include "sim/failure.h"
#include "sim/log/alb_fields.h"
#include "sim/log/csv_format.h"
#include "sim/log/log_format.h"
#include "sim/log/log_options.h"
#include "sim/log/log_row.h"
#include "sim/log/reject_reason.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace dosimeter::sim {

/// Access logs of AWS application load balancers: one line for a request, without a header.
///
/// What other logs of load balancers leave in the same bucket holds no requests and is skipped:
/// rows of network load balancers (`tls 2.0 ...`), rows of connection logs (a stamp, an address, a
/// port) and the line that AWS writes to try a bucket.
class AlbFormat final : public LogFormat {
 public:
  /// Fails with ExitCode::usage as `choose_alb_fields` does. `place` stands in front of messages.
  [[nodiscard]] static Result<std::unique_ptr<const AlbFormat>, Failure> make(
      const LogOptions& options, std::string_view place);

  [[nodiscard]] RecordGrammar grammar() const noexcept override { return {}; }
  [[nodiscard]] FormatMapping mapping() const override;
  std::uint64_t read(const LogBlock& block, RowScratch& scratch, RowSink& sink) const override;

  /// Sets all of `row`, or `rejected`, whose views point into the line. Allocates nothing.
  ///
  /// - time: request_creation_time; where there is none, `time` less those processing times that
  ///   are known.
  /// - host: that of the URL without the port that its scheme implies, as clients send it; where it
  ///   has none, domain_name.
  /// - service_name: the target group; where there is none, the load balancer; nothing where the
  ///   user names the service.
  ///
  /// REQUIRES: no line feed in the line; kBlockPadding readable bytes behind it.
  [[nodiscard]] RowKind read_line(std::string_view line, StampReader& stamps, LogRow& row,
                                  RejectedRow& rejected) const noexcept;

 private:
  AlbFormat(const LogOptions& options, std::vector<AlbChoice> choices)
      : reads_status_(options.reads_status),
        reads_service_(!options.service_is_named),
        choices_(std::move(choices)) {}

  bool reads_status_;
  bool reads_service_;
  std::vector<AlbChoice> choices_;
};

/// Whether an input whose first line that is not blank is `line` holds lines of AWS's application
/// load balancers, or those that AlbFormat skips.
[[nodiscard]] bool is_alb_line(std::string_view line) noexcept;

}  // namespace dosimeter::sim
