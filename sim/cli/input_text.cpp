#include "sim/cli/input_text.h"

#include "sim/log/byte_source.h"

#include <algorithm>
#include <span>

namespace dosimeter::sim {

Result<std::string, Failure> read_input_text(const std::string& path, std::size_t most) {
  if (auto facts = examine_input(path); !facts) return facts.error();
  auto source = open_bytes(path);
  if (!source) return source.error();
  constexpr std::size_t kBlock = 64 * 1024;
  std::string text;
  while (text.size() <= most) {
    const std::size_t before = text.size();
    text.resize(before + std::min(kBlock, most + 1 - before));
    auto bytes = source.value()->read(std::span(text).subspan(before));
    if (!bytes) return bytes.error();
    text.resize(before + bytes.value());
    if (bytes.value() == 0) break;
  }
  return text;
}

}  // namespace dosimeter::sim
