#pragma once

#include <dosimeter/request.h>
#include <dosimeter/segment_naming.h>
#include <dosimeter/text_choices.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dosimeter {

/// A request as the client sent it, before any recorder's view of it. Host and port, path and query
/// are kept apart, so that each recorder can have its own text. Views only, like Request.
struct RawRequest {
  FieldText service_name = {};
  FieldText service_type = {};
  /// Without the port: `shop.example`, `[::1]`.
  FieldText host = {};
  /// `8080`.
  FieldText port = {};
  FieldText http_method = {};
  /// The target without the query, encoded as it was sent: `/caf%C3%A9`.
  FieldText path = {};
  /// What followed the first `?`. An empty one is there: `/login?` has one.
  FieldText query = {};
  /// The full URL, looked at where `path` is absent: `http://shop.example/login`.
  FieldText url = {};
  FieldText resource_arn = {};
  std::span<const Attribute> attributes = {};
  /// The whole `X-Amzn-Trace-Id` header.
  FieldText trace_header = {};

  /// Takes a Host header apart: `shop.example:8080`. A bare IPv6 address has more than one colon
  /// and no port.
  void set_host(std::string_view header) noexcept;
  /// Takes a request target apart: `/login?next=%2F`.
  void set_target(std::string_view target) noexcept;
};

/// Turns raw requests into those that a recorder's rules see. One thread at a time: it reuses its
/// memory.
class RecorderView {
 public:
  /// `base_path` is where the application is mounted, as it is sent: `/shop`. Recorders that see
  /// the path below it have it taken off paths that begin with it; a trailing slash of it does not
  /// matter; recorders that decode paths decode it, too. Where `naming` has a name for the host as
  /// the recorder sees it, that is the service's; an empty name is none
  /// (`SegmentNaming::dynamic(pattern, "")`: a host that matches names it).
  explicit RecorderView(const TextChoices& choices, std::string base_path = "",
                        std::optional<SegmentNaming> naming = std::nullopt);

  /// Views of `raw` and of this object, valid until the next call.
  [[nodiscard]] Request view(const RawRequest& raw);

 private:
  [[nodiscard]] FieldText host_text(std::string_view host, const FieldText& port);
  [[nodiscard]] std::string_view path_text(std::string_view path, const FieldText& query,
                                           QueryString query_string);
  [[nodiscard]] FieldText path_of_url(std::string_view url);

  TextChoices choices_;
  std::string base_path_;
  std::optional<SegmentNaming> naming_;
  std::string host_;
  std::string path_;
};

}  // namespace dosimeter
