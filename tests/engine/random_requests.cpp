#include "tests/engine/random_requests.h"

#include <algorithm>
#include <string_view>

namespace dosimeter::test {
namespace {

/// Around the sizes of words, lines, blocks and of the scratch.
constexpr std::array<std::size_t, 34> kLengths = {
    7,  8,  9,  15, 16, 17, 23, 24,  31,  32,  33,  39,  40,  47,   48,   62,   63,
    64, 65, 66, 94, 95, 96, 97, 127, 128, 129, 255, 256, 257, 1023, 1024, 1025, 4094};
constexpr std::array<std::size_t, 6> kGreatLengths = {4095, 4096, 4097, 4098, 8192, 20'000};

std::string in_quotes(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  constexpr std::size_t kEnd = 80;
  std::string shown = "\"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.size() > 3 * kEnd && i == kEnd) {
      shown += "\" ... " + std::to_string(text.size()) + " bytes ... \"";
      i = text.size() - kEnd;
    }
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 || byte >= 0x7F) {
      shown += "\\x";
      shown += kDigits[byte / 16];
      shown += kDigits[byte % 16];
    } else {
      shown += text[i];
    }
  }
  return shown + "\"";
}

}  // namespace

RequestView::RequestView(const OwnedRequest& owned) {
  for (const auto& [key, value, type] : owned.attributes) attributes_.push_back({key, value, type});
  const auto view = [&](Field field) -> FieldText {
    const auto& text = owned.fields[static_cast<std::size_t>(field)];
    return text ? FieldText(*text) : std::nullopt;
  };
  request_ = {.service_name = view(Field::service_name),
              .service_type = view(Field::service_type),
              .host = view(Field::host),
              .http_method = view(Field::http_method),
              .url_path = view(Field::url_path),
              .resource_arn = view(Field::resource_arn),
              .attributes = attributes_,
              .upstream = owned.upstream};
}

std::string described(const Request& request) {
  std::string shown = "request";
  for (const Field field : kFields) {
    const FieldText& text = request.field(field);
    if (text) shown.append(" ").append(field_name(field)).append("=").append(in_quotes(*text));
  }
  for (const Attribute& attribute : request.attributes) {
    shown.append(" [")
        .append(in_quotes(attribute.key))
        .append("]=")
        .append(in_quotes(attribute.value));
    if (attribute.type == AttributeType::other) shown += " (no text)";
  }
  return shown;
}

std::string described(const RuleSpec& rule) {
  std::string shown = rule.name + " priority " + std::to_string(rule.priority);
  const std::string* const patterns[] = {&rule.service_name, &rule.service_type,
                                         &rule.host,         &rule.http_method,
                                         &rule.url_path,     &rule.resource_arn};
  for (const Field field : kFields) {
    const std::string& pattern = *patterns[static_cast<std::size_t>(field)];
    if (pattern != "*")
      shown.append(" ").append(field_name(field)).append("=").append(in_quotes(pattern));
  }
  for (const RuleAttribute& asked : rule.attributes) {
    shown.append(" [").append(in_quotes(asked.key)).append("]=").append(in_quotes(asked.pattern));
  }
  if (rule.lacks_attributes) shown += " lacks attributes";
  if (rule.lacks_service_type) shown += " lacks service type";
  return shown;
}

std::string RandomRequests::filled(const std::string& pattern) {
  std::string text;
  for (const char c : pattern) {
    if (c == '*') {
      text += patterns_.run();
    } else if (c == '?') {
      text += patterns_.character();
    } else {
      text += c;
    }
  }
  return text;
}

/// One change of a few bytes, where a pattern may still match or just not.
std::string RandomRequests::near_miss(std::string text) {
  const std::size_t at = random_.below(text.size() + 1);
  switch (random_.below(8)) {
    case 0:
      if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << random_.below(7)));
      return text;
    case 1:
      return text.substr(0, at);
    case 2:
      return text.substr(at);
    case 3: {
      // Out of the middle, so that a head and a tail overlap.
      const std::size_t most = text.size() - at;
      return text.erase(at, random_.below(most + 1));
    }
    case 4:
      return text.insert(at, patterns_.character());
    case 5:
      return text += patterns_.character();
    case 6:
      return text.insert(0, patterns_.character());
    default:
      return text += text.substr(at);
  }
}

/// Longer by a middle that patterns with a `*` do not mind, or shorter.
std::string RandomRequests::of_length(std::string text) {
  const std::size_t length = random_.chance(0.9)   ? kLengths[random_.below(24)]
                             : random_.chance(0.8) ? kLengths[random_.below(kLengths.size())]
                                                   : kGreatLengths[random_.below(6)];
  const std::size_t allowed = std::min(length, longest_);
  if (text.size() > allowed) {
    text.resize(allowed);
  } else {
    const std::size_t middle = random_.below(text.size() + 1);
    const char filler = random_.chance(0.5) ? 'a' : 'z';
    text.insert(middle, allowed - text.size(), filler);
  }
  return text;
}

std::optional<std::string> RandomRequests::changed(std::string text) {
  switch (random_.below(10)) {
    case 0:
      return std::nullopt;
    case 1:
      return "";
    case 2:
      return "-";
    case 3:
      return patterns_.text();
    case 4:
    case 5:
      return patterns_.upper_or_lower(std::move(text));
    case 6:
      return of_length(std::move(text));
    default:
      return near_miss(std::move(text));
  }
}

OwnedRequest RandomRequests::aimed_at(const RuleSpec& rule) {
  OwnedRequest made;
  const std::string* const patterns[] = {&rule.service_name, &rule.service_type,
                                         &rule.host,         &rule.http_method,
                                         &rule.url_path,     &rule.resource_arn};
  // In half of the requests nothing is changed, in most others one field.
  const double change = random_.chance(0.5) ? 0.0 : random_.chance(0.7) ? 0.15 : 0.6;
  for (std::size_t i = 0; i < kFieldCount; ++i) {
    std::string text = filled(*patterns[i]);
    if (text.size() > longest_) text.resize(longest_);
    made.fields[i] = std::move(text);
    if (random_.chance(change)) made.fields[i] = changed(*std::move(made.fields[i]));
    if (random_.chance(0.03)) made.fields[i].reset();
  }
  // ResourceARN `*` is met by its absence, too.
  if (random_.chance(0.4)) made.field(Field::resource_arn).reset();
  if (random_.chance(0.05)) made.field(Field::host) = made.field(Field::service_name);
  if (random_.chance(0.02)) made.fields = {};
  for (const RuleAttribute& asked : rule.attributes) {
    if (random_.chance(change)) continue;
    std::string value = filled(asked.pattern);
    if (random_.chance(change)) value = changed(std::move(value)).value_or("42");
    made.attributes.push_back({asked.key, std::move(value), AttributeType::text});
  }
  if (random_.chance(0.2)) made.attributes.push_back({"k", "42", AttributeType::other});
  if (random_.chance(0.1)) {
    made.attributes.insert(made.attributes.begin(), {"l", "", AttributeType::text});
  }
  return made;
}

}  // namespace dosimeter::test
