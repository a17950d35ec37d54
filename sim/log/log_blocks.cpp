#include "sim/log/log_blocks.h"

#include "sim/log/byte_order_mark.h"
#include "sim/log/csv_record.h"
#include "sim/log/open_inflated.h"
#include "sim/log/record_cut.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <limits>
#include <utility>

namespace dosimeter::sim {
namespace {

/// Where the byte order mark ends; nothing where more bytes will tell.
std::optional<std::size_t> text_begin(std::string_view bytes, bool whole) {
  if (bytes.starts_with(kByteOrderMark)) return kByteOrderMark.size();
  if (!whole && kByteOrderMark.starts_with(bytes)) return std::nullopt;
  return 0;
}

}  // namespace

Result<LogBlocks, Failure> LogBlocks::open(std::vector<std::string> paths, LogOptions options) {
  return open(std::move(paths), std::move(options), Limits{});
}

Result<LogBlocks, Failure> LogBlocks::open(std::vector<std::string> paths, LogOptions options,
                                           Limits limits) {
  assert(limits.max_record_bytes > 0 && limits.block_bytes > 0);
  LogBlocks blocks(std::move(paths), std::move(options), limits);
  if (auto failure = blocks.examine_all()) return std::move(*failure);
  if (auto failure = blocks.start_file()) return std::move(*failure);
  return blocks;
}

LogBlocks LogBlocks::of_source(std::unique_ptr<ByteSource> source,
                               std::shared_ptr<const LogFormat> format, Limits limits) {
  assert(limits.max_record_bytes > 0 && limits.block_bytes > 0);
  LogBlocks blocks({std::string(kStandardInput)}, {}, limits);
  blocks.source_ = std::move(source);
  blocks.format_ = std::move(format);
  return blocks;
}

std::optional<Failure> LogBlocks::examine_all() {
  if (paths_.empty()) return Failure{ExitCode::usage, "no log is given"};
  if (std::count(paths_.begin(), paths_.end(), kStandardInput) > 1) {
    return Failure{ExitCode::usage, "standard input (-) can be read once, but is given twice"};
  }
  bytes_total_ = 0;
  for (const std::string& path : paths_) {
    const auto facts = examine_input(path);
    if (!facts) return facts.error();
    if (facts.value().size && bytes_total_) {
      *bytes_total_ += *facts.value().size;
    } else {
      bytes_total_.reset();
    }
    repeatable_.push_back(facts.value().repeatable);
    if (!facts.value().repeatable) continue;
    if (const auto opened = open_input(path); !opened) return opened.error();
  }
  return std::nullopt;
}

/// Reads until the format is known, and no further: what is there may be all for a long time.
Result<LogBlocks::Opened, Failure> LogBlocks::open_input(const std::string& path) const {
  auto source = open_inflated(path);
  if (!source) return source.error();
  Opened opened;
  opened.source = std::move(source).value();
  std::vector<char>& bytes = opened.rest;
  std::size_t size = 0;
  for (;;) {
    if (bytes.size() < size + limits_.block_bytes) bytes.resize(size + limits_.block_bytes);
    const auto count =
        opened.source->read(std::span<char>(bytes).subspan(size, limits_.block_bytes));
    if (!count) return count.error();
    opened.whole = count.value() == 0;
    size += count.value();
    const std::string_view text(bytes.data(), size);
    const auto begin = text_begin(text, opened.whole);
    if (!begin) continue;
    if (opened.whole) opened.damage = opened.source->damage();
    if (opened.damage && size == *begin) {
      return Failure{ExitCode::usage, fmt::format("{} {}, and holds nothing in front of that",
                                                  name_in_sentence(path), *opened.damage)};
    }
    auto chosen = choose_format(
        {text.substr(*begin), opened.whole, name_in_sentence(path), name_in_place(path)}, options_);
    if (!chosen) return chosen.error();
    if (!chosen.value()) continue;
    opened.chosen = *std::move(chosen).value();
    opened.offset = *begin + opened.chosen.header_bytes;
    bytes.resize(size);
    bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(opened.offset));
    return opened;
  }
}

std::optional<Failure> LogBlocks::start_file() {
  auto opened = open_input(paths_[file_]);
  if (!opened) return opened.error();
  Opened& input = opened.value();
  source_ = std::move(input.source);
  format_ = std::move(input.chosen.format);
  note_format(std::move(input.chosen.why));
  kept_ = std::move(input.rest);
  whole_ = input.whole;
  note_damage(std::move(input.damage));
  offset_ = input.offset;
  one_line_until_ = 0;
  skipping_line_ = false;
  lines_before_ = input.chosen.header_lines;
  for (LogNotice& notice : input.chosen.notices) {
    if (std::find(notices_.begin(), notices_.end(), notice) == notices_.end()) {
      notices_.push_back(std::move(notice));
    }
  }
  return std::nullopt;
}

