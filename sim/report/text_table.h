#pragma once

#include <string>
#include <vector>

namespace dosimeter::sim {

/// Cells in columns as wide as their widest cell, two blanks apart. Widths count code points.
class TextTable {
 public:
  enum class Align : unsigned char { left, right };

  explicit TextTable(std::vector<Align> columns) : columns_(std::move(columns)) {}

  /// REQUIRES: as many cells as columns.
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

  /// One line a row, each indented by two blanks, none with blanks at its end.
  [[nodiscard]] std::string to_string() const;

 private:
  std::vector<Align> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace dosimeter::sim
