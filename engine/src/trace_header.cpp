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
  /// Whether the value has any text, blanks included.
  bool has_text;
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
    const std::string_view part = text.substr(0, end);
    const std::string_view whole = trims ? trimmed(part) : part;
    if (const std::size_t equals = part.find('='); equals != std::string_view::npos) {
      const std::string_view key = part.substr(0, equals);
      std::string_view value = part.substr(equals + 1);
      if (choices.part_value == PartValue::to_next_equals) value = value.substr(0, value.find('='));
      visit(
          Part{whole, trims ? trimmed(key) : key, trims ? trimmed(value) : value, !value.empty()});
    } else if (!whole.empty()) {
      visit(Part{whole, {}, {}, false});
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

/// `Sampled` as a number that may have anything behind it.
SampledFlag flag_of_number(std::string_view value) noexcept {
  if (value.empty()) return SampledFlag::absent;
  const std::string_view digits = value.substr(0, value.find_first_not_of("0123456789"));
  const bool is_zero = digits.find_first_not_of('0') == std::string_view::npos;
  return is_zero ? SampledFlag::not_sampled : SampledFlag::sampled;
}

SampledFlag sampled_flag(const FieldText& value, const TextChoices& choices) noexcept {
  if (!value) {
    return choices.missing_sampled == MissingSampled::not_sampled ? SampledFlag::not_sampled
                                                                  : SampledFlag::absent;
  }
  if (*value == "1") return SampledFlag::sampled;
  if (*value == "0") return SampledFlag::not_sampled;
  switch (choices.unclear_sampled) {
    case UnclearSampled::not_sampled:
      return SampledFlag::not_sampled;
    case UnclearSampled::as_a_number:
      return flag_of_number(*value);
    case UnclearSampled::undecided:
      break;
  }
  return *value == "?" ? SampledFlag::requested : SampledFlag::absent;
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

/// Whether `text` is of the shape, where an x stands for a hexadecimal digit.
bool has_shape(std::string_view text, std::string_view shape) noexcept {
  const auto fits = [](char byte, char wanted) {
    if (wanted != 'x') return byte == wanted;
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f') ||
           (byte >= 'A' && byte <= 'F');
  };
  return std::equal(text.begin(), text.end(), shape.begin(), shape.end(), fits);
}

bool is_trace_id(std::string_view text) noexcept {
  return has_shape(text, "1-xxxxxxxx-xxxxxxxxxxxxxxxxxxxxxxxx");
}

bool is_segment_id(std::string_view text) noexcept {
  return has_shape(text, "xxxxxxxxxxxxxxxx");
}

/// The parts every recorder knows, as views; the rest goes to `other`.
struct KnownParts {
  FieldText root;
  FieldText parent;
  FieldText sampled;
};

/// Whether a part counts in place of one that stands before it.
bool replaces(const Part& part, RepeatedPart repeated_part) noexcept {
  switch (repeated_part) {
    case RepeatedPart::first:
      return false;
    case RepeatedPart::last:
      return true;
    case RepeatedPart::last_with_text:
      break;
  }
  // Blanks are text, though they are dropped.
  return part.has_text;
}

template <typename Other>
KnownParts read_parts(std::string_view text, const TextChoices& choices, Other other) {
  KnownParts known;
  for_each_part(text, choices, [&](const Part& part) {
    const auto keep = [&](std::string_view name, FieldText& slot) {
      if (!is_key(part.key, name, choices.header_keys)) return false;
      if (!slot || replaces(part, choices.repeated_part)) slot = part.value;
      return true;
    };
    const bool is_known =
        keep("Root", known.root) || keep("Parent", known.parent) || keep("Sampled", known.sampled);
    if (!is_known) other(part);
  });
  return known;
}

/// Whether the header may decide, as far as its validity goes.
bool is_valid(std::string_view header, const KnownParts& known,
              const TextChoices& choices) noexcept {
  if (choices.header_parts == HeaderParts::every_part_needs_a_value &&
      !every_part_has_a_value(header)) {
    return false;
  }
  const bool has_root = is_trace_id(known.root.value_or(std::string_view{}));
  switch (choices.header_validity) {
    case HeaderValidity::valid_root_needed:
      return has_root;
    case HeaderValidity::valid_root_and_parent_needed:
      return has_root && is_segment_id(known.parent.value_or(std::string_view{}));
    case HeaderValidity::no_header:
      return false;
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
  header.sampled = sampled_flag(known.sampled, choices);
  // One that means nothing is kept like any other part that is not understood.
  if (known.sampled && header.sampled == SampledFlag::absent) {
    header.others.push_back("Sampled=" + std::string(*known.sampled));
  }
  if (!is_valid(text, known, choices)) header.sampled = SampledFlag::absent;
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
  if (!is_valid(header, known, choices)) return UpstreamDecision::none;
  switch (sampled_flag(known.sampled, choices)) {
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