void LogBlocks::note_format(std::string why) {
  FormatMapping mapping = format_->mapping();
  const auto known = std::find_if(formats_.begin(), formats_.end(),
                                  [&](const FormatUse& use) { return use.mapping == mapping; });
  if (known != formats_.end()) {
    ++known->files;
  } else {
    formats_.push_back({std::move(mapping), std::move(why), file_name(file_), 1});
  }
}

/// To be told as a reject where the input ends, and as a remark that says what it is.
void LogBlocks::note_damage(std::optional<std::string> damage) {
  damage_ = std::move(damage);
  if (!damage_) return;
  notices_.push_back({"damaged_input", fmt::format("{} {}: what is behind that is not counted",
                                                   name_in_sentence(paths_[file_]), *damage_)});
}

void LogBlocks::finish_file() noexcept {
  bytes_of_finished_files_ += source_->bytes_read();
  source_.reset();
  ++file_;
}

/// Reads behind the `size` bytes of `memory` until they are `wanted`, the input ends, or it fails.
std::size_t LogBlocks::fill(std::vector<char>& memory, std::size_t size, std::size_t wanted) {
  if (memory.size() < wanted + kBlockPadding) memory.resize(wanted + kBlockPadding);
  while (size < wanted && !whole_ && !failure_) {
    const auto count = source_->read(std::span<char>(memory).subspan(size, wanted - size));
    if (!count) {
      failure_ = count.error();
    } else if (count.value() == 0) {
      whole_ = true;
      note_damage(source_->damage());
    } else {
      size += count.value();
    }
  }
  return size;
}

BlockEvent LogBlocks::next(HeldBlock& held) {
  for (;;) {
    if (!source_) {
      if (failure_) return BlockEvent::failed;
      if (file_ == paths_.size()) return BlockEvent::end;
      failure_ = start_file();
      if (failure_) return BlockEvent::failed;
    }
    if (skipping_line_ && !skip_line(held.memory)) return BlockEvent::failed;
    std::size_t size = kept_.size();
    if (held.memory.size() < size + kBlockPadding) held.memory.resize(size + kBlockPadding);
    std::copy(kept_.begin(), kept_.end(), held.memory.begin());
    for (std::size_t wanted = std::max(size, limits_.block_bytes);;
         wanted = size + limits_.block_bytes) {
      size = fill(held.memory, size, wanted);
      if (size == 0 && whole_ && !damage_) break;
      if (cut(held, size)) return BlockEvent::block;
      if (failure_) return BlockEvent::failed;
    }
    finish_file();
  }
}

/// Makes a block of the whole records among the first `size` bytes, and keeps the rest. False where
/// there is none.
bool LogBlocks::cut(HeldBlock& held, std::size_t size) {
  const RecordGrammar grammar = format_->grammar();
  if (grammar.whole_input) return cut_whole(held, size);
  const bool one_line = offset_ < one_line_until_ && grammar.quoted_line_feeds;
  const std::size_t most =
      grammar.documents.empty() ? limits_.max_record_bytes : limits_.max_document_bytes;
  return size > most ? cut_long_records(held, size, one_line)
                     : cut_short_records(held, size, one_line);
}

/// All of the input, or nothing.
bool LogBlocks::cut_whole(HeldBlock& held, std::size_t size) {
  if (size > limits_.max_document_bytes) {
    fail_too_long();
    return false;
  }
  if (!whole_) return false;
  return damage_ ? reject(held, size, RejectReason::damaged_input, false)
                 : give(held, size, size, false);
}

/// A document's rows cannot be had but from all of it.
void LogBlocks::fail_too_long() {
  const RecordGrammar grammar = format_->grammar();
  failure_ = Failure{
      ExitCode::usage,
      fmt::format("{} {} longer than {} MiB, the most that is read of one document; try jq -c '{}' "
                  "FILE | simulate --log -",
                  name_in_sentence(paths_[file_]),
                  grammar.whole_input ? "is" : "has a line that is",
                  limits_.max_document_bytes >> 20, grammar.documents)};
}

/// Where no record among the bytes can be too long.
bool LogBlocks::cut_short_records(HeldBlock& held, std::size_t size, bool one_line) {
  const std::string_view text(held.memory.data(), size);
  RecordGrammar grammar = format_->grammar();
  if (one_line) {
    grammar.quoted_line_feeds = false;
    if (one_line_until_ - offset_ < size) {
      const std::size_t feed = text.find('\n', one_line_until_ - offset_ - 1);
      if (feed != text.npos) return give(held, size, feed + 1, true);
    }
  }
  const RecordCut found = cut_records(text, grammar);
  const bool all = whole_ && !damage_ && !found.open_quote;
  if (all || found.length > 0) return give(held, size, all ? size : found.length, one_line);
  if (!whole_) return false;
  return reject(held, size,
                damage_ ? RejectReason::damaged_input : RejectReason::unterminated_quote, one_line);
}

