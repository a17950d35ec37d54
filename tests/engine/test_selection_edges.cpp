#include "tests/engine/selection_check.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <algorithm>
#include <utility>

using namespace dosimeter;
using namespace dosimeter::test;

/// RuleSet::match at the ends of words, blocks, buffers and lists.
namespace {

constexpr std::size_t kSizes[] = {1, 2, 3, 16, 17, 33, 64, 65, 128, 256, 257, 300};

/// Around what six, three, two or one of fill the scratch with.
constexpr std::size_t kLongLengths[] = {500,  682,  683,  1000, 1365, 1366, 2047,  2048,
                                        2049, 4094, 4095, 4096, 4097, 8192, 20'000};

const RecorderKind kDocumented = {&kDocumentedRecorder, RuleKind::central};

RecorderKind central(const char* name) {
  return {find_recorder(name), RuleKind::central};
}

/// So many bytes that do not repeat soon. ASCII.
std::string bytes(std::size_t length) {
  std::string made;
  for (std::size_t i = 0; i < length; ++i) {
    made += static_cast<char>('a' + (i * i + i / 7) % 26);
  }
  return made;
}

/// A pattern of its own for each number, and a text that it alone matches. Of five shapes.
std::pair<std::string, std::string> own_pattern(std::size_t shape, std::size_t number) {
  const std::string own = numbered('u', number);
  switch (shape) {
    case 0:
      return {"/" + own + "/x", "/" + own + "/x"};
    case 1:
      return {"/" + own + "/*", "/" + own + "/x/y"};
    case 2:
      return {"*." + own, "x.y." + own};
    case 3:
      return {"*/" + own + "/*", "/x/" + own + "/y"};
    default:
      return {"/x*/" + own + "?z*y", "/x/x/" + own + "-z/y"};
  }
}

}  // namespace

TEST_CASE("selection: a rule is found at every place of a set") {
  MatchScratch scratch;
  for (const RecorderKind& recorder : {kDocumented, central("otel-dotnet")}) {
    for (const std::size_t size : kSizes) {
      for (std::size_t shape = 0; shape <= 5; ++shape) {
        const auto shape_of = [&](std::size_t i) { return shape == 5 ? i % 5 : shape; };
        const Field field = kFields[(size + shape) % 5];
        std::vector<RuleSpec> specs;
        for (std::size_t i = 0; i < size; ++i) {
          specs.push_back(numbered_rule(i));
          pattern_of(specs.back(), field) = own_pattern(shape_of(i), i).first;
        }
        const RuleSet rules = compiled(specs, recorder).value();
        for (std::size_t i = 0; i <= size; ++i) {
          OwnedRequest request;
          request.field(field) = own_pattern(shape_of(i), i).second;
          const RequestView view(request);
          const RuleIndex got = rules.match(view.request(), scratch);
          if (got != i) {
            FAIL(recorder.name() << ", " << size << " rules, " << described(view.request())
                                 << ": expected " << i << ", got " << got);
          }
        }
      }
    }
  }
}

TEST_CASE("selection: a rule is found at every place of a great set") {
  constexpr std::size_t kSize = 5'000;
  std::vector<RuleSpec> specs;
  for (std::size_t i = 0; i < kSize; ++i) {
    specs.push_back(numbered_rule(i));
    pattern_of(specs.back(), i % 3 == 0 ? Field::host : Field::url_path) =
        own_pattern(i % 5, i).first;
  }
  const RuleSet rules = compiled(specs, kDocumented).value();
  MatchScratch scratch;
  for (std::size_t i = 0; i <= kSize; ++i) {
    const bool at_end = i % 256 == 255 || i % 256 == 0 || i + 2 > kSize;
    if (!at_end && i % 7 != 0) continue;
    const std::string text = own_pattern(i % 5, i).second;
    const Request request = i % 3 == 0 ? Request{.host = text, .url_path = "/none"}
                                       : Request{.host = "none", .url_path = text};
    const RuleIndex got = rules.match(request, scratch);
    if (got != i) FAIL(described(request) << ": expected " << i << ", got " << got);
  }
}

TEST_CASE("selection: of patterns that hold one another the first in order") {
  Random random;
  INFO("seed " << Random::default_seed());
  MatchScratch scratch;
  for (const std::size_t size : kSizes) {
    for (std::size_t shape = 0; shape < 4; ++shape) {
      // A text of so many letters matches the patterns of no more; those stand anywhere.
      std::vector<std::size_t> place(size);
      for (std::size_t i = 0; i < size; ++i) place[i] = i;
      const bool longest_first = random.chance(0.5);
      for (std::size_t i = size; i > 1; --i) {
        if (longest_first) break;
        std::swap(place[i - 1], place[random.below(i)]);
      }
      if (longest_first) std::reverse(place.begin(), place.end());
      std::vector<RuleSpec> specs(size);
      for (std::size_t length = 0; length < size; ++length) {
        RuleSpec& spec = specs[place[length]];
        spec = numbered_rule(place[length]);
        const std::string run(length, 'a');
        spec.url_path = shape == 0   ? "/" + run + "*"
                        : shape == 1 ? "*" + run + "/"
                        : shape == 2 ? "/*" + run + "*/"
                                     : std::string(length, '?') + "*";
      }
      const RuleSet rules = compiled(specs, kDocumented).value();
      std::size_t first = size;
      for (std::size_t length = 0; length < size + 2; ++length) {
        if (length < size) first = std::min(first, place[length]);
        if (length > 70 && length % 7 > 1 && length < size) continue;
        const std::string run(length, 'A');
        const std::string path = shape == 0   ? "/" + run
                                 : shape == 1 ? run + "/"
                                 : shape == 2 ? "/b" + run + "b/"
                                              : run;
        // The empty one stands for an absent one.
        const std::size_t wanted = path.empty() ? 0 : first;
        const RuleIndex got = rules.match({.url_path = path}, scratch);
        if (got != wanted) {
          FAIL(size << " rules, shape " << shape << ", length " << length << ": expected " << wanted
                    << ", got " << got);
        }
      }
    }
  }
}

TEST_CASE("selection: patterns and texts of every length, equal, longer, shorter, one byte off") {
  std::vector<std::size_t> lengths;
  for (std::size_t length = 1; length <= 70; ++length) lengths.push_back(length);
  lengths.insert(lengths.end(), {94, 95, 96, 97, 126, 127, 128, 129, 255, 256, 257, 511, 512, 513,
                                 1023, 1024, 1025, 4095});
  MatchScratch scratch;
  for (const RecorderKind& recorder : {kDocumented, central("otel-java")}) {
    for (std::size_t set = 0; set < 12; ++set) {
      const std::size_t shape = set % 4;
      const Field field = kFields[set % 5];
      std::vector<std::size_t> of_set;
      for (std::size_t i = set / 4; i < lengths.size(); i += 3) of_set.push_back(lengths[i]);
      std::vector<RuleSpec> specs;
      for (const std::size_t length : of_set) {
        specs.push_back(numbered_rule(length));
        std::string& pattern = pattern_of(specs.back(), field);
        pattern = bytes(length);
        if (shape == 0 && length > 1) pattern[length / 2] = 'X';
        if (shape == 1) pattern += "*";
        if (shape == 2) pattern.insert(0, "*");
        if (shape == 3) pattern.insert(length / 2, "*");
        // Longer ones first, or nothing but the first is ever found.
        if (shape == 1) specs.back().priority = 10'000 - static_cast<std::int64_t>(length);
      }
      CheckedRules rules(specs, recorder);
      const auto check = [&](std::string text) {
        OwnedRequest request;
        request.field(Field::host) = "h";
        request.field(field) = std::move(text);
        const RequestView view(request);
        rules.check(view.request(), scratch);
      };
      for (std::size_t i = 0; i < of_set.size(); ++i) {
        const std::size_t length = of_set[i];
        std::string text = pattern_of(specs[i], field);
        text.erase(std::remove(text.begin(), text.end(), '*'), text.end());
        check(text);
        check(text + "x");
        check("x" + text);
        check(text.substr(0, length - 1));
        check(text.substr(1));
        std::string upper = text;
        for (char& c : upper) c = static_cast<char>(c & ~0x20);
        check(upper);
        const std::size_t places[] = {0, 7, 8, 15, 16, 31, length / 2, length - 1};
        for (const std::size_t at : places) {
          if (at >= length) continue;
          std::string other = text;
          other[at] = '#';
          check(other);
        }
      }
    }
  }
}

TEST_CASE("selection: texts longer than any buffer, alone and in several fields") {
  const std::string patterns[] = {"*",       "/a*/end", "*b",      "/aaaa*", "*x*y*",
                                  "/A*aa?b", "*/end",   "nothing", "*aa",    "?*b?"};
  MatchScratch scratch;
  Random random;
  INFO("seed " << Random::default_seed());
  for (const RecorderKind& recorder : recorder_kinds()) {
    for (const std::size_t size : {std::size_t{3}, std::size_t{300}}) {
      std::vector<RuleSpec> specs;
      for (std::size_t i = 0; i < size; ++i) {
        specs.push_back(numbered_rule(i));
        specs.back().host = patterns[random.below(10)];
        specs.back().http_method = patterns[random.below(10)];
        specs.back().url_path = patterns[1 + random.below(9)];
        if (recorder.kind == RuleKind::local) continue;
        if (random.chance(0.3)) specs.back().service_name = patterns[random.below(10)];
        if (random.chance(0.1)) specs.back().attributes = {{"k", patterns[random.below(10)]}};
      }
      CheckedRules rules(specs, recorder);
      const auto text = [&](std::size_t length) {
        constexpr const char* kHeads[] = {"/", "/a", "", "/x"};
        constexpr const char* kTails[] = {"/end", "b", "aab", "bb", "y", "\xC3\xA9"};
        const std::string head = kHeads[random.below(4)];
        const std::string tail = kTails[random.below(6)];
        const std::size_t around = std::min(length, head.size() + tail.size());
        return head + std::string(length - around, random.chance(0.5) ? 'a' : 'A') + tail;
      };
      for (const std::size_t length : kLongLengths) {
        if (size > 3 && !random.chance(0.1)) continue;
        OwnedRequest request;
        request.field(Field::host) = text(random.chance(0.5) ? length : 5);
        request.field(Field::http_method) = text(random.chance(0.5) ? length / 2 : 5);
        request.field(Field::url_path) = text(length);
        request.field(Field::service_name) = text(random.chance(0.3) ? length : 5);
        request.attributes.push_back({"k", text(length), AttributeType::text});
        const RequestView view(request);
        rules.check(view.request(), scratch);
      }
    }
  }
}
