#pragma once

#include "engine/src/affix_filter.h"
#include "engine/src/byte_blocks.h"
#include "engine/src/byte_sets.h"
#include "engine/src/compiled_pattern.h"
#include "engine/src/hash_filter.h"
#include "engine/src/path_pieces.h"
#include "engine/src/prepared_text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::detail {

/// What some patterns can tell of a text: the text with one byte in place of all that none of them
/// asks for. Nearly every path is new, because it has an id in it, but few skeletons are:
/// `/api/v1/users/4711` and `/api/v1/users/4712` have the same.
///
/// **Texts of one skeleton match the same patterns.** A run of a pattern is what it asks for
/// literally between two wildcards or slashes. In a text that matches, a run stands within one
/// token (what is between two slashes, or an end of the text and a slash): as the whole of it where
/// the run has a slash or an end of the pattern on either side; at its start or at its end where it
/// has one there; else anywhere. So of each token the bytes that a run might be are kept, by a look
/// at all runs, and the others are met by wildcards alone, however the pattern matches. They become
/// one byte that says how many they are, up to one more than the most `?` of any pattern: among
/// that many one is met by a `*`, which may stand for more of them or for fewer. A pattern that
/// matches one text therefore matches the other, its runs where they were. Patterns without a
/// wildcard ask for all of a text: one that may be such a text is its own skeleton. No text has the
/// bytes that stand for others, which are control characters.
///
/// More may be kept, at the cost of more skeletons, and is: whether a run is there is asked of
/// filters, which may say so of one that is not, and only the last token and those that look like
/// ids, with two bytes or more that are no letters, are looked at at all. Immutable.
class PathSkeletons {
 public:
  /// Longer texts have none.
  static constexpr std::size_t kMostTextBytes = 128;
  /// Blocks are written to it.
  using Space = std::array<char, kMostTextBytes + kBlockBytes>;

  /// Of no text.
  PathSkeletons() = default;
  /// For texts that are folded if `folds`.
  PathSkeletons(std::span<const CompiledPattern> patterns, bool folds);

  /// That of a text, which views the text or `space`. Empty where there is none: the text is
  /// extraordinary, was not copied or is long, or a pattern asks for what a skeleton does not tell.
  [[nodiscard]] std::string_view of(const PreparedText& text, Space& space) const noexcept {
    if (!are_there_ || text.form != form_) return {};
    return text.copy.size() <= kWindow ? of_short(text.copy, space) : of_longer(text.copy, space);
  }

  /// Whether a text is as long as a pattern without a wildcard. Then it may well be its own
  /// skeleton; whether or not it is, what is known by the text itself is known of no other.
  [[nodiscard]] bool may_be_literal(const PreparedText& text) const noexcept {
    return (literal_sizes_ & size_bit(text.copy.size())) != 0 && text.form == form_;
  }

 private:
  class Writer;

  /// That many bytes are looked at at once.
  static constexpr std::size_t kWindow = 64;
  /// Fewer than there are control characters.
  static constexpr std::size_t kMostQuestions = 31;

  /// Whether a token may be one of some texts: a quick no for most.
  class WholeFilter {
   public:
    WholeFilter() = default;
    explicit WholeFilter(std::vector<std::string> wholes);

    /// Asked of a token that is not empty, together with so many bytes after it.
    [[nodiscard]] bool may_have(std::string_view token, std::size_t beyond) const noexcept {
      return token.size() + beyond <= longest_ &&
             starts_.may_have(token.data()[0], token.data()[1]) &&
             hashes_.may_have(part_hash({token.data(), token.size() + beyond}));
    }

   private:
    HashFilter hashes_;
    /// Of a token of one byte what stands after it is the second.
    BytePairFilter starts_;
    std::size_t longest_ = 0;
  };

  /// The runs that an inner token may be, or the last: wholes, with the slash of the inner, and
  /// ends.
  struct Tokens {
    WholeFilter wholes;
    SuffixFilter suffixes;
  };

  /// A bit for each size of a text, the last for all large ones.
  static std::uint64_t size_bit(std::size_t size) noexcept {
    return std::uint64_t{1} << std::min<std::size_t>(size, 63);
  }
  [[nodiscard]] std::string_view of_short(std::string_view text, Space& space) const noexcept;
  [[nodiscard]] std::string_view of_longer(std::string_view text, Space& space) const noexcept;
  template <std::size_t windows>
  [[nodiscard]] std::string_view of_windows(std::string_view text, Space& space) const noexcept;
  [[nodiscard]] bool is_literal(std::string_view text, const char* last_token) const noexcept;
  [[nodiscard]] bool may_have_infix(const char* begin, const char* end) const noexcept;

  bool are_there_ = false;
  PreparedText::Form form_ = PreparedText::Form::folded;
  /// The largest number of bytes that are told apart from more.
  std::size_t longest_gap_ = 1;
  Tokens inner_;
  Tokens last_;
  /// What any token may start with.
  PrefixFilter prefixes_;
  /// What those start with that may be anywhere.
  BytePairFilter infix_starts_;
  bool has_infixes_ = false;
  /// The patterns without a wildcard, and the last tokens of these.
  HashFilter literals_;
  HashFilter literal_lasts_;
  /// How long they are, a bit for each size.
  std::uint64_t literal_sizes_ = 0;
  /// Whether there is a literal that folds otherwise than texts do.
  bool literals_differ_ = false;
};

}  // namespace dosimeter::detail
