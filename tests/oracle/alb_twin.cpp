#include "tests/oracle/alb_twin.h"

#include "sim/log/timestamp.h"

#include <cctype>
#include <set>
#include <sstream>
#include <vector>

namespace dosimeter::oracle {
namespace {

struct Tokens {
  std::vector<std::string> fields;
  /// How many fields were whole when a quote was last opened and not closed; all where none is.
  bool open = false;
};

/// Fields with their quotes, each up to a space outside of quotes; the 22 that mean something.
Tokens tokens_of(const std::string& line) {
  Tokens tokens;
  std::string field;
  std::size_t backslashes = 0;
  for (const char c : line) {
    if (c == ' ' && !tokens.open) {
      tokens.fields.push_back(field);
      field.clear();
      if (tokens.fields.size() == 22) return tokens;
    } else {
      if (c == '"' && backslashes % 2 == 0) tokens.open = !tokens.open;
      field += c;
    }
    backslashes = c == '\\' ? backslashes + 1 : 0;
  }
  tokens.fields.push_back(field);
  return tokens;
}

std::string unquoted(const std::string& field) {
  const bool quoted = field.size() > 1 && field[0] == '"' && field[field.size() - 1] == '"';
  return quoted ? field.substr(1, field.size() - 2) : field;
}

std::optional<std::string> present(const std::string& text) {
  return text.empty() || text == "-" ? std::nullopt : std::optional(text);
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (c == ' ') {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  return words;
}

bool all_of(const std::string& text, std::string_view letters) {
  return !text.empty() && text.find_first_not_of(letters) == text.npos;
}

bool is_year(const std::string& word) {
  return word.size() > 4 && all_of(word.substr(0, 4), "0123456789") && word[4] == '-';
}

/// Seconds as a text of digits, in nanoseconds; -1 where it is none.
std::int64_t nanoseconds_of(const std::string& text) {
  if (text == "-" || text == "-1") return 0;
  std::string whole = text.substr(0, text.find('.'));
  std::string fraction = text.find('.') == text.npos ? "" : text.substr(text.find('.') + 1);
  if (!all_of(whole, "0123456789") || whole.size() > 7) return -1;
  if (!fraction.empty() && !all_of(fraction, "0123456789")) return -1;
  fraction.resize(9, '0');
  return std::stoll(whole) * 1'000'000'000 + std::stoll(fraction);
}

void read_url(std::string url, AlbTwinRow& row) {
  const std::size_t separator = url.find("://");
  if (url[0] == '/' || separator == url.npos || url.find(':') != separator) {
    row.target = present(url);
    return;
  }
  const std::string scheme = url.substr(0, separator);
  url = url.substr(separator + 3);
  std::string authority;
  while (!url.empty() && url[0] != '/' && url[0] != '?' && url[0] != '#') {
    authority += url[0];
    url.erase(0, 1);
  }
  bool pathless = false;
  if (url.empty() && authority.size() > 2 && authority.back() == '-') {
    const std::size_t colon = authority.rfind(':');
    pathless = colon != authority.npos &&
               all_of(authority.substr(colon + 1, authority.size() - colon - 2), "0123456789");
  }
  if (pathless) authority.pop_back();
  if (!pathless) row.target = !url.empty() && url[0] == '/' ? url : "/";
  while (authority.find('@') != authority.npos) authority.erase(0, authority.find('@') + 1);
  const std::string port = scheme == "https" || scheme == "wss" ? ":443"
                           : scheme == "http" || scheme == "ws" ? ":80"
                                                                : "";
  if (!port.empty() && authority.size() >= port.size() &&
      authority.substr(authority.size() - port.size()) == port) {
    authority.resize(authority.size() - port.size());
  }
  row.host = present(authority);
}

void read_request(std::string request, AlbTwinRow& row) {
  while (!request.empty() && request.back() == ' ') request.pop_back();
  std::vector<std::string> words = words_of(request);
  if (words.size() == 1) {
    read_url(request, row);
    return;
  }
  row.method = present(words.front());
  words.erase(words.begin());
  const bool protocol = words.back() == "-" || words.back().substr(0, 5) == "HTTP/";
  if (words.size() > 1 && protocol) words.pop_back();
  std::string url = words[0];
  for (std::size_t i = 1; i < words.size(); ++i) url += ' ' + words[i];
  read_url(url, row);
}

std::optional<std::string> second_part(const std::string& text) {
  std::istringstream parts(text);
  std::string part;
  std::getline(parts, part, '/');
  if (text.find('/') == text.npos) return present(text);
  std::string second;
  std::getline(parts, second, '/');
  return present(second);
}

AlbTwinRow rejected(sim::RejectReason reason) {
  AlbTwinRow row;
  row.kind = sim::RowKind::rejected;
  row.reason = reason;
  return row;
}

}  // namespace

AlbTwinRow alb_twin(std::string_view text) {
  std::string line(text);
  if (!line.empty() && line.back() == '\r') line.pop_back();
  if (line.empty() || all_of(line, " ")) return {};
  Tokens tokens = tokens_of(line);
  for (std::string& field : tokens.fields) field = unquoted(field);
  const std::set<std::string> types = {"http", "https", "h2", "grpcs", "ws", "wss"};
  if (types.count(tokens.fields[0]) == 0) {
    const std::vector<std::string> words = words_of(line);
    if (words[0] == "tls" && words.size() > 1) return {};
    if (line.find("Enable AccessLog for ELB") == 0) return {};
    if (line.find("Enable ConnectionLog for ELB") == 0) return {};
    if (words.size() >= 3 && is_year(words[0]) && all_of(words[1], "0123456789abcdef.:[]") &&
        words[1].find_first_of(".:") != std::string::npos && all_of(words[2], "0123456789")) {
      return {};
    }
    return rejected(sim::RejectReason::wrong_format);
  }
  if (tokens.open) return rejected(sim::RejectReason::unterminated_quote);
  std::vector<std::string>& fields = tokens.fields;
  if (fields.size() < 12) return rejected(sim::RejectReason::wrong_format);
  fields.resize(22);

  AlbTwinRow row;
  row.kind = sim::RowKind::row;
  if (present(fields[21])) {
    const auto stamp = sim::parse_timestamp(fields[21]);
    if (!stamp) return rejected(sim::RejectReason::unreadable_time);
    row.nanoseconds = stamp->time.time_since_epoch().count();
    row.digits = stamp->fraction_digits;
  } else {
    const auto stamp = sim::parse_timestamp(fields[1]);
    if (!stamp) return rejected(sim::RejectReason::unreadable_time);
    __extension__ __int128 start = stamp->time.time_since_epoch().count();
    for (std::size_t i = 5; i < 8; ++i) {
      const std::int64_t part = nanoseconds_of(fields[i]);
      if (part < 0) return rejected(sim::RejectReason::unreadable_time);
      start -= part;
    }
    if (start < INT64_MIN) return rejected(sim::RejectReason::unreadable_time);
    row.nanoseconds = static_cast<std::int64_t>(start);
    std::int64_t fraction = row.nanoseconds % 1'000'000'000;
    if (fraction < 0) fraction += 1'000'000'000;
    std::string digits = std::to_string(1'000'000'000 + fraction).substr(1);
    while (!digits.empty() && digits.back() == '0') digits.pop_back();
    row.digits = static_cast<int>(digits.size());
  }
  read_request(fields[12], row);
  if (!row.host) row.host = present(fields[18]);
  row.service = second_part(present(fields[16]) ? fields[16] : fields[2]);
  if (fields[17].find('=') != std::string::npos) row.trace_header = present(fields[17]);
  if (all_of(fields[8], "0123456789") && fields[8].size() == 3 && fields[8][0] != '0') {
    row.status = std::stoi(fields[8]);
  }
  return row;
}

}  // namespace dosimeter::oracle
