#include "tests/oracle/csv_log_twin.h"

#include "sim/log/csv_format.h"
#include "tests/oracle/csv_twin.h"
#include "tests/sim/log/log_events.h"

namespace dosimeter::oracle {

std::vector<std::string> csv_log_twin(const std::string& text, const sim::CsvColumns& columns,
                                      const std::vector<std::string_view>& header, char delimiter,
                                      bool reads_status, std::size_t limit) {
  const sim::CsvFormat format(columns, reads_status);
  std::vector<std::string> events;
  for (const CsvTwinRecord& record : csv_twin(text, delimiter, limit)) {
    const std::string place = "0:" + std::to_string(record.line) + ' ';
    if (record.kind != CsvTwinRecord::Kind::record) {
      const bool too_long = record.kind == CsvTwinRecord::Kind::too_long;
      events.push_back(place + (too_long ? "record_too_long" : "unterminated_quote"));
      continue;
    }
    const std::vector<std::string_view> fields(record.fields.begin(), record.fields.end());
    sim::LogRow row;
    sim::RejectedRow rejected;
    switch (format.read(fields, row, rejected)) {
      case sim::RowKind::row:
        events.push_back(place + "row " + test::whole_row(row));
        break;
      case sim::RowKind::skipped:
        events.push_back(place + "skipped");
        break;
      case sim::RowKind::rejected: {
        std::vector<std::string_view> names = fields;
        if (names.front().starts_with("\xEF\xBB\xBF")) names.front().remove_prefix(3);
        events.push_back(place + (names == header ? "skipped" : test::reject_text(rejected, 1000)));
      }
    }
  }
  return events;
}

}  // namespace dosimeter::oracle
