#include "sim/log/csv_columns.h"

#include "sim/log/nearest_name.h"
#include "sim/log/quoted_text.h"
#include "sim/log/timestamp.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>

namespace dosimeter::sim {
namespace {

/// More headers than these are not listed in an error, and in a notice.
constexpr std::size_t kListedHeaders = 20;
constexpr std::size_t kListedUnused = 10;

/// `"a", "b" and 3 more`.
std::string listed(std::span<const std::string_view> names) {
  std::string result;
  for (std::size_t i = 0; i < names.size() && i < kListedHeaders; ++i) {
    result += (i == 0 ? "" : ", ") + in_quotes(names[i], kShownBytes);
  }
  if (names.size() > kListedHeaders) {
    result += fmt::format(" and {} more", names.size() - kListedHeaders);
  }
  return result;
}

/// Where a known header stands in a column's list.
struct KnownHeader {
  LogColumn column;
  std::size_t rank;
};
using KnownHeaders = std::unordered_map<std::string, std::vector<KnownHeader>>;

/// Every column that a normalized header can feed, each once.
KnownHeaders make_known_headers() {
  KnownHeaders known;
  for (const LogColumnFacts& facts : log_columns()) {
    for (std::size_t i = 0; i < facts.headers.size(); ++i) {
      std::vector<KnownHeader>& columns = known[normalized_header(facts.headers[i])];
      // A list may have one name in two spellings, as timestamp and @timestamp.
      const bool listed_before = !columns.empty() && columns.back().column == facts.column;
      if (!listed_before) columns.push_back({facts.column, i});
    }
  }
  return known;
}

const KnownHeaders& known_headers() {
  static const KnownHeaders known = make_known_headers();
  return known;
}

class Chooser {
 public:
  Chooser(std::span<const std::string_view> headers, const ColumnOverrides& overrides,
          std::string_view place)
      : headers_(headers), overrides_(overrides), place_(place), claimed_(headers.size(), false) {
    columns_.index.fill(kNoColumn);
    columns_.header_fields = headers.size();
  }

  Result<CsvColumnChoice, Failure> choose() {
    if (headers_.size() > kMaxHeaderColumns) {
      return failure(fmt::format("expected at most {} columns in the header line, got {}",
                                 kMaxHeaderColumns, headers_.size()));
    }
    look_up_headers();
    if (looks_like_data()) {
      return failure(fmt::format("expected a header line, got data: {}", listed(headers_)));
    }
    for (const LogColumnFacts& facts : log_columns()) {
      const std::optional<std::string>& wanted = overrides_.header(facts.column);
      if (!wanted) continue;
      const std::size_t index = index_of(*wanted);
      if (index == kNoColumn) return no_such_header(facts, *wanted);
      slot(facts.column) = index;
      // What names the instance may be a host's name, and stay one.
      if (facts.column != LogColumn::instance) claimed_[index] = true;
    }
    choose_time();
    for (const LogColumnFacts& facts : log_columns()) {
      const bool of_time = facts.column == LogColumn::time || facts.column == LogColumn::date;
      if (!of_time && !mapped(facts.column)) slot(facts.column) = first_of(facts);
    }
    if (!columns_.has(LogColumn::time)) return no_time();

    note_duplicates();
    note_unused();
    for (const LogColumnFacts& facts : log_columns()) {
      if (facts.read && columns_.has(facts.column)) {
        columns_.least_fields = std::max(columns_.least_fields, columns_[facts.column] + 1);
      }
    }
    return CsvColumnChoice{columns_, std::move(notices_)};
  }

 private:
  std::size_t& slot(LogColumn column) { return columns_.index[static_cast<std::size_t>(column)]; }
  bool mapped(LogColumn column) const { return overrides_.header(column).has_value(); }

  Failure failure(const std::string& message) const {
    return {ExitCode::usage, fmt::format("{}: {}", place_, message)};
  }

  void look_up_headers() {
    for (std::size_t i = 0; i < headers_.size(); ++i) {
      normalized_.push_back(normalized_header(headers_[i]));
      occurrences_.try_emplace(headers_[i], Occurrence{i, i}).first->second.last = i;
      const auto known = known_headers().find(normalized_.back());
      if (known == known_headers().end()) continue;
      for (const KnownHeader& header : known->second) {
        candidates_[static_cast<std::size_t>(header.column)].push_back({i, header.rank});
      }
    }
  }

  /// No header is known, and one of them is a stamp.
  bool looks_like_data() const {
    const bool known = std::any_of(candidates_.begin(), candidates_.end(),
                                   [](const auto& candidates) { return !candidates.empty(); });
    return !known && std::any_of(headers_.begin(), headers_.end(), [](std::string_view header) {
      return parse_timestamp(header).has_value();
    });
  }

  /// The header that is `wanted`, exactly before loosely.
  std::size_t index_of(const std::string& wanted) const {
    const auto exact = std::find(headers_.begin(), headers_.end(), std::string_view(wanted));
    if (exact != headers_.end()) return static_cast<std::size_t>(exact - headers_.begin());
    const std::string normalized = normalized_header(wanted);
    if (normalized.empty()) return kNoColumn;
    const auto loose = std::find(normalized_.begin(), normalized_.end(), normalized);
    return loose == normalized_.end() ? kNoColumn
                                      : static_cast<std::size_t>(loose - normalized_.begin());
  }

