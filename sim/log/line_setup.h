#pragma once

#include <dosimeter/result.h>

#include "sim/failure.h"
#include "sim/log/format_list.h"
#include "sim/log/line_field.h"
#include "sim/log/line_format.h"
#include "sim/log/log_options.h"

#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace dosimeter::sim {

/// What the options say of a format of these fields. Fails with ExitCode::usage as `choose_fields`
/// does, and where rows lack a column that somebody wants.
[[nodiscard]] Result<LineSetup, Failure> make_line_setup(const FormatFront& front,
                                                         const LogOptions& options,
                                                         std::span<const LineField> fields,
                                                         std::string_view whose);

/// Which columns come from which of the format's fields, those that the user has chosen first of
/// all.
[[nodiscard]] FormatMapping mapping_of(const LineSetup& setup);

/// A format whose rows begin at the front's first byte.
[[nodiscard]] inline FormatResult chosen_format(std::unique_ptr<const LogFormat> format,
                                                std::vector<LogNotice> notices = {}) {
  ChosenFormat chosen;
  chosen.format = std::move(format);
  chosen.notices = std::move(notices);
  return std::optional(std::move(chosen));
}

/// The format that needs to know nothing else.
template <typename Format>
[[nodiscard]] FormatResult choose_lines(const FormatFront& front, const LogOptions& options,
                                        std::span<const LineField> fields, std::string_view whose) {
  auto setup = make_line_setup(front, options, fields, whose);
  if (!setup) return setup.error();
  return chosen_format(std::make_unique<Format>(std::move(setup).value()));
}

}  // namespace dosimeter::sim
