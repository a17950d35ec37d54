#pragma once

#include <dosimeter/request.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace dosimeter::bench {

/// A request before it is laid out for measuring.
struct RequestText {
  std::string service_name;
  std::string host;
  std::string http_method;
  std::string url_path;
};

/// A request with its draw.
struct Asked {
  Request request;
  double draw;
};

/// Requests in the order in which they are decided, their texts one after the other in memory, as a
/// server finds them in its buffers. Draws are made beforehand.
class RequestList {
 public:
  /// How many bytes `renew_host` writes.
  static constexpr std::size_t kRenewedBytes = 8;

  explicit RequestList(const std::vector<RequestText>& requests);

  [[nodiscard]] std::span<const Asked> asked() const noexcept { return asked_; }
  /// Bytes of text of a request, on average.
  [[nodiscard]] double mean_bytes() const noexcept;

  /// Writes `number` into the first bytes of the request's host: a host that was never seen.
  /// REQUIRES: the host is that long.
  void renew_host(std::size_t index, std::uint32_t number) noexcept;

 private:
  std::vector<char> texts_;
  std::vector<std::size_t> hosts_;  // where each begins
  std::vector<Asked> asked_;
};

}  // namespace dosimeter::bench
