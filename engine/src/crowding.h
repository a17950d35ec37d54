#pragma once

#include "engine/src/rule_table.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace dosimeter::detail {

/// How many rules with its patterns in two fields a rule meets, itself included, summed over the
/// rules: the smaller, the better these fields tell rules apart. For one field give it twice.
[[nodiscard]] double crowding(std::span<const RuleRow> rows, std::span<const std::uint32_t> rules,
                              std::size_t first_field, std::size_t second_field);

}  // namespace dosimeter::detail
