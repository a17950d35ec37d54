#include "engine/src/prepared_text.h"

#include <array>
#include <cstdint>
#include <cstring>

namespace dosimeter::detail {
namespace {

/// Sixteen bytes at once: one vector instruction for each operation where the machine has them.
using Block = signed char __attribute__((vector_size(16)));
constexpr std::size_t kBlock = sizeof(Block);
static_assert(kBlock == PreparedText::kMargin);

/// Control characters and, being negative, everything beyond ASCII come before the space.
constexpr signed char kSpace = ' ';

Block load(const char* bytes) noexcept {
  Block block;
  std::memcpy(&block, bytes, kBlock);
  return block;
}

/// Each byte that ordinary text never has becomes -1, the others 0.
Block extraordinary(Block block) noexcept {
  return (block < kSpace) | (block == '*');
}

bool is_zero(Block block) noexcept {
  std::array<std::uint64_t, 2> halves;
  std::memcpy(halves.data(), &block, kBlock);
  return (halves[0] | halves[1]) == 0;
}

/// What folding adds to an upper-case letter.
constexpr signed char kCaseBit = 'a' - 'A';

/// Folds whole blocks in place, the last one past `size`. Whether no byte up to `size` is
/// extraordinary, where those past it are zero.
bool fold_blocks(char* copy, std::size_t size, bool folds) noexcept {
  const signed char case_bit = folds ? kCaseBit : 0;
  Block other{};
  for (std::size_t i = 0; i < size; i += kBlock) {
    Block block = load(copy + i);
    other |= extraordinary(block);
    block |= (block >= 'A') & (block <= 'Z') & case_bit;
    std::memcpy(copy + i, &block, kBlock);
  }
  return is_zero(other);
}

bool is_ordinary(std::string_view text) noexcept {
  Block other{};
  std::size_t i = 0;
  for (; text.size() - i >= kBlock; i += kBlock) other |= extraordinary(load(text.data() + i));
  bool ordinary = is_zero(other);
  for (; i < text.size(); ++i) {
    const auto byte = static_cast<signed char>(text[i]);
    ordinary = ordinary && byte >= kSpace && byte != '*';
  }
  return ordinary;
}

}  // namespace

PreparedText prepare(std::string_view text, bool folds, std::span<char> space) noexcept {
  using Form = PreparedText::Form;
  constexpr std::size_t kMargin = PreparedText::kMargin;
  constexpr std::size_t kMargins = PreparedText::kMargins;
  if (space.size() < kMargins || text.size() > space.size() - kMargins) {
    return {text, {}, is_ordinary(text) ? Form::without_copy : Form::extraordinary};
  }
  char* const copy = space.data() + kMargin;
  std::memset(space.data(), 0, kMargin);
  // What fills the last block.
  std::memset(copy + text.size(), ' ', kMargin);
  if (!text.empty()) std::memcpy(copy, text.data(), text.size());
  if (!fold_blocks(copy, text.size(), folds)) return {text, {}, Form::extraordinary};
  std::memset(copy + text.size(), 0, kMargin);
  return {text, {copy, text.size()}, folds ? Form::folded : Form::exact};
}

}  // namespace dosimeter::detail
