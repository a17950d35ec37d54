#pragma once

#include "sim/compare/causes.h"
#include "sim/compare/rule_names.h"
#include "sim/log/log_row.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace dosimeter::sim {

/// A request as the log has it, a field it lacks absent.
struct ExampleRequest {
  std::string file;
  std::uint64_t line = 0;
  std::optional<std::string> service_name;
  std::optional<std::string> service_type;
  std::optional<std::string> host;
  std::optional<std::string> http_method;
  /// With its query.
  std::optional<std::string> target;
  std::optional<std::string> resource_arn;
  std::optional<std::string> trace_header;
  /// Whether a text is longer than kMostExampleBytes and only its front is here.
  bool cut = false;
};

inline constexpr std::size_t kMostExampleBytes = 4096;

/// The requests that change from one decider to another for the same reason.
struct Change {
  Decider from = kDecidedUpstream;
  Decider to = kDecidedUpstream;
  Causes causes;
  std::uint64_t requests = 0;
  /// The first of them in the log.
  ExampleRequest example;
};

/// Counts changes. However many kinds there are, it keeps kMostChanges, those met first; of the
/// others it keeps the number of requests.
class ChangeList {
 public:
  /// Central rules are 25 unless AWS raises it, and of their pairs and causes few occur.
  static constexpr std::size_t kMostChanges = 1000;

  /// The counter of that kind of change, or nullptr where the list is full; then the requests are
  /// counted as left out.
  Change* add(Decider from, Decider to, Causes causes, std::uint64_t requests);

  [[nodiscard]] std::uint64_t requests_left_out() const noexcept { return left_out_; }

  /// Most requests first; of equals the one met first.
  [[nodiscard]] std::vector<Change> sorted() &&;

 private:
  std::vector<Change> changes_;
  std::map<std::tuple<Decider, Decider, Causes>, std::size_t> places_;
  std::uint64_t left_out_ = 0;
};

/// A copy of what the log says.
[[nodiscard]] ExampleRequest example_request(const LogRow& row, std::string file,
                                             std::uint64_t line);

}  // namespace dosimeter::sim
