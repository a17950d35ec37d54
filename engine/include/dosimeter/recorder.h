#pragma once

#include <dosimeter/request.h>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

/// A recorder (an SDK or a proxy that decides what X-Ray records) is data: three structs of named
/// choices. What real recorders do differently is a value of one of these, and no code asks for a
/// recorder's name.
namespace dosimeter {

// --- How a rule is matched: used when rules are compiled ---

/// What a pattern says of a field that the request does not have.
enum class AbsentField : unsigned char { matches_any_pattern, matches_only_star, matches_none };

/// Whether an empty text and a lone `-` (how logs write "nothing") count as absent or as text.
enum class BlankText : unsigned char { is_absent, is_text };

/// How much of a text a pattern has to match. One value is known so far.
enum class Anchoring : unsigned char { whole_text };

/// What one `?` stands for; an invalid UTF-8 byte is one code point. One value is known so far.
enum class QuestionMark : unsigned char { one_code_point };

/// What a `*` or a line break within a text is. One value is known so far.
enum class SpecialCharacter : unsigned char { like_any_other };

/// Whether `A` equals `a`: simple case folding, code point by code point, or not at all.
enum class LetterCase : unsigned char { folded, exact };

/// Whether a rule that uses the feature (attributes, a resource ARN other than `*`, a version other
/// than 1) takes part.
enum class RuleFeature : unsigned char { honoured, rule_ignored };

/// Which of two rules with the same priority comes first.
enum class PriorityTie : unsigned char { by_name, by_position };

/// Where the rule named Default stands. It matches every request either way.
enum class DefaultPlace : unsigned char { last, by_priority };

struct MatchChoices {
  /// By Field.
  std::array<AbsentField, kFieldCount> absent_field = {
      AbsentField::matches_any_pattern, AbsentField::matches_any_pattern,
      AbsentField::matches_any_pattern, AbsentField::matches_any_pattern,
      AbsentField::matches_any_pattern, AbsentField::matches_only_star};
  AbsentField absent_attribute = AbsentField::matches_none;
  BlankText blank_text = BlankText::is_absent;
  LetterCase letter_case = LetterCase::folded;
  Anchoring anchoring = Anchoring::whole_text;
  QuestionMark question_mark = QuestionMark::one_code_point;
  SpecialCharacter star_in_text = SpecialCharacter::like_any_other;
  SpecialCharacter line_break_in_text = SpecialCharacter::like_any_other;
  RuleFeature attributes = RuleFeature::honoured;
  RuleFeature resource_arn = RuleFeature::honoured;
  RuleFeature other_version = RuleFeature::honoured;
  PriorityTie priority_tie = PriorityTie::by_name;
  DefaultPlace default_place = DefaultPlace::last;

  [[nodiscard]] constexpr AbsentField absent(Field field) const noexcept {
    return absent_field[static_cast<std::size_t>(field)];
  }
};

// --- How many are taken: used when a request is decided ---

/// The time in which a reservoir's size may be taken once.
enum class ReservoirWindow : unsigned char { calendar_second };

/// What a reservoir does with a time before its window: it draws from the window it is in, or
/// starts anew.
enum class BackwardClock : unsigned char { stays_in_window, restarts_window };

/// When a draw in [0, 1) keeps a request.
enum class DrawComparison : unsigned char { below_rate, at_most_rate };

/// Whether a request whose header decides is put to the rules all the same (it then drains the
/// reservoir and is counted, and the header's answer stands).
enum class DecidedUpstream : unsigned char { bypasses_rules, consults_rules };

struct ReservoirChoices {
  ReservoirWindow window = ReservoirWindow::calendar_second;
  BackwardClock backward_clock = BackwardClock::stays_in_window;
  DrawComparison draw = DrawComparison::below_rate;
  DecidedUpstream decided_upstream = DecidedUpstream::bypasses_rules;
};

// --- Which text of a request the rules see: used on a raw row ---

enum class QueryString : unsigned char { removed, kept };
enum class HostPort : unsigned char { kept, removed };
enum class PathEncoding : unsigned char { as_sent, percent_decoded };

/// Whether blanks around the parts of a trace header are dropped before they are read.
enum class HeaderBlanks : unsigned char { trimmed, significant };
/// Whether `root=` is as good as `Root=`.
enum class HeaderKeys : unsigned char { any_case, exact_case };
/// What a `Sampled` that is neither 0 nor 1 means.
enum class UnclearSampled : unsigned char { undecided, not_sampled };
/// Which headers may decide; any other is as if it were not there.
enum class HeaderValidity : unsigned char { any_header, valid_root_needed };

struct TextChoices {
  QueryString query_string = QueryString::removed;
  HostPort host_port = HostPort::kept;
  PathEncoding path_encoding = PathEncoding::as_sent;
  HeaderBlanks header_blanks = HeaderBlanks::trimmed;
  HeaderKeys header_keys = HeaderKeys::any_case;
  UnclearSampled unclear_sampled = UnclearSampled::undecided;
  HeaderValidity header_validity = HeaderValidity::any_header;
};

/// A row of the table of recorders. Its strings must outlive every RuleSet made with it; those of
/// the table do.
struct Recorder {
  /// As in `--recorder`: `documented`.
  std::string_view name = "documented";
  /// Where the choices were read.
  std::string_view source = "AWS X-Ray developer guide and API reference";
  MatchChoices match;
  ReservoirChoices reservoir;
  TextChoices text;
};

/// What AWS's documentation says, and where it is silent the choice least likely to lose a trace.
/// The default-made value.
inline constexpr Recorder kDocumentedRecorder{};

/// Every recorder known, `documented` first. Immutable, thread-safe.
[[nodiscard]] std::span<const Recorder> recorders() noexcept;

/// The recorder of that exact name, or nullptr.
[[nodiscard]] const Recorder* find_recorder(std::string_view name) noexcept;

}  // namespace dosimeter
