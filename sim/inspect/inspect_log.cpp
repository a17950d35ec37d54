#include "sim/inspect/inspect_log.h"

#include <dosimeter/matcher.h>

#include "sim/quality/undecided_fields.h"
#include "sim/replay/pass_work.h"
#include "sim/replay/row_sequence.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace dosimeter::sim {
namespace {

/// What the rows of a block came to.
struct InspectedBlock final : BlockResult {
  RowQuality quality;
  RowSequence sequence;
  std::optional<InputSpan> span;
  std::uint64_t upstream_decided = 0;
  /// The first ones, and where they begin.
  std::vector<std::pair<ShownRow, const char*>> first_rows;
};

/// What all threads share. Immutable.
struct Asked {
  const InspectConfig& config;
  UndecidedFields undecided;
};

void extend(std::optional<InputSpan>& span, const InputSpan& part) {
  if (!span) span = InputSpan{part.first, part.last, 0, 0};
  span->first = std::min(span->first, part.first);
  span->last = std::max(span->last, part.last);
  span->rows += part.rows;
  span->time_digits = std::max(span->time_digits, part.time_digits);
}

class InspectingReader final : public RowReader {
 public:
  explicit InspectingReader(const Asked& asked)
      : asked_(asked),
        matcher_(asked.config.rules),
        mapper_(asked.config.rules, asked.config.defaults) {}

  void begin(BlockResult& result) override {
    block_ = &static_cast<InspectedBlock&>(result);
    block_->quality.clear();
    block_->sequence.clear();
    block_->span.reset();
    block_->upstream_decided = 0;
    block_->first_rows.clear();
  }

  void put(const LogRow& row, const char* at, bool earlier) override {
    const Request request = mapper_.map(row);
    const bool decides = request.upstream == UpstreamDecision::none;
    const FieldBits undecided =
        decides ? asked_.undecided.undecided(request, matcher_.match(request), scratch_) : 0;
    block_->sequence.add(row.time, row.count, earlier);
    if (row.count > 0) {
      block_->quality.add(RequestTraits(request, undecided), row.count);
      block_->quality.minutes.add(row.time);
      extend(block_->span, {row.time, row.time, 1, row.time_digits});
    }
    if (!decides) block_->upstream_decided += row.count;
    if (block_->first_rows.size() < asked_.config.shown_rows) {
      block_->first_rows.emplace_back(shown(row, request), at);
    }
  }

 private:
  ShownRow shown(const LogRow& row, const Request& request) {
    ShownRow result;
    result.time = row.time;
    for (const Field field : kFields) {
      if (const FieldText& text = request.field(field)) {
        result.fields[static_cast<std::size_t>(field)] = std::string(*text);
      }
    }
    result.upstream = request.upstream;
    result.rule = matcher_.match(request);
    result.count = row.count;
    return result;
  }

  const Asked& asked_;
  Matcher matcher_;
  RequestMapper mapper_;
  MatchScratch scratch_;
  InspectedBlock* block_ = nullptr;
};

class InspectWork final : public PassWork {
 public:
  InspectWork(const Asked& asked, Inspection& inspection)
      : asked_(asked), inspection_(inspection) {}

  [[nodiscard]] std::unique_ptr<BlockResult> make_result() const override {
    return std::make_unique<InspectedBlock>();
  }
  [[nodiscard]] std::unique_ptr<RowReader> make_reader() const override {
    return std::make_unique<InspectingReader>(asked_);
  }
  [[nodiscard]] bool accepts(const BlockResult&) const override { return true; }

  void take(BlockResult& result, const BlockPlace& place) override {
    auto& block = static_cast<InspectedBlock&>(result);
    inspection_.quality.add(block.quality);
    inspection_.out_of_order_rows += block.sequence.out_of_order(place.before);
    inspection_.upstream_decided += block.upstream_decided;
    if (block.span) extend(inspection_.span, *block.span);
    for (auto& [row, at] : block.first_rows) {
      if (inspection_.first_rows.size() >= asked_.config.shown_rows) break;
      row.file = place.file_name;
      row.line = place.line(at);
      inspection_.first_rows.push_back(std::move(row));
    }
  }

 private:
  const Asked& asked_;
  Inspection& inspection_;
};

}  // namespace

Result<Inspection, Failure> inspect_log(const InspectConfig& config,
                                        const ReplayObserver& observer) {
  auto opened = LogPass::open(config.logs, observer);
  if (!opened) return opened.error();
  LogPass pass = std::move(opened).value();
  const Asked asked{config, UndecidedFields(config.rules)};
  Inspection inspection{config.rules, {}, {}, 0, 0, std::nullopt, {}, {}, {}, false};
  InspectWork work(asked, inspection);
  if (auto failure = pass.run(observer, work)) return *std::move(failure);
  inspection.formats = pass.formats();
  inspection.rows = pass.counts();
  inspection.notices = pass.notices();
  inspection.partial = pass.partial();
  return inspection;
}

}  // namespace dosimeter::sim
