#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace dosimeter::oracle {

struct CsvTwinRecord {
  enum class Kind { record, too_long, unterminated_quote };
  Kind kind = Kind::record;
  std::uint64_t line = 0;
  std::vector<std::string> fields;

  friend bool operator==(const CsvTwinRecord&, const CsvTwinRecord&) = default;
};

/// The records of a whole text, letter by letter: the slow twin of `CsvSplitter`.
std::vector<CsvTwinRecord> csv_twin(const std::string& text, char delimiter, std::size_t limit);

}  // namespace dosimeter::oracle
