#include <dosimeter/trace_header.h>

#include "engine/src/characters.h"

#include <algorithm>

namespace dosimeter {
namespace {

struct Part {
  std::string_view whole;
  /// Before the first `=`; empty where there is none.
  std::string_view key;
  std::string_view value;
};

std::string_view trimmed(std::string_view text) noexcept {
  constexpr std::string_view kBlanks = " \t";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) + 1 - first);
}

/// Calls `visit` with every part between semicolons that is not blank.
template <typename Visit>
void for_each_part(std::string_view text, const TextChoices& choices, Visit visit) {
  const bool trims = choices.header_blanks == HeaderBlanks::trimmed;
  text = trimmed(text);
  for (;;) {
    const std::size_t end = text.find(';');
    std::string_view part = text.substr(0, end);
    if (trims) part = trimmed(part);
    if (const std::size_t equals = part.find('='); equals != std::string_view::npos) {
      const std::string_view key = part.substr(0, equals);
      const std::string_view value = part.substr(equals + 1);
      visit(Part{part, trims ? trimmed(key) : key, trims ? trimmed(value) : value});
    } else if (!part.empty()) {
      visit(Part{part, {}, {}});
    }
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

bool is_key(std::string_view key, std::string_view expected, HeaderKeys keys) noexcept {
  if (keys == HeaderKeys::exact_case) return key == expected;
  return std::equal(key.begin(), key.end(), expected.begin(), expected.end(),
                    [](char a, char b) { return detail::fold_ascii(a) == detail::fold_ascii(b); });
}

SampledFlag sampled_flag(std::string_view value, UnclearSampled unclear) noexcept {
  if (value == "1") return SampledFlag::sampled;
  if (value == "0") return SampledFlag::not_sampled;
  if (unclear == UnclearSampled::not_sampled) return SampledFlag::not_sampled;
  return value == "?" ? SampledFlag::requested : SampledFlag::absent;
}

/// Whether no part is empty or without `=`. (`Self`, which load balancers add, may be.)
bool every_part_has_a_value(std::string_view header) noexcept {
  for (std::string_view rest = trimmed(header);;) {
    const std::size_t end = rest.find(';');
    const std::string_view part = rest.substr(0, end);
    if (part != "Self" && part.find('=') == std::string_view::npos) return false;
    if (end == std::string_view::npos) return true;
    rest.remove_prefix(end + 1);
  }
}

bool is_trace_id(std::string_view text) noexcept {
  constexpr std::string_view kShape = "1-xxxxxxxx-xxxxxxxxxxxxxxxxxxxxxxxx";
  const auto fits = [](char byte, char shape) {
    if (shape != 'x') return byte == shape;
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f') ||
           (byte >= 'A' && byte <= 'F');
  };
  return std::equal(text.begin(), text.end(), kShape.begin(), kShape.end(), fits);
}

/// The parts every recorder knows, as views; the rest goes to `other`.
struct KnownParts {
  FieldText root;
  FieldText parent;
  FieldText sampled;
};

template <typename Other>
KnownParts read_parts(std::string_view text, const TextChoices& choices, Other other) {
  KnownParts known;
  for_each_part(text, choices, [&](const Part& part) {
    const auto keep = [&](std::string_view name, FieldText& slot) {
      if (!is_key(part.key, name, choices.header_keys)) return false;
      if (!slot) slot = part.value;
      return true;
    };
    const bool is_known =
        keep("Root", known.root) || keep("Parent", known.parent) || keep("Sampled", known.sampled);
    if (!is_known) other(part);
  });
  return known;
}

/// Whether the header may decide, as far as its validity goes.
bool is_valid(std::string_view header, const FieldText& root, HeaderValidity validity) noexcept {
  switch (validity) {
    case HeaderValidity::valid_root_needed:
      return is_trace_id(root.value_or(std::string_view{}));
    case HeaderValidity::every_part_needs_a_value:
      return every_part_has_a_value(header);
    case HeaderValidity::any_header:
      break;
  }
  return true;
}

}  // namespace

TraceHeader TraceHeader::parse(std::string_view text, const TextChoices& choices) {
  TraceHeader header;
  const KnownParts known =
      read_parts(text, choices, [&](const Part& part) { header.others.emplace_back(part.whole); });
  header.root = known.root.value_or(std::string_view{});
  header.parent = known.parent.value_or(std::string_view{});
  if (known.sampled) {
    header.sampled = sampled_flag(*known.sampled, choices.unclear_sampled);
    // One that means nothing is kept like any other part that is not understood.
    if (header.sampled == SampledFlag::absent) {
      header.others.push_back("Sampled=" + std::string(*known.sampled));
    }
  }
  if (!is_valid(text, known.root, choices.header_validity)) header.sampled = SampledFlag::absent;
  return header;
}

std::string TraceHeader::to_string() const {
  std::string text;
  const auto append = [&](std::string_view before, std::string_view part) {
    if (!text.empty()) text += ';';
    text.append(before).append(part);
  };
  if (!root.empty()) append("Root=", root);
  if (!parent.empty()) append("Parent=", parent);
  switch (sampled) {
    case SampledFlag::absent:
      break;
    case SampledFlag::requested:
      append("Sampled=", "?");
      break;
    case SampledFlag::sampled:
      append("Sampled=", "1");
      break;
    case SampledFlag::not_sampled:
      append("Sampled=", "0");
      break;
  }
  for (const std::string& part : others) append("", part);
  return text;
}

bool TraceHeader::has_valid_root() const noexcept {
  return is_trace_id(root);
}

UpstreamDecision upstream_decision(std::string_view header, const TextChoices& choices) noexcept {
  const KnownParts known = read_parts(header, choices, [](const Part&) {});
  if (!known.sampled) return UpstreamDecision::none;
  if (!is_valid(header, known.root, choices.header_validity)) return UpstreamDecision::none;
  switch (sampled_flag(*known.sampled, choices.unclear_sampled)) {
    case SampledFlag::sampled:
      return UpstreamDecision::sampled;
    case SampledFlag::not_sampled:
      return UpstreamDecision::not_sampled;
    case SampledFlag::absent:
    case SampledFlag::requested:
      break;
  }
  return UpstreamDecision::none;
}

}  // namespace dosimeter
