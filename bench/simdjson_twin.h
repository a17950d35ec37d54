#pragma once

#include <cstdint>
#include <string>

namespace dosimeter::bench {

/// What the replay of JSON lines is compared with: Traefik's log of `write_format_log` read block
/// by block, each line by simdjson's on-demand parser alone, which is asked for the fields that a
/// replay needs in the order they stand in. Returns how many lines had them all.
[[nodiscard]] std::uint64_t count_by_simdjson(const std::string& path);

}  // namespace dosimeter::bench
