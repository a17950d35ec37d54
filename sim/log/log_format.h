#pragma once

#include "sim/log/format_mapping.h"
#include "sim/log/log_block.h"
#include "sim/log/row_scratch.h"
#include "sim/log/row_sink.h"

#include <cstdint>
#include <memory>
#include <string_view>

namespace dosimeter::sim {

/// Where records end.
struct RecordGrammar {
  /// A field whose first byte is `"` may hold line feeds and delimiters (`split_csv_record`).
  /// Elsewhere every line is a record.
  bool quoted_line_feeds = false;
  /// Looked at where there are quoted line feeds.
  char delimiter = ',';
  /// Records are documents, which may be longer than lines (kMaxDocumentBytes); a longer one ends
  /// the reading. It is the filter by which jq makes many short ones of one; empty elsewhere.
  std::string_view documents = {};
  /// The whole input is one record, as long as a document may be.
  bool whole_input = false;
};

/// One format of logs, as one input has it: CSV with these columns, the lines of an AWS load
/// balancer. Reads blocks of whole records into rows. Immutable once made, so any number of threads
/// share one.
///
/// To add a format: a class of this kind, of lines most likely a `LineFormat`; its `FormatFacts` in
/// the list (format_list.cpp); rows in tests/sim/log/test_line_formats.cpp, which the fuzz target
/// `lines` reaches as well; a line in docs/formats.md.
class LogFormat {
 public:
  virtual ~LogFormat() = default;
  LogFormat(const LogFormat&) = delete;
  LogFormat& operator=(const LogFormat&) = delete;

  [[nodiscard]] virtual RecordGrammar grammar() const noexcept = 0;

  /// Which parts of a row come from where in this input.
  [[nodiscard]] virtual FormatMapping mapping() const = 0;

  /// Puts every record of the block to the sink: as a row, a reject or skipped, in order, none left
  /// out, until the sink has enough. Returns how many line feeds the block has; where the sink had
  /// enough, anything. REQUIRES: `block.rejected` is not set; `scratch` is used for no other block
  /// that is still needed.
  virtual std::uint64_t read(const LogBlock& block, RowScratch& scratch, RowSink& sink) const = 0;

  /// The format of what follows a block, where a line of it changes that; null where it stays.
  /// Asked for the blocks of an input in their order.
  [[nodiscard]] virtual std::shared_ptr<const LogFormat> after(std::string_view) const {
    return nullptr;
  }

 protected:
  LogFormat() = default;
};

}  // namespace dosimeter::sim
