#pragma once

#include "sim/log/line_format.h"
#include "sim/log/log_format.h"

#include <cstdint>
#include <string_view>
#include <utility>

namespace dosimeter::sim {

/// Takes what a document holds, in its order.
class DocumentRows {
 public:
  DocumentRows(std::string_view block, RowSink& sink) noexcept
      : block_(block), sink_(sink), at_(block.data()) {}

  /// What follows is of the line or document that begins there, in the block.
  void begin(const char* at) noexcept {
    at_ = at;
    last_is_malformed_ = false;
  }
  /// Puts what was read of `part`. False where nothing more is wanted.
  bool put(RowKind kind, const LineRead& read, std::string_view part);
  [[nodiscard]] bool done() const noexcept { return done_; }
  /// What was put last could not be followed to its end: no need to say so of what it is in.
  [[nodiscard]] bool last_is_malformed() const noexcept { return last_is_malformed_; }

 private:
  std::string_view block_;
  RowSink& sink_;
  const char* at_;
  bool done_ = false;
  bool last_is_malformed_ = false;
};

/// A format of documents that hold many rows each: one a line, or over lines.
class DocumentFormat : public LogFormat {
 public:
  [[nodiscard]] RecordGrammar grammar() const noexcept final {
    RecordGrammar grammar;
    grammar.documents = documents_;
    grammar.whole_input = whole_;
    return grammar;
  }
  /// A document that cannot be followed to its end is one reject, behind the rows in front of that.
  std::uint64_t read(const LogBlock& block, RowScratch& scratch, RowSink& sink) const final;

 protected:
  /// `whole`: the input is one document, or several one behind the other, over lines.
  DocumentFormat(const FormatFacts& facts, LinePrefix prefix, bool whole) noexcept;

  /// Puts every row of the document, until there are enough. False where it cannot be followed to
  /// its end. `read` is for use. REQUIRES: kBlockPadding readable bytes behind the document.
  [[nodiscard]] virtual bool read_document(std::string_view document, RowScratch& scratch,
                                           LineRead& read, DocumentRows& rows) const = 0;

 private:
  void read_whole(std::string_view text, RowScratch& scratch, DocumentRows& rows) const;
  void read_one(std::string_view document, RowScratch& scratch, DocumentRows& rows) const;

  std::string_view documents_;
  LinePrefix prefix_;
  bool whole_;
};

}  // namespace dosimeter::sim
