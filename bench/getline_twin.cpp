#include "bench/getline_twin.h"

#include <time.h>

#include <cstdint>
#include <fstream>
#include <random>
#include <string>
#include <string_view>

namespace dosimeter::bench {
namespace {

/// The columns of `write_log`.
enum Column : std::size_t { kTime, kService, kMethod, kHost, kPath, kColumns = 7 };

/// Takes quotes off, and minds commas within them.
void split(const std::string& line, std::vector<std::string>& fields) {
  fields.clear();
  if (line.find('"') == line.npos) {
    std::size_t begin = 0;
    for (std::size_t end = 0; end != line.npos; begin = end + 1) {
      end = line.find(',', begin);
      fields.push_back(line.substr(begin, end == line.npos ? end : end - begin));
    }
    return;
  }
  bool quoted = false;
  fields.emplace_back();
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
}

char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Character by character, whatever the case, going back to the last `*`.
bool matches(std::string_view pattern, std::string_view text) noexcept {
  if (pattern == "*") return true;
  constexpr std::size_t kNone = std::string_view::npos;
  std::size_t p = 0;
  std::size_t star = kNone;
  std::size_t resume = 0;
  for (std::size_t t = 0; t < text.size();) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || lower(pattern[p]) == lower(text[t]))) {
      ++p;
      ++t;
    } else if (star != kNone) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

/// A field that is empty is not asked for.
bool agrees(const std::string& pattern, std::string_view text) noexcept {
  return text.empty() || matches(pattern, text);
}

/// 0 where it is no stamp.
std::time_t second_of(const std::string& stamp) {
  std::tm parts{};
  if (::strptime(stamp.c_str(), "%Y-%m-%dT%H:%M:%S", &parts) == nullptr) return 0;
  return ::timegm(&parts);
}

/// As the rules of `rules_document` have it: five a second, then a tenth.
class Sampler {
 public:
  bool samples(std::time_t now) {
    if (now != second_) {
      second_ = now;
      used_ = 0;
    }
    if (used_ < 5) {
      ++used_;
      return true;
    }
    return draw_(random_) < 0.1;
  }

 private:
  std::time_t second_ = 0;
  int used_ = 0;
  std::mt19937_64 random_;
  std::uniform_real_distribution<double> draw_{0, 1};
};

}  // namespace

std::vector<GetlineCount> count_by_getline(const std::string& path, const Scenario& scenario) {
  const RuleSet compiled_rules = compiled(scenario.rules);
  const std::vector<Rule> rules(compiled_rules.rules().begin(), compiled_rules.rules().end());
  std::vector<GetlineCount> counts(rules.size());
  std::vector<Sampler> samplers(rules.size());
  std::ifstream log(path);
  std::string line;
  std::getline(log, line);
  std::vector<std::string> fields;
  while (std::getline(log, line)) {
    split(line, fields);
    if (fields.size() != kColumns) continue;
    const std::string_view target =
        std::string_view(fields[kPath]).substr(0, fields[kPath].find('?'));
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const Rule& rule = rules[i];
      if (agrees(rule.pattern(Field::service_name), fields[kService]) &&
          agrees(rule.pattern(Field::host), fields[kHost]) &&
          agrees(rule.pattern(Field::http_method), fields[kMethod]) &&
          agrees(rule.pattern(Field::url_path), target)) {
        ++counts[i].matched;
        if (samplers[i].samples(second_of(fields[kTime]))) ++counts[i].recorded;
        break;
      }
    }
  }
  return counts;
}

}  // namespace dosimeter::bench
