#include <dosimeter/segment_naming.h>
#include <dosimeter/trace_header.h>

#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <tuple>

using namespace dosimeter;

namespace {

constexpr const char* kRoot = "1-5759e988-bd862e3fe1be46a994272793";

std::string rooted(std::string rest) {
  return "Root=" + std::string(kRoot) + rest;
}

}  // namespace

TEST_CASE("trace header: the documented form is read and written") {
  const std::string text = rooted(";Parent=53995c3f42cd8ad8;Sampled=1");
  const TraceHeader header = TraceHeader::parse(text);
  CHECK(header.root == kRoot);
  CHECK(header.has_valid_root());
  CHECK(header.parent == "53995c3f42cd8ad8");
  CHECK(header.sampled == SampledFlag::sampled);
  CHECK(header.others.empty());
  CHECK(header.to_string() == text);
}

TEST_CASE("trace header: what each Sampled means") {
  const std::pair<const char*, UpstreamDecision> cases[] = {
      {";Sampled=1", UpstreamDecision::sampled},
      {";Sampled=0", UpstreamDecision::not_sampled},
      {";Sampled=?", UpstreamDecision::none},
      {"", UpstreamDecision::none},
      {";Sampled=", UpstreamDecision::none},
      {";Sampled=true", UpstreamDecision::none},
      {";Sampled=01", UpstreamDecision::none},
      {"; sampled = 1 ", UpstreamDecision::sampled},
      {";Sampled=0;Sampled=1", UpstreamDecision::not_sampled}};
  for (const auto& [rest, decision] : cases) {
    CAPTURE(rest);
    CHECK(upstream_decision(rooted(rest)) == decision);
  }
  CHECK(TraceHeader::parse(rooted(";Sampled=?")).sampled == SampledFlag::requested);
  CHECK(TraceHeader::parse(rooted(";Sampled=?")).to_string() == rooted(";Sampled=?"));
  const TraceHeader unclear = TraceHeader::parse(rooted(";Sampled=maybe"));
  CHECK(unclear.sampled == SampledFlag::absent);
  CHECK(unclear.to_string() == rooted(";Sampled=maybe"));
}

TEST_CASE("trace header: parts that are not known are kept as they stand") {
  const TraceHeader header = TraceHeader::parse("Self=1-67891234-12456789abcdef012345678;" +
                                                rooted(";Lineage=a:1=2; flag ;;empty="));
  CHECK(header.others == std::vector<std::string>{"Self=1-67891234-12456789abcdef012345678",
                                                  "Lineage=a:1=2", "flag", "empty="});
  CHECK(header.to_string() ==
        rooted(";Self=1-67891234-12456789abcdef012345678;Lineage=a:1=2;flag;empty="));
  CHECK(TraceHeader::parse(header.to_string()) == header);
}

TEST_CASE("trace header: which roots are trace ids") {
  CHECK(TraceHeader::parse(rooted("")).has_valid_root());
  for (const char* root :
       {"", "1-5759e988", "2-5759e988-bd862e3fe1be46a994272793",
        "1-5759e98g-bd862e3fe1be46a994272793", "1-5759e988-bd862e3fe1be46a9942727930",
        "1_5759e988-bd862e3fe1be46a994272793"}) {
    CAPTURE(root);
    TraceHeader header;
    header.root = root;
    CHECK_FALSE(header.has_valid_root());
  }
}

