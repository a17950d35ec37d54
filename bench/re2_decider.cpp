#include "bench/re2_decider.h"

#include "bench/glob.h"

#include <algorithm>
#include <array>
#include <map>

namespace dosimeter::bench {
namespace {

std::string folded(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return lower;
}

bool passes(const std::string& pattern, std::string_view text) {
  return pattern.empty() || glob_matches(pattern, text);
}

}  // namespace

std::string as_regular_expression(std::string_view pattern) {
  std::string expression;
  for (const char c : pattern) {
    expression += c == '*' ? ".*" : c == '?' ? "." : RE2::QuoteMeta(std::string(1, c));
  }
  return expression;
}

RE2::Options re2_options() {
  RE2::Options options;
  options.set_case_sensitive(false);
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_dot_nl(true);
  options.set_never_capture(true);
  options.set_log_errors(false);
  options.set_max_mem(std::int64_t{512} << 20);
  return options;
}

Re2Decider::Re2Decider(std::span<const Rule> rules)
    : paths_(re2_options(), RE2::ANCHOR_BOTH), outcome_(rules) {
  std::map<std::string, std::size_t> known;
  for (const Rule& rule : rules) {
    const auto rest = [&](Field field) {
      return rule.pattern(field) == "*" ? std::string() : folded(rule.pattern(field));
    };
    const auto index = static_cast<RuleIndex>(rests_.size());
    rests_.push_back({rest(Field::service_name), rest(Field::host), rest(Field::http_method)});
    const std::string& path = rule.pattern(Field::url_path);
    if (path == "*") {
      with_any_path_.push_back(index);
      continue;
    }
    const auto [place, is_new] = known.try_emplace(folded(path), with_path_.size());
    if (is_new) {
      paths_.Add(as_regular_expression(path), nullptr);
      with_path_.emplace_back();
    }
    with_path_[place->second].push_back(index);
  }
  if (!paths_.Compile()) gave_up_ = true;
}

std::optional<RuleIndex> Re2Decider::match(const Request& request) {
  folded_.clear();
  for (const FieldText* text : {&request.service_name, &request.host, &request.http_method}) {
    for (const char c : text->value_or("")) {
      folded_ += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    }
  }
  const std::string_view all = folded_;
  const std::size_t service = request.service_name.value_or("").size();
  const std::size_t host = request.host.value_or("").size();
  const std::array<std::string_view, 3> texts = {all.substr(0, service), all.substr(service, host),
                                                 all.substr(service + host)};

  auto best = static_cast<RuleIndex>(rests_.size() - 1);
  const auto look_among = [&](const std::vector<RuleIndex>& rules) {
    for (const RuleIndex rule : rules) {
      if (rule >= best) return;
      const Rest& rest = rests_[rule];
      if (passes(rest.service_name, texts[0]) && passes(rest.http_method, texts[2]) &&
          passes(rest.host, texts[1])) {
        best = rule;
        return;
      }
    }
  };
  found_.clear();
  RE2::Set::ErrorInfo error{RE2::Set::kNoError};
  const std::string_view path = *request.url_path;
  if (!with_path_.empty() &&
      !paths_.Match(re2::StringPiece(path.data(), path.size()), &found_, &error) &&
      error.kind != RE2::Set::kNoError) {
    return std::nullopt;
  }
  for (const int number : found_) look_among(with_path_[static_cast<std::size_t>(number)]);
  look_among(with_any_path_);
  return best;
}

}  // namespace dosimeter::bench