  std::size_t first_of(const LogColumnFacts& facts) const {
    std::size_t best = kNoColumn;
    std::size_t best_rank = kNoColumn;
    for (const Candidate& candidate : candidates_of(facts)) {
      if (!claimed_[candidate.header] && candidate.rank < best_rank) {
        best = candidate.header;
        best_rank = candidate.rank;
      }
    }
    return best;
  }

  void choose_time() {
    if (!mapped(LogColumn::time)) {
      const std::size_t date = first_of(facts_of(LogColumn::date));
      std::size_t time = first_of(facts_of(LogColumn::time));
      const bool pair = time != kNoColumn && normalized_[time] == "time";
      if (date != kNoColumn && pair && !mapped(LogColumn::date)) slot(LogColumn::date) = date;
      slot(LogColumn::time) = time;
    }
  }

  Failure no_such_header(const LogColumnFacts& facts, const std::string& wanted) const {
    std::vector<std::string_view> known(normalized_.begin(), normalized_.end());
    std::string suggestion;
    if (const auto near = nearest_name(normalized_header(wanted), known)) {
      const auto at = std::find(known.begin(), known.end(), *near) - known.begin();
      suggestion = fmt::format(" (did you mean {}?)", headers_[static_cast<std::size_t>(at)]);
    }
    const std::string option =
        facts.column == LogColumn::instance
            ? fmt::format("--instance-column {}", without_controls(wanted))
            : fmt::format("--map {}={}", facts.name, without_controls(wanted));
    return failure(fmt::format("{}: no such column{}; the header has {}", option, suggestion,
                               listed(headers_)));
  }

  Failure no_time() const {
    return failure(fmt::format(
        "no column holds the time: expected one of {}, got {}; name it with --map time=HEADER",
        fmt::join(facts_of(LogColumn::time).headers, ", "), listed(headers_)));
  }

  void note_duplicates() {
    std::vector<std::string_view> repeated;
    for (std::size_t i = 0; i < headers_.size(); ++i) {
      const bool read = std::any_of(
          log_columns().begin(), log_columns().end(),
          [&](const LogColumnFacts& facts) { return facts.read && columns_[facts.column] == i; });
      if (read && occurrences_.at(headers_[i]).last != i) repeated.push_back(headers_[i]);
    }
    if (repeated.empty()) return;
    notices_.push_back({"duplicate_columns",
                        fmt::format("columns that appear more than once, the first is read: {}",
                                    listed(repeated))});
  }

  /// The headers that feed `column`, quoted.
  std::string source_of(LogColumn column) const {
    const std::string main = in_quotes(headers_[columns_[column]], kShownBytes);
    if (column != LogColumn::time || !columns_.has(LogColumn::date)) return main;
    return fmt::format("{} and {}", in_quotes(headers_[columns_[LogColumn::date]], kShownBytes),
                       main);
  }

  void note_unused() {
    std::vector<std::string> unused;
    std::size_t count = 0;
    const auto add = [&](const auto& text) {
      if (count++ < kListedUnused) unused.push_back(text());
    };
    for (const LogColumnFacts& facts : log_columns()) {
      if (!facts.read || mapped(facts.column) || !columns_.has(facts.column)) continue;
      for (const Candidate& candidate : candidates_of(facts)) {
        const std::size_t i = candidate.header;
        if (occurrences_.at(headers_[i]).first != i || claimed_[i] || feeds(i)) continue;
        add([&] {
          return fmt::format("{} ({} comes from {})", in_quotes(headers_[i], kShownBytes),
                             facts.name, source_of(facts.column));
        });
      }
    }
    const bool own_columns = columns_.has(LogColumn::method) && columns_.has(LogColumn::path);
    if (columns_.has(LogColumn::request) && own_columns) {
      if (!mapped(LogColumn::request)) {
        add([&] {
          return fmt::format("{} (method and path come from {} and {})",
                             source_of(LogColumn::request), source_of(LogColumn::method),
                             source_of(LogColumn::path));
        });
      }
      slot(LogColumn::request) = kNoColumn;
    }
    if (unused.empty()) return;
    const std::string more =
        count > unused.size() ? fmt::format(" and {} more", count - unused.size()) : "";
    notices_.push_back(
        {"unused_columns", fmt::format("columns not used: {}{}", fmt::join(unused, ", "), more)});
  }

  bool feeds(std::size_t index) const {
    return std::find(columns_.index.begin(), columns_.index.end(), index) != columns_.index.end();
  }

  /// A header that can feed a column, and its place in the column's list.
  struct Candidate {
    std::size_t header;
    std::size_t rank;
  };
  /// The first and the last header of the same text.
  struct Occurrence {
    std::size_t first;
    std::size_t last;
  };

  const std::vector<Candidate>& candidates_of(const LogColumnFacts& facts) const {
    return candidates_[static_cast<std::size_t>(facts.column)];
  }

  std::span<const std::string_view> headers_;
  const ColumnOverrides& overrides_;
  std::string_view place_;
  std::vector<std::string> normalized_;
  std::unordered_map<std::string_view, Occurrence> occurrences_;
  /// Per LogColumn, in the headers' order.
  std::array<std::vector<Candidate>, kLogColumnCount> candidates_;
  /// Per header: an override has taken it.
  std::vector<bool> claimed_;
  CsvColumns columns_;
  std::vector<LogNotice> notices_;
};

}  // namespace

Result<CsvColumnChoice, Failure> choose_csv_columns(std::span<const std::string_view> headers,
                                                    const ColumnOverrides& overrides,
                                                    std::string_view place) {
  return Chooser(headers, overrides, place).choose();
}

}  // namespace dosimeter::sim
