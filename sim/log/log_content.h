#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dosimeter::sim {

/// Why an input that begins with `first_line` is no CSV, where that is certain: a sentence that
/// goes on behind the input's name, with the way out where one command is one: `is compressed with
/// gzip: ...`. The command says FILE and not the input's name, as a shell would run what a name may
/// hold. Nothing where it may be CSV.
[[nodiscard]] std::optional<std::string> why_not_csv(std::string_view first_line);

/// Which of comma, tab and semicolon separates the names of a header line: the first of them that
/// it has outside of quotes, and comma where it has none.
[[nodiscard]] char delimiter_of(std::string_view header_line) noexcept;

}  // namespace dosimeter::sim
