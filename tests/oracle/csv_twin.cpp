#include "tests/oracle/csv_twin.h"

#include <algorithm>

namespace dosimeter::oracle {
namespace {

enum class State { field_start, plain, quoted, quote_in_quoted };

State step(State state, char letter, char delimiter) {
  if (state == State::quoted) return letter == '"' ? State::quote_in_quoted : State::quoted;
  if (state == State::quote_in_quoted && letter == '"') return State::quoted;
  if (letter == delimiter) return State::field_start;
  if (state == State::field_start && letter == '"') return State::quoted;
  return State::plain;
}

std::vector<std::string> fields_of(std::string record, char delimiter) {
  if (!record.empty() && record.back() == '\r') record.pop_back();
  std::vector<std::string> fields(1);
  State state = State::field_start;
  for (const char letter : record) {
    const State after = step(state, letter, delimiter);
    if (after == State::field_start) {
      fields.emplace_back();
    } else if (after == State::plain || (state == State::quoted && after == State::quoted) ||
               state == State::quote_in_quoted) {
      fields.back() += letter;
    }
    state = after;
  }
  return fields;
}

}  // namespace

std::vector<CsvTwinRecord> csv_twin(const std::string& text, char delimiter, std::size_t limit) {
  using Kind = CsvTwinRecord::Kind;
  std::vector<CsvTwinRecord> records;
  std::size_t distrusted = 0;
  std::size_t start = 0;
  while (start < text.size()) {
    const bool one_line = start < distrusted;
    State state = State::field_start;
    std::size_t end = start;
    for (; end < text.size(); ++end) {
      if (text[end] == '\n' && (state != State::quoted || one_line)) break;
      state = step(state, text[end], delimiter);
    }
    CsvTwinRecord record;
    record.line = 1 + static_cast<std::uint64_t>(std::count(
                          text.begin(), text.begin() + static_cast<std::ptrdiff_t>(start), '\n'));
    record.kind = end - start > limit      ? Kind::too_long
                  : state == State::quoted ? Kind::unterminated_quote
                                           : Kind::record;
    if (record.kind == Kind::record) {
      record.fields = fields_of(text.substr(start, end - start), delimiter);
    } else {
      end = std::min(text.find('\n', start), text.size());
      if (!one_line && end - start <= limit) {
        distrusted = record.kind == Kind::too_long ? start + limit : text.size();
      }
    }
    records.push_back(record);
    start = end + 1;
  }
  return records;
}

}  // namespace dosimeter::oracle
