#include "sim/explain/asked_request_json.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

using namespace dosimeter;
using namespace dosimeter::sim;

namespace {

std::string fault_of(const std::string& text) {
  const auto request = read_asked_request(text);
  return request ? "" : request.error().message;
}

}  // namespace

TEST_CASE("request in JSON: every key has its field, and texts stay as they are") {
  const auto request = read_asked_request(
      R"({"service":"s","service_type":"t","host":"h:1","method":"m","path":"/p?q=%2F","resource_arn":"a"})");
  REQUIRE(request.has_value());
  const char* expected[] = {"s", "t", "h:1", "m", "/p?q=%2F", "a"};
  for (std::size_t i = 0; i < kFieldCount; ++i) CHECK(request.value().fields[i] == expected[i]);
  CHECK(request.value().attributes.empty());
}

TEST_CASE("request in JSON: absent and null are the same, empty is something else") {
  const auto request = read_asked_request(R"({"host":null,"path":"","attributes":{"a":null}})");
  REQUIRE(request.has_value());
  CHECK_FALSE(request.value().field(Field::host).has_value());
  CHECK_FALSE(request.value().field(Field::service_name).has_value());
  CHECK(request.value().field(Field::url_path) == "");
  CHECK(request.value().attributes.empty());
  CHECK(read_asked_request(R"({"attributes":null})").has_value());
}

TEST_CASE("request in JSON: values that are no strings are kept as their text") {
  const auto request = read_asked_request(
      R"({"attributes":{"s":"1","n":1,"f":1.50,"b":true,"l":["a", 1, {"k": null}]}})");
  REQUIRE(request.has_value());
  const auto& attributes = request.value().attributes;
  REQUIRE(attributes.size() == 5);
  CHECK(attributes[0].type == AttributeType::text);
  CHECK(attributes[0].value == "1");
  const char* expected[] = {"1", "1", "1.5", "true", R"(["a",1,{"k":null}])"};
  for (std::size_t i = 1; i < attributes.size(); ++i) {
    CHECK(attributes[i].type == AttributeType::other);
    CHECK(attributes[i].value == expected[i]);
  }
}

TEST_CASE("request in JSON: what is no request is refused") {
  CHECK(fault_of(R"({"paht":"/"})") == "unknown key \"paht\", did you mean path?");
  CHECK(fault_of(R"({"something else":"/"})") == "unknown key \"something else\"");
  CHECK(fault_of(R"({"path":1})") == "path must be a string, got a number");
  CHECK(fault_of(R"({"path":"a","path":"a"})") == "a key must stand once, got \"path\" twice");
  CHECK(fault_of(R"({"attributes":{"a":1,"a":1}})") == "a key must stand once, got \"a\" twice");
  CHECK(fault_of(R"({"attributes":[]})") == "attributes must be an object, got a list");
  CHECK(fault_of(R"({"attributes":{"a":{}}})") ==
        "attribute \"a\" must be a string, a number, a boolean or a list, got an object");
  CHECK(fault_of("[]") == "expected one JSON object, got a list");
  CHECK(fault_of("null") == "expected one JSON object, got null");
  for (const char* text : {"", "{", "{} {}", "{}x", "{'path':1}", "{\"path\":\"\\ud800\"}",
                           "{\"path\":\"\xFF\"}", "{\"path\":\"\x01\"}", "NaN"}) {
    CAPTURE(text);
    CHECK(fault_of(text) == "expected one JSON object, got text that is no JSON");
  }
  CHECK(fault_of(R"({"attributes":{"a":1e999}})") ==
        "a number must be one that a computer can hold");
}

TEST_CASE("request in JSON: the place of what is no JSON is known") {
  CHECK(read_asked_request("{\"path\": x}").error().column == 10);
  CHECK(read_asked_request("{} {}").error().column == 4);
}

TEST_CASE("request in JSON: depth and number of values end at their limit") {
  const auto nested = [](std::size_t depth) {
    return "{\"attributes\":{\"a\":" + std::string(depth - 2, '[') + std::string(depth - 2, ']') +
           "}}";
  };
  CHECK(fault_of(nested(kMaximumRequestDepth)).empty());
  CHECK(fault_of(nested(kMaximumRequestDepth + 1)) ==
        "expected at most 64 nested brackets, got one more");
  CHECK(fault_of(std::string(1'000'000, '[')) ==
        "expected at most 64 nested brackets, got one more");
  // The two objects and the list are values, too.
  const auto wide = [](std::size_t values) {
    std::string list = "0";
    for (std::size_t i = 1; i < values - 3; ++i) list += ",0";
    return "{\"attributes\":{\"a\":[" + list + "]}}";
  };
  CHECK(fault_of(wide(kMaximumRequestValues)).empty());
  CHECK(fault_of(wide(kMaximumRequestValues + 1)) == "a request may have 100000 values, got more");
}

TEST_CASE("request in JSON: no text crashes") {
  Random random;
  const std::string good =
      R"({"path":"/caf\u00e9","attributes":{"a":[1,"x",null],"b":true},"host":null})";
  const std::string_view spoilers = "{}[]\",:\\0e-\xC3\xA9 nt";
  for (int round = 0; round < 20000; ++round) {
    std::string text = good;
    for (std::size_t edits = random.below(4) + 1; edits > 0 && !text.empty(); --edits) {
      const std::size_t at = random.below(text.size());
      if (random.chance(0.3)) {
        text.erase(at, random.below(4));
      } else {
        text[at] = spoilers[random.below(spoilers.size())];
      }
    }
    CAPTURE(text);
    const auto request = read_asked_request(text);
    CHECK((request.has_value() || !request.error().message.empty()));
  }
}
