#include "bench/simdjson_twin.h"

#include <simdjson.h>

#include <cstddef>
#include <cstring>
#include <fstream>
#include <string_view>
#include <vector>

namespace dosimeter::bench {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{256} << 10;

bool has_all_fields(simdjson::ondemand::document& document) {
  simdjson::ondemand::object object;
  if (document.get_object().get(object) != simdjson::SUCCESS) return false;
  std::int64_t duration = 0;
  if (object.find_field_unordered("Duration").get(duration) != simdjson::SUCCESS) return false;
  for (const std::string_view name :
       {"RequestHost", "RequestMethod", "RequestPath", "ServiceName", "StartUTC"}) {
    std::string_view text;
    if (object.find_field_unordered(name).get(text) != simdjson::SUCCESS) return false;
  }
  return true;
}

}  // namespace

std::uint64_t count_by_simdjson(const std::string& path) {
  std::ifstream log(path, std::ios::binary);
  simdjson::ondemand::parser parser;
  std::vector<char> block(kBlockBytes + simdjson::SIMDJSON_PADDING);
  std::uint64_t lines = 0;
  std::size_t held = 0;
  for (;;) {
    log.read(block.data() + held, static_cast<std::streamsize>(kBlockBytes - held));
    const auto size = held + static_cast<std::size_t>(log.gcount());
    std::size_t begin = 0;
    while (const void* const feed = std::memchr(block.data() + begin, '\n', size - begin)) {
      const auto end = static_cast<std::size_t>(static_cast<const char*>(feed) - block.data());
      simdjson::ondemand::document document;
      const auto error =
          parser.iterate(block.data() + begin, end - begin, block.size() - begin).get(document);
      if (error == simdjson::SUCCESS && has_all_fields(document)) ++lines;
      begin = end + 1;
    }
    if (log.gcount() == 0) return lines;
    held = size - begin;
    std::memmove(block.data(), block.data() + begin, held);
  }
}

}  // namespace dosimeter::bench
