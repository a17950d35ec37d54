#pragma once

#include <dosimeter/document_choices.h>
#include <dosimeter/match_choices.h>
#include <dosimeter/reservoir_choices.h>
#include <dosimeter/text_choices.h>

#include <optional>
#include <span>
#include <string_view>

/// A recorder (an SDK or a proxy that decides what X-Ray records) is data: a row of named choices.
/// What real recorders do differently is a value of one of these, and no code asks for a recorder's
/// name.
namespace dosimeter {

/// Who samples by the rules: central rules live in X-Ray, which spreads their reservoirs over all
/// instances; local ones are a document of each instance's own.
enum class RuleKind : unsigned char { central, local };

/// How a recorder's behaviour came to be known.
enum class Evidence : unsigned char {
  documented,  // by AWS
  read,        // from its source
  run,         // and seen by running it
};

/// How far `ReservoirChoices` go for a recorder: where a recorder is known to differ in what they
/// do not say yet (windows, quotas, borrowing), what is documented stands in.
enum class ReservoirEvidence : unsigned char { modelled, as_documented };

/// Where a recorder's choices come from.
struct RecorderSource {
  /// `owner/name` at GitHub, or a title.
  std::string_view repository;
  /// The commit, abbreviated; empty for a title.
  std::string_view revision;
  /// The files that select a rule, within the repository.
  std::string_view files;
  /// Of the matching of one pattern, and of the selection among rules.
  Evidence pattern_evidence = Evidence::read;
  Evidence rule_evidence = Evidence::read;
  ReservoirEvidence reservoir_evidence = ReservoirEvidence::as_documented;
};

/// A recorder that samples by a local document. Rules of one are compared by their host, method and
/// path alone, in the order of the document.
struct LocalChoices {
  MatchChoices match;
  DocumentChoices document;
  ReservoirChoices reservoir;
};

/// A row of the table of recorders. Its strings must outlive every RuleSet made with it; those of
/// the table do.
struct Recorder {
  /// As in `--recorder`: `documented`.
  std::string_view name = "documented";
  /// For people: `AWS X-Ray SDK for Python`.
  std::string_view title = "what AWS documents";
  RecorderSource source = {"AWS X-Ray developer guide and API reference",
                           "",
                           "",
                           Evidence::documented,
                           Evidence::documented,
                           ReservoirEvidence::modelled};
  /// Of central rules.
  MatchChoices match;
  /// Whether it asks X-Ray for rules. Of one that does not, `match` is how it would match central
  /// rules that were written as its local document.
  bool reads_central_rules = true;
  /// Nothing where it knows no local documents.
  std::optional<LocalChoices> local = LocalChoices{};
  /// Of central rules.
  ReservoirChoices reservoir;
  QuotaChoices quota;
  TextChoices text;

  /// The choices for rules of that kind. REQUIRES: `local` where `kind` is local.
  [[nodiscard]] constexpr const MatchChoices& matching(RuleKind kind) const noexcept {
    return kind == RuleKind::local && local ? local->match : match;
  }
  [[nodiscard]] constexpr const ReservoirChoices& reservoirs(RuleKind kind) const noexcept {
    return kind == RuleKind::local && local ? local->reservoir : reservoir;
  }
};

/// What AWS's documentation says, and where it is silent the choice least likely to lose a trace.
/// The default-made value.
inline constexpr Recorder kDocumentedRecorder{};

/// Every recorder known, `documented` first. Immutable, thread-safe.
[[nodiscard]] std::span<const Recorder> recorders() noexcept;

/// The recorder of that exact name, or nullptr.
[[nodiscard]] const Recorder* find_recorder(std::string_view name) noexcept;

}  // namespace dosimeter
