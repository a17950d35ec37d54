#pragma once

#include "sim/log/text_arena.h"

#include <string_view>

namespace dosimeter::sim {

/// The line that a container wrote, out of one of docker's json-file driver:
/// `{"log":"GET /a\n","stream":"stdout","time":"2026-05-04T10:15:02.186641Z"}`, other fields behind
/// or not. Without its line feed; escapes are undone in `texts`, with kBlockPadding readable bytes
/// behind. `line` itself where it is none such.
[[nodiscard]] std::string_view docker_log_line(std::string_view line, TextArena& texts);

}  // namespace dosimeter::sim
