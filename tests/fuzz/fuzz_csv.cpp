// Any bytes behind a header line, in reads and blocks of any size: every record is a row, a reject
// or skipped, the one that the slow twin says, whichever instructions find it.

#include "sim/log/csv_log.h"
#include "sim/log/log_blocks.h"
#include "tests/oracle/csv_log_twin.h"
#include "tests/sim/log/log_events.h"
#include "tests/sim/log/text_source.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

using namespace dosimeter::sim;

namespace {

const std::vector<std::string_view> kHeaders[] = {
    {"time", "path", "host", "status"},
    {"path", "method", "time"},
    {"date", "time", "service", "request"},
    {"time", "url", "count", "trace_header", "trace_id"},
};

void require(bool condition) {
  if (!condition) std::abort();
}

/// As the twin has them: those of the splitter without their text.
void shorten(std::vector<std::string>& events) {
  for (std::string& event : events) {
    for (const std::string_view reason : {" record_too_long", " unterminated_quote"}) {
      if (event.find(reason) == event.find(' ')) event.resize(event.find(' ') + reason.size());
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 4) return 0;
  const std::vector<std::string_view>& header = kHeaders[data[0] % std::size(kHeaders)];
  const char delimiter = ",;\t|"[data[0] / 64];
  const LogBlocks::Limits limits{data[1] == 0 ? kMaxRecordBytes : data[1],
                                 std::size_t{1} + data[2]};
  const std::string text(reinterpret_cast<const char*>(data) + 4, size - 4);
  const CsvColumns columns = choose_csv_columns(header, {}, "x").value().columns;
  const auto expected = dosimeter::oracle::csv_log_twin(text, columns, header, delimiter, true,
                                                        limits.max_record_bytes);
  for (const CsvScan scan : {CsvScan::portable, CsvScan::sse2, CsvScan::avx2, CsvScan::avx512}) {
    if (!has_csv_scan(scan)) continue;
    LogBlocks blocks = LogBlocks::of_source(
        std::make_unique<dosimeter::test::ShortReadSource>(text, data[3], 1 + data[3]),
        std::make_shared<CsvLog>(columns, header, delimiter, true, ZoneOffset(), scan), limits);
    auto found = dosimeter::test::log_events(blocks, dosimeter::test::whole_row, 1000);
    shorten(found);
    require(found == expected);
  }
  return 0;
}