/// Record by record.
bool LogBlocks::cut_long_records(HeldBlock& held, std::size_t size, bool one_line) {
  using Kind = CsvRecordEnd::Kind;
  const char* begin = held.memory.data();
  const RecordGrammar grammar = format_->grammar();
  const bool last = whole_ && !damage_;
  const std::size_t most =
      grammar.documents.empty() ? limits_.max_record_bytes : limits_.max_document_bytes;
  for (std::size_t at = 0; at < size;) {
    CsvRecordEnd found;
    if (grammar.quoted_line_feeds) {
      found = find_csv_record_end(begin + at, begin + size, {grammar.delimiter, last, one_line});
    } else {
      const std::size_t feed = std::string_view(begin + at, size - at).find('\n');
      if (feed != std::string_view::npos || last) {
        found.kind = Kind::record;
        found.length = feed == std::string_view::npos ? size - at : feed + 1;
      }
    }
    const bool ends = found.kind == Kind::record || (found.kind == Kind::open_quote && one_line);
    const std::size_t feed = ends && begin[at + found.length - 1] == '\n' ? 1 : 0;
    const bool too_long = (ends ? found.length - feed : size - at) > most;
    if (too_long || !ends) {
      if (at > 0) return give(held, size, at, one_line);
      if (too_long && !grammar.documents.empty()) {
        fail_too_long();
        return false;
      }
      if (too_long) return reject(held, size, RejectReason::record_too_long, one_line);
      if (found.kind == Kind::open_quote) {
        return reject(held, size, RejectReason::unterminated_quote, one_line);
      }
      return whole_ && reject(held, size, RejectReason::damaged_input, one_line);
    }
    at += found.length;
    if (one_line && offset_ + at >= one_line_until_) return give(held, size, at, true);
  }
  return give(held, size, size, one_line);
}

void LogBlocks::describe(HeldBlock& held) noexcept {
  held.block.file = file_;
  held.block.lines_before = std::exchange(lines_before_, 0);
  held.format = format_;
  held.bytes_read = bytes_of_finished_files_ + source_->bytes_read();
}

void LogBlocks::keep_from(const HeldBlock& held, std::size_t begin, std::size_t end) {
  offset_ += begin;
  kept_.assign(held.memory.begin() + static_cast<std::ptrdiff_t>(begin),
               held.memory.begin() + static_cast<std::ptrdiff_t>(end));
}

bool LogBlocks::give(HeldBlock& held, std::size_t size, std::size_t length, bool one_line) {
  describe(held);
  held.block.text = std::string_view(held.memory.data(), length);
  held.block.one_line = one_line;
  held.block.rejected.reset();
  if (auto next = format_->after(held.block.text)) format_ = std::move(next);
  keep_from(held, length, size);
  return true;
}

bool LogBlocks::reject(HeldBlock& held, std::size_t size, RejectReason why, bool one_line) {
  describe(held);
  const std::string_view text(held.memory.data(), std::min(size, limits_.max_record_bytes + 1));
  const std::size_t feed = text.find('\n');
  held.block.text = text.substr(0, feed);
  held.block.one_line = one_line;
  held.block.rejected = why;
  if (why == RejectReason::damaged_input) {
    damage_.reset();
    keep_from(held, size, size);
  } else if (feed == text.npos) {
    skipping_line_ = true;
    keep_from(held, text.size(), size);
  } else {
    if (!one_line) {
      one_line_until_ = why == RejectReason::record_too_long
                            ? offset_ + limits_.max_record_bytes
                            : std::numeric_limits<std::uint64_t>::max();
    }
    keep_from(held, feed + 1, size);
  }
  return true;
}

/// Drops the rest of a line that is rejected already, reading into `memory`. False where the source
/// failed.
bool LogBlocks::skip_line(std::vector<char>& memory) {
  for (;;) {
    const auto feed = std::find(kept_.begin(), kept_.end(), '\n');
    const bool found = feed != kept_.end();
    offset_ += static_cast<std::uint64_t>(feed - kept_.begin()) + (found ? 1U : 0U);
    kept_.erase(kept_.begin(), found ? feed + 1 : feed);
    if (found || whole_) break;
    const std::size_t size = fill(memory, 0, limits_.block_bytes);
    kept_.assign(memory.begin(), memory.begin() + static_cast<std::ptrdiff_t>(size));
    if (size == 0 && failure_) return false;
  }
  skipping_line_ = false;
  return true;
}

bool LogBlocks::may_wait() const noexcept {
  const auto waits = [&](std::size_t file) {
    return file < repeatable_.size() && !repeatable_[file];
  };
  return waits(file_) || waits(file_ + 1);
}

}  // namespace dosimeter::sim