TEST_CASE("trace header: every choice of reading changes what is decided") {
  const auto with = [](auto change) {
    TextChoices choices;
    change(choices);
    return choices;
  };
  const std::string spaced = rooted("; Sampled=1");
  CHECK(upstream_decision(spaced) == UpstreamDecision::sampled);
  CHECK(upstream_decision(spaced, with([](TextChoices& c) {
                            c.header_blanks = HeaderBlanks::significant;
                          })) == UpstreamDecision::none);
  const std::string lower = rooted(";sampled=1");
  CHECK(upstream_decision(lower) == UpstreamDecision::sampled);
  CHECK(upstream_decision(lower, with([](TextChoices& c) {
                            c.header_keys = HeaderKeys::exact_case;
                          })) == UpstreamDecision::none);
  CHECK(upstream_decision(rooted(";Sampled=?"), with([](TextChoices& c) {
                            c.unclear_sampled = UnclearSampled::not_sampled;
                          })) == UpstreamDecision::not_sampled);
  CHECK(upstream_decision("Sampled=1") == UpstreamDecision::sampled);
  const TextChoices valid =
      with([](TextChoices& c) { c.header_validity = HeaderValidity::valid_root_needed; });
  CHECK(upstream_decision("Root=x;Sampled=1", valid) == UpstreamDecision::none);
  CHECK(TraceHeader::parse("Root=x;Sampled=1", valid).sampled == SampledFlag::absent);
  CHECK(upstream_decision(rooted(";Sampled=1"), valid) == UpstreamDecision::sampled);
  const TextChoices whole = with(
      [](TextChoices& c) { c.header_validity = HeaderValidity::valid_root_and_parent_needed; });
  CHECK(upstream_decision(rooted(";Sampled=1"), whole) == UpstreamDecision::none);
  CHECK(upstream_decision(rooted(";Parent=53995c3f42cd8ad8;Sampled=1"), whole) ==
        UpstreamDecision::sampled);
  CHECK(upstream_decision(rooted(";Parent=53995c3f42cd8adg;Sampled=1"), whole) ==
        UpstreamDecision::none);
  CHECK(upstream_decision(rooted(";Sampled=1"), with([](TextChoices& c) {
                            c.header_validity = HeaderValidity::no_header;
                          })) == UpstreamDecision::none);
  const TextChoices strict =
      with([](TextChoices& c) { c.header_parts = HeaderParts::every_part_needs_a_value; });
  CHECK(upstream_decision(rooted(";Sampled=1"), strict) == UpstreamDecision::sampled);
  CHECK(upstream_decision(rooted(";Self;Sampled=1"), strict) == UpstreamDecision::sampled);
  for (const char* part : {";Sampled=1;", ";;Sampled=1", ";x;Sampled=1"}) {
    CAPTURE(part);
    CHECK(upstream_decision(rooted(part), strict) == UpstreamDecision::none);
    CHECK(upstream_decision(rooted(part)) == UpstreamDecision::sampled);
  }
  const TextChoices number =
      with([](TextChoices& c) { c.unclear_sampled = UnclearSampled::as_a_number; });
  CHECK(upstream_decision(rooted(";Sampled=2"), number) == UpstreamDecision::sampled);
  CHECK(upstream_decision(rooted(";Sampled=01x"), number) == UpstreamDecision::sampled);
  CHECK(upstream_decision(rooted(";Sampled=00"), number) == UpstreamDecision::not_sampled);
  CHECK(upstream_decision(rooted(";Sampled=?"), number) == UpstreamDecision::not_sampled);
  CHECK(upstream_decision(rooted(";Sampled="), number) == UpstreamDecision::none);
  const TextChoices short_values =
      with([](TextChoices& c) { c.part_value = PartValue::to_next_equals; });
  CHECK(upstream_decision("Sampled=1=0") == UpstreamDecision::none);
  CHECK(upstream_decision("Sampled=1=0", short_values) == UpstreamDecision::sampled);
  CHECK(upstream_decision("Sampled==1", short_values) == UpstreamDecision::none);
  TextChoices repeated;
  for (const auto& [header, first, last, last_with_text] :
       {std::tuple{"Sampled=0;Sampled=1", UpstreamDecision::not_sampled, UpstreamDecision::sampled,
                   UpstreamDecision::sampled},
        std::tuple{"Sampled=0;Sampled=", UpstreamDecision::not_sampled, UpstreamDecision::none,
                   UpstreamDecision::not_sampled},
        std::tuple{"Sampled=0;Sampled= ;x", UpstreamDecision::not_sampled, UpstreamDecision::none,
                   UpstreamDecision::none}}) {
    CAPTURE(header);
    repeated.repeated_part = RepeatedPart::first;
    CHECK(upstream_decision(header, repeated) == first);
    repeated.repeated_part = RepeatedPart::last;
    CHECK(upstream_decision(header, repeated) == last);
    repeated.repeated_part = RepeatedPart::last_with_text;
    CHECK(upstream_decision(header, repeated) == last_with_text);
  }
  const TextChoices missing =
      with([](TextChoices& c) { c.missing_sampled = MissingSampled::not_sampled; });
  CHECK(upstream_decision(rooted(""), missing) == UpstreamDecision::not_sampled);
  CHECK(upstream_decision(rooted(";Sampled=1"), missing) == UpstreamDecision::sampled);
}

TEST_CASE("trace header: the short way agrees with the long one on any text") {
  Random random;
  INFO("seed " << Random::default_seed());
  const char* pieces[] = {"Root=", kRoot, ";", "Sampled=",  "1",        "0",
                          "?",     " ",   "=", "Parent=ab", "sampled=", "Self=x"};
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (std::size_t n = random.below(10); n > 0; --n)
      text += pieces[random.below(std::size(pieces))];
    TextChoices choices;
    if (random.chance(0.5)) choices.header_blanks = HeaderBlanks::significant;
    if (random.chance(0.5)) choices.header_keys = HeaderKeys::exact_case;
    choices.unclear_sampled = static_cast<UnclearSampled>(random.below(3));
    choices.missing_sampled = static_cast<MissingSampled>(random.below(2));
    choices.header_validity = static_cast<HeaderValidity>(random.below(4));
    choices.header_parts = static_cast<HeaderParts>(random.below(2));
    choices.part_value = static_cast<PartValue>(random.below(2));
    choices.repeated_part = static_cast<RepeatedPart>(random.below(3));
    const TraceHeader header = TraceHeader::parse(text, choices);
    const UpstreamDecision expected =
        header.sampled == SampledFlag::sampled       ? UpstreamDecision::sampled
        : header.sampled == SampledFlag::not_sampled ? UpstreamDecision::not_sampled
                                                     : UpstreamDecision::none;
    CAPTURE(text);
    REQUIRE(upstream_decision(text, choices) == expected);
  }
}

TEST_CASE("segment naming: fixed, and by host with a fallback") {
  CHECK(SegmentNaming::fixed("svc").name("any") == "svc");
  const SegmentNaming naming = SegmentNaming::dynamic("*.example.com", "fallback");
  CHECK(naming.name("API.example.com") == "API.example.com");
  CHECK(naming.name("example.org") == "fallback");
  CHECK(naming.name(std::nullopt) == "fallback");
  CHECK(SegmentNaming::dynamic("*", "fallback").name("") == "fallback");
  CHECK(SegmentNaming::dynamic("*", "fallback").name("h:80") == "h:80");
  MatchChoices exact;
  exact.literal_letter_case = exact.wildcard_letter_case = LetterCase::exact;
  CHECK(SegmentNaming::dynamic("api", "fallback", exact).name("API") == "fallback");
}
