#include "sim/log/document_format.h"

#include "sim/log/format_list.h"
#include "sim/log/json_parts.h"

#include <algorithm>
#include <functional>

namespace dosimeter::sim {

DocumentFormat::DocumentFormat(const FormatFacts& facts, LinePrefix prefix, bool whole) noexcept
    : documents_(facts.documents), prefix_(prefix), whole_(whole) {}

bool DocumentRows::put(RowKind kind, const LineRead& read, std::string_view part) {
  if (done_) return false;
  // A line that was written anew is not in the block: then it is all at the line's front.
  const std::less<const char*> before;
  const bool within =
      !before(part.data(), at_) && !before(block_.data() + block_.size(), part.data());
  if (within) at_ = part.data();
  last_is_malformed_ =
      kind == RowKind::rejected && read.rejected.reason == RejectReason::malformed_json;
  switch (kind) {
    case RowKind::row:
      done_ = !sink_.row(read.row, at_);
      break;
    case RowKind::rejected:
      done_ = !sink_.rejected(read.rejected, at_);
      break;
    case RowKind::skipped:
      sink_.skipped(read.skipped, at_);
      break;
  }
  return !done_;
}

std::uint64_t DocumentFormat::read(const LogBlock& block, RowScratch& scratch,
                                   RowSink& sink) const {
  scratch.texts.clear();
  DocumentRows rows(block.text, sink);
  std::string_view rest = block.text;
  if (whole_) {
    read_whole(rest, scratch, rows);
  } else {
    LineRead read;
    while (!rest.empty() && !rows.done()) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rows.begin(line.data());
      const std::string_view bare = bare_line(line, prefix_, scratch.texts);
      const std::size_t begin = bare.find_first_not_of(" \t");
      if (begin == bare.npos) {
        rows.put(read.skip(SkipReason::blank_line), read, line);
      } else if (bare[begin] != '{' && bare[begin] != '[' &&
                 bare.find_last_not_of(" \t") != bare.rfind('}')) {
        rows.put(read.skip(SkipReason::other_program), read, line);
      } else {
        read_one(bare, scratch, rows);
      }
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    }
  }
  return static_cast<std::uint64_t>(std::count(block.text.begin(), block.text.end(), '\n'));
}

void DocumentFormat::read_whole(std::string_view text, RowScratch& scratch,
                                DocumentRows& rows) const {
  for (std::size_t at = 0; !rows.done();) {
    at = text.find_first_not_of(std::string_view(" \t\r\n\0", 5), at);
    if (at == text.npos) return;
    rows.begin(text.data() + at);
    const std::size_t end = json_value_end(text, at);
    // What is cut off, or begins with what no value does, goes to the end.
    const bool ends = end != text.npos && end != at;
    read_one(text.substr(at, ends ? end - at : text.npos), scratch, rows);
    if (!ends) return;
    at = end;
  }
}

void DocumentFormat::read_one(std::string_view document, RowScratch& scratch,
                              DocumentRows& rows) const {
  LineRead read;
  if (read_document(document, scratch, read, rows) || rows.done() || rows.last_is_malformed()) {
    return;
  }
  rows.put(read.reject(RejectReason::malformed_json, document), read, {});
}

}  // namespace dosimeter::sim
