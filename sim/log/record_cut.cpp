#include "sim/log/record_cut.h"

namespace dosimeter::sim {
namespace {

constexpr char kQuote = '"';

}  // namespace

RecordCut cut_records(std::string_view text, RecordGrammar grammar) noexcept {
  constexpr std::size_t npos = std::string_view::npos;
  RecordCut cut;
  // Everything before is done with, and `begin` is outside of quotes.
  std::size_t begin = 0;
  const auto note_feeds = [&](std::size_t end) {
    const std::size_t feed = text.substr(begin, end - begin).rfind('\n');
    if (feed != npos) cut.length = begin + feed + 1;
  };
  if (grammar.quoted_line_feeds) {
    for (std::size_t from = 0;;) {
      const std::size_t quote = text.find(kQuote, from);
      if (quote == npos) break;
      from = quote + 1;
      // Elsewhere than at a field's front it is a letter.
      const bool opens =
          quote == 0 || text[quote - 1] == '\n' || text[quote - 1] == grammar.delimiter;
      if (!opens) continue;
      note_feeds(quote);
      for (bool closed = false; !closed;) {
        const std::size_t next = text.find(kQuote, from);
        if (next == npos) {
          cut.open_quote = true;
          return cut;
        }
        closed = next + 1 == text.size() || text[next + 1] != kQuote;
        from = closed ? next + 1 : next + 2;
      }
      begin = from;
    }
  }
  note_feeds(text.size());
  return cut;
}

}  // namespace dosimeter::sim
