#include "engine/src/prepared_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace dosimeter::detail {
namespace {

/// Sixteen bytes at once: one vector instruction for each operation where the machine has them.
/// Numbers are compared signed and added unsigned, so that none overflows.
using Block = signed char __attribute__((vector_size(16)));
using UnsignedBlock = unsigned char __attribute__((vector_size(16)));
constexpr std::size_t kBlock = sizeof(Block);
static_assert(kBlock == PreparedText::kMargin);

/// Control characters and, being negative, everything beyond ASCII come before the space.
constexpr signed char kSpace = ' ';

/// Looks at the bytes of a text, a block at a time.
class Look {
 public:
  void at(Block block) noexcept {
    printable_ &= block > kSpace - 1;
    stars_ |= block == '*';
  }
  /// Whether there was nothing but what ordinary texts have.
  [[nodiscard]] bool is_ordinary() const noexcept {
    const Block others = ~printable_ | stars_;
#if defined(__SSE2__)
    using Chars = char __attribute__((vector_size(sizeof others)));
    return __builtin_ia32_pmovmskb128(reinterpret_cast<Chars>(others)) == 0;
#else
    std::array<std::uint64_t, 2> halves;
    std::memcpy(halves.data(), &others, kBlock);
    return (halves[0] | halves[1]) == 0;
#endif
  }

 private:
  Block printable_ = ~Block{};
  Block stars_{};
};

Block load(const char* bytes) noexcept {
  Block block;
  std::memcpy(&block, bytes, kBlock);
  return block;
}

/// Reads a block, looks at it, and writes it folded: `case_bit` is what folding adds to an
/// upper-case letter, or nothing.
void copy_block(const char* from, char* to, signed char case_bit, Look& look) noexcept {
  Block block = load(from);
  look.at(block);
  // One comparison finds the letters from A to Z: moved up, they are the largest numbers.
  constexpr unsigned char kUp = 127 - 'Z';
  const Block moved = reinterpret_cast<Block>(reinterpret_cast<UnsignedBlock>(block) + kUp);
  block |= (moved > static_cast<signed char>('A' + kUp - 1)) & case_bit;
  std::memcpy(to, &block, kBlock);
}

/// Copies less than a block, by parts that overlap.
void copy_short(const char* from, char* to, std::size_t size) noexcept {
  if (size >= 8) {
    std::array<std::uint64_t, 2> words;
    std::memcpy(&words[0], from, 8);
    std::memcpy(&words[1], from + size - 8, 8);
    std::memcpy(to, &words[0], 8);
    std::memcpy(to + size - 8, &words[1], 8);
  } else if (size != 0) {
    std::memcpy(to, from, size);
  }
}

/// Copies a text to where a block more may be written.
bool copy_text(std::string_view text, char* to, bool folds) noexcept {
  const signed char case_bit = folds ? 'a' - 'A' : 0;
  Look look;
  const char* from = text.data();
  if (text.size() < kBlock) {
    std::array<char, kBlock> block;
    block.fill(' ');
    copy_short(from, block.data(), text.size());
    copy_block(block.data(), to, case_bit, look);
  } else {
    // Up to two blocks without a loop, whose end could not be foretold.
    const std::size_t last = text.size() - kBlock;
    copy_block(from, to, case_bit, look);
    for (std::size_t i = kBlock; i < last; i += kBlock) {
      copy_block(from + i, to + i, case_bit, look);
    }
    copy_block(from + last, to + last, case_bit, look);
  }
  return look.is_ordinary();
}

bool is_ordinary(std::string_view text) noexcept {
  Look look;
  std::size_t i = 0;
  for (; text.size() - i >= kBlock; i += kBlock) look.at(load(text.data() + i));
  std::array<char, kBlock> rest;
  rest.fill(' ');
  if (i < text.size()) std::memcpy(rest.data(), text.data() + i, text.size() - i);
  look.at(load(rest.data()));
  return look.is_ordinary();
}

constexpr std::size_t kMargin = PreparedText::kMargin;
constexpr std::size_t kMargins = PreparedText::kMargins;

PreparedText::Form form_of(bool folds) noexcept {
  return folds ? PreparedText::Form::folded : PreparedText::Form::exact;
}

[[gnu::noinline]] PreparedText prepare_any(std::string_view text, bool folds,
                                           std::span<char> space) noexcept {
  using Form = PreparedText::Form;
  if (space.size() < kMargins || text.size() > space.size() - kMargins) {
    return {text, {}, is_ordinary(text) ? Form::without_copy : Form::extraordinary};
  }
  char* const copy = space.data() + kMargin;
  std::memset(space.data(), 0, kMargin);
  if (!copy_text(text, copy, folds)) return {text, {}, Form::extraordinary};
  std::memset(copy + text.size(), 0, kMargin);
  return {text, {copy, text.size()}, form_of(folds)};
}

}  // namespace

PreparedText prepare(std::string_view text, bool folds, std::span<char> space) noexcept {
  // Most paths are one to three blocks long, and are copied without a branch.
  constexpr std::size_t kMost = 3 * kBlock;
  const std::size_t last = text.size() - kBlock;  // huge if it is too short
  if (last > kMost - kBlock || space.size() < kMost + kMargins) {
    return prepare_any(text, folds, space);
  }
  char* const copy = space.data() + kMargin;
  const std::size_t middle = std::min(last, kBlock);
  const signed char case_bit = folds ? 'a' - 'A' : 0;
  Look look;
  copy_block(text.data(), copy, case_bit, look);
  copy_block(text.data() + middle, copy + middle, case_bit, look);
  copy_block(text.data() + last, copy + last, case_bit, look);
  std::memset(space.data(), 0, kMargin);
  std::memset(copy + text.size(), 0, kMargin);
  if (!look.is_ordinary()) return {text, {}, PreparedText::Form::extraordinary};
  return {text, {copy, text.size()}, form_of(folds)};
}

}  // namespace dosimeter::detail
