#pragma once

#include "sim/log/csv_ends.h"
#include "sim/log/csv_format.h"
#include "sim/log/log_format.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::sim {

/// CSV with a header line, as one input has it. Reads a block in two steps: where fields and
/// records end, many bytes at a time (`find_csv_ends`), and then of each record the fields that are
/// asked for. Whatever is not plain, a reject above all, goes through `split_csv_record`'s grammar
/// and `CsvFormat`, field by field. Its slow twin is `oracle::csv_twin` with `CsvFormat`.
class CsvLog final : public LogFormat {
 public:
  /// `header` are the names of the header line, for its copies in joined files.
  CsvLog(const CsvColumns& columns, std::span<const std::string_view> header, char delimiter,
         bool reads_status, ZoneOffset zone = {}, CsvScan scan = best_csv_scan());

  [[nodiscard]] RecordGrammar grammar() const noexcept override { return {true, delimiter_}; }
  [[nodiscard]] FormatMapping mapping() const override;
  std::uint64_t read(const LogBlock& block, RowScratch& scratch, RowSink& sink) const override;

 private:
  class Reading;

  /// A column that is text as it stands, of those that a RowKey stands for.
  struct TextColumn {
    std::size_t index;
    FieldText LogRow::*member;
  };

  void find_key_columns();
  [[nodiscard]] bool repeats_header(std::span<const std::string_view> fields) const noexcept;

  CsvFormat format_;
  CsvColumns columns_;
  std::vector<std::string> header_;
  char delimiter_;
  ZoneOffset zone_;
  CsvScan scan_;
  std::vector<TextColumn> texts_;
  std::size_t time_ = 0;
  std::size_t instance_ = kNoColumn;
  /// The columns [key_begin_, key_end_) are those of a RowKey's texts, and no others; layout 0
  /// where the texts do not stand side by side.
  std::size_t key_begin_ = 0;
  std::size_t key_end_ = 0;
  std::uint32_t key_layout_ = 0;
  /// Columns that may hold a trace header.
  std::vector<std::size_t> headers_;
  /// No request line to take apart, and no second column for the date.
  bool plain_ = false;
  bool reads_status_ = false;
  /// Beside the texts of a RowKey nothing is read but the time.
  bool has_times_alone_ = false;
};

}  // namespace dosimeter::sim
