// Any bytes as an expression of --where: it is refused with a message of bounded length that begins
// as all of them do, or the filter it is answers for any row, the same whenever it is asked.

#include "sim/filter/where_filter.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace dosimeter::sim;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

/// Rows made of the same bytes, and one of nothing.
void ask(const WhereFilter& filter, std::string_view bytes) {
  const LogRow nothing;
  require(filter.keeps(nothing) == filter.keeps(nothing));
  LogRow row;
  const std::size_t middle = bytes.size() / 2;
  row.target = bytes;
  row.host = bytes.substr(middle);
  row.http_method = bytes.substr(0, middle);
  row.service_name = bytes.substr(middle / 2, middle);
  row.service_type = row.service_name;
  row.resource_arn = row.host;
  row.trace_header = row.http_method;
  row.instance = row.service_name;
  row.count = bytes.size();
  row.status = static_cast<std::uint16_t>(bytes.empty() ? 0 : 100 + bytes.size() % 900);
  require(filter.keeps(row) == filter.keeps(row));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const std::string expressions[] = {bytes, "status >= 500 and " + bytes};
  for (const std::string& expression : expressions) {
    const auto filter = WhereFilter::parse({&expression, 1});
    if (filter) {
      ask(*filter.value(), bytes);
      continue;
    }
    require(filter.error().code == ExitCode::usage);
    require(filter.error().message.starts_with("--where \""));
    require(filter.error().message.size() < 4096);
    require(filter.error().message.find('\n') == std::string::npos);
  }
  return 0;
}
