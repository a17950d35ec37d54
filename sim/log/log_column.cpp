#include "sim/log/log_column.h"

namespace dosimeter::sim {
namespace {

using Header = std::string_view;

constexpr Header kTime[] = {"time",
                            "timestamp",
                            "ts",
                            "date",
                            "datetime",
                            "@timestamp",
                            "start",
                            "start_time",
                            "request_time_utc",
                            "event_time",
                            "time_local",
                            "time_iso8601",
                            "epoch",
                            "epoch_ms",
                            "unixtime",
                            "start_time_unix_nano",
                            "request_time_epoch"};
constexpr Header kDate[] = {"date"};
constexpr Header kHost[] = {"host",   "hostname",  "http_host", "server_name", "vhost",
                            "domain", "authority", "cs_host",   "domain_name", "server_address"};
constexpr Header kMethod[] = {"method",    "http_method", "request_method",     "verb",
                              "cs_method", "req_method",  "http_request_method"};
constexpr Header kPath[] = {"path",        "url_path",     "uri",    "uri_path",    "url",
                            "request_uri", "request_path", "target", "cs_uri_stem", "endpoint",
                            "route",       "resource",     "req_url"};
constexpr Header kRequest[] = {"request", "request_line"};
constexpr Header kService[] = {"service", "service_name",  "app", "application",
                               "backend", "upstream_name", "pod"};
constexpr Header kServiceType[] = {"service_type", "origin"};
constexpr Header kStatus[] = {"status",
                              "status_code",
                              "code",
                              "response",
                              "response_code",
                              "http_status",
                              "sc_status",
                              "elb_status_code",
                              "http_status_code",
                              "res_status_code",
                              "http_response_status_code"};
constexpr Header kLatency[] = {
    "latency",       "latency_ms",   "duration",   "duration_ms", "elapsed",
    "response_time", "request_time", "time_taken", "took",        "ms"};
constexpr Header kTrace[] = {"trace_id"};
constexpr Header kTraceHeader[] = {"trace_header", "x_amzn_trace_id", "xray_trace_id"};
constexpr Header kResourceArn[] = {"resource_arn"};
constexpr Header kClient[] = {"client", "client_ip", "remote_addr", "ip", "c_ip", "src"};
constexpr Header kCount[] = {"count", "hits", "n", "requests"};

constexpr std::array<LogColumnFacts, kLogColumnCount> kColumns = {{
    {LogColumn::time, "time", kTime, true, true},
    {LogColumn::date, "date", kDate, true, true},
    {LogColumn::host, "host", kHost, true, true},
    {LogColumn::method, "method", kMethod, true, true},
    {LogColumn::path, "path", kPath, true, true},
    {LogColumn::request, "request", kRequest, true, true},
    {LogColumn::service, "service", kService, true, true},
    {LogColumn::service_type, "service_type", kServiceType, true, true},
    {LogColumn::status, "status", kStatus, false, true},
    {LogColumn::latency, "latency", kLatency, false, false},
    {LogColumn::trace, "trace", kTrace, true, true},
    {LogColumn::trace_header, "trace_header", kTraceHeader, true, true},
    {LogColumn::resource_arn, "resource_arn", kResourceArn, true, true},
    {LogColumn::client, "client", kClient, false, false},
    {LogColumn::count, "count", kCount, true, true},
    {LogColumn::instance, "instance", {}, true, false},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kColumns.size(); ++i) {
    if (kColumns[i].column != static_cast<LogColumn>(i)) return false;
  }
  return true;
}
static_assert(in_order());

}  // namespace

const std::array<LogColumnFacts, kLogColumnCount>& log_columns() noexcept {
  return kColumns;
}

const LogColumnFacts& facts_of(LogColumn column) noexcept {
  return kColumns[static_cast<std::size_t>(column)];
}

std::optional<LogColumn> log_column_named(std::string_view name) noexcept {
  for (const LogColumnFacts& facts : kColumns) {
    if (facts.name == name) return facts.column;
  }
  return std::nullopt;
}

std::string normalized_header(std::string_view header) {
  std::string result;
  for (const char c : header) {
    if (c == '_' || c == '-' || c == '@' || c == '.' || c == ' ' || c == '\t') continue;
    result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return result;
}

}  // namespace dosimeter::sim
