#pragma once

#include "sim/log/csv_columns.h"

#include <string>
#include <string_view>
#include <vector>

namespace dosimeter::oracle {

/// What a CSV log without its header line comes to, record by record: `csv_twin` and `CsvFormat`.
/// The slow twin of `LogBlocks` with `CsvLog`; its texts are those of `log_events` with
/// `whole_row`. The texts of records that are too long or have an open quote are left out.
std::vector<std::string> csv_log_twin(const std::string& text, const sim::CsvColumns& columns,
                                      const std::vector<std::string_view>& header, char delimiter,
                                      bool reads_status, std::size_t limit);

}  // namespace dosimeter::oracle
