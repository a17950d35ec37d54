#include "sim/log/json_keys.h"
#include "sim/log/json_parts.h"
#include "sim/log/json_reader.h"
#include "sim/log/log_block.h"
#include "tests/support/allocation_count.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace dosimeter::sim;

namespace {

/// The fields' texts, `-` where there is none; nothing where the document is no object.
std::optional<std::vector<std::string>> texts_of(JsonReader& reader, const std::string& document,
                                                 const std::vector<std::string_view>& names) {
  const JsonPaths paths(names);
  TextArena arena;
  std::string padded = document + std::string(kBlockPadding, '"');
  const auto values =
      reader.read(std::string_view(padded).substr(0, document.size()), paths, arena);
  if (!values) return std::nullopt;
  std::vector<std::string> texts;
  for (const JsonValue& value : *values) {
    texts.push_back(value.kind == JsonValue::Kind::absent ? "-" : std::string(value.text));
  }
  return texts;
}

std::string text_of(const std::string& document, std::string_view name = "a") {
  JsonReader reader;
  const auto texts = texts_of(reader, document, {name});
  return texts ? texts->front() : "malformed";
}

/// By nlohmann's reader: the last of equal keys, the first element of an array.
std::string twin_text(const nlohmann::json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_array())
    return value.empty() || value.front().is_array() ? "-" : twin_text(value.front());
  if (value.is_null() || value.is_object()) return "-";
  return value.dump();
}

}  // namespace

TEST_CASE("json reader: values") {
  CHECK(text_of(R"({"a":"b"})") == "b");
  CHECK(text_of(R"( { "b" : {"a":[1,{"a":2}]} , "a" : 1.5e-7 } )") == "1.5e-7");
  CHECK(text_of(R"({"a":true})") == "true");
  CHECK(text_of(R"({"a":null})") == "-");
  CHECK(text_of(R"({"a":""})") == "");
  CHECK(text_of(R"({"a":["x","y"]})") == "x");
  CHECK(text_of(R"({"a":[]})") == "-");
  CHECK(text_of(R"({"a":[[1]]})") == "-");
  CHECK(text_of(R"({"a":{"b":1}})") == "-");
  CHECK(text_of(R"({"b":1})") == "-");
  CHECK(text_of("{}") == "-");
  CHECK(text_of(R"({"a":"\u00e9\ud83d\ude00\"\\\/\n"})") == "\xC3\xA9\xF0\x9F\x98\x80\"\\/\n");
  // The last of equal keys counts; a key is what it means.
  CHECK(text_of(R"({"a":1,"a":2})") == "2");
  CHECK(text_of(R"({"a":1,"a":null})") == "-");
  CHECK(text_of(R"({"\u0061":3})") == "3");
  CHECK(text_of(R"({"a\"":4})") == "-");
}

TEST_CASE("json reader: names with dots are keys within keys, or keys with dots") {
  for (const std::string document :
       {R"({"a":{"b":{"c":1}}})", R"({"a.b":{"c":1}})", R"({"a":{"b.c":1}})", R"({"a.b.c":1})",
        R"({"a":[{"key":"b.c","value":{"intValue":1}}]})",
        R"({"a":[{"value":1,"key":"b.c"},{"key":"d","value":[]},7]})"}) {
    CHECK(text_of(document, "a.b.c") == "1");
  }
  CHECK(text_of(R"({"a":{"b":1},"a.b.c":2,"c":3})", "a.b.c") == "2");
}

TEST_CASE("json reader: what is no object is said to be none") {
  for (const std::string document : {"",
                                     " ",
                                     "{",
                                     "}",
                                     "[]",
                                     "1",
                                     "\"a\"",
                                     "null",
                                     R"({"a":})",
                                     R"({"a":,"b":1})",
                                     R"({"a"})",
                                     R"({"a":1)",
                                     R"({"a":1,)",
                                     R"({"a":1}})",
                                     R"({"a":1}{"a":2})",
                                     R"({"a":1} x)",
                                     R"({"a":"x)",
                                     R"({"a":"x" y","b":1})",
                                     R"({a:1})",
                                     R"({"a":1 "b":2})",
                                     R"({"a":"\x41"})",
                                     R"({"a":"\ud800"})",
                                     R"({"a":nul})",
                                     R"({"a":[,]})",
                                     R"({"b":,"a":1})",
                                     "{\"a\":\"\xFF\"}",
                                     "{\"b\":\"\xC3\",\"a\":1}"}) {
    CAPTURE(document);
    CHECK(text_of(document) == "malformed");
  }
  // Deeper than anybody nests.
  const std::string deep =
      "{\"b\":" + std::string(5000, '[') + std::string(5000, ']') + ",\"a\":1}";
  const std::string found = text_of(deep);
  CHECK((found == "1" || found == "malformed"));
}

TEST_CASE("json reader: keys of every length are told apart") {
  std::vector<std::string> names;
  std::string document = "{";
  for (std::size_t size = 1; size <= JsonPaths::kLongestKey; ++size) {
    for (const char last : {'x', 'y'}) {
      names.push_back(std::string(size - 1, 'k') + last);
      document += '"' + names.back() + "\":" + std::to_string(names.size()) + ',';
    }
  }
  document.back() = '}';
  JsonReader reader;
  const auto texts =
      texts_of(reader, document, std::vector<std::string_view>(names.begin(), names.end()));
  REQUIRE(texts);
  for (std::size_t i = 0; i < names.size(); ++i) CHECK((*texts)[i] == std::to_string(i + 1));
}

TEST_CASE("json reader: random documents are what another reader makes of them") {
  Random random(Random::default_seed());
  const std::vector<std::string_view> names = {"a", "b", "c"};
  const std::vector<std::string> pieces = {
      "{",    "}",  "[",  "]",    ",",    ":", "\"a\"", "\"b\"", "\"c\\\\\"", "1",
      "-2.5", "{}", "[]", "null", "true", " ", "\"\"",  "\"c\"", "\"a\":",    "\"b\":1,"};
  JsonReader reader;
  std::size_t objects = 0;
  for (int i = 0; i < 30000; ++i) {
    std::string document = "{";
    for (std::uint64_t j = random.below(9); j > 0; --j)
      document += pieces[random.below(pieces.size())];
    document += "}";
    const auto texts = texts_of(reader, document, names);
    const auto twin = nlohmann::json::parse(document, nullptr, false);
    if (twin.is_discarded() || !twin.is_object()) continue;
    ++objects;
    CAPTURE(document);
    REQUIRE(texts);
    for (std::size_t field = 0; field < names.size(); ++field) {
      const auto found = twin.find(std::string(names[field]));
      CHECK((*texts)[field] == (found == twin.end() ? "-" : twin_text(*found)));
    }
  }
  CHECK(objects > 500);
}

TEST_CASE("json reader: nothing is allocated for a line") {
  const JsonPaths paths(std::vector<std::string_view>{"a", "b.c"});
  std::string document = R"({"x":[1,2,{"y":3}],"a":"p\u0061th","b":{"c":1.5}})";
  const std::size_t size = document.size();
  document.append(kBlockPadding, ' ');
  JsonReader reader;
  TextArena texts;
  const auto read = [&] {
    texts.clear();
    return reader.read(std::string_view(document).substr(0, size), paths, texts).has_value();
  };
  REQUIRE(read());
  const std::size_t before = allocation_count();
  bool all = true;
  for (int i = 0; i < 100; ++i) all = read() && all;
  CHECK(all);
  CHECK(allocation_count() == before);
}

TEST_CASE("json reader: the names of a front") {
  JsonReader reader;
  CHECK(reader.names(R"({"a":1,"b":{"c":[{"d":1}],"e":{"f":null}}})") ==
        std::vector<std::string>{"a", "b.c", "b.e.f"});
  CHECK(reader.names("[1]").empty());
  CHECK(reader.names("{\"a\":").empty());
}

TEST_CASE("json keys: those of the outer object, as far as it is there") {
  const JsonKeys keys(R"({"a":{"b":[{"c":"}"}]},"d\"":"e","f":)");
  CHECK(keys.has_all({"a", R"(d\")", "f"}));
  CHECK(!keys.has_any({"b", "c", "e"}));
  CHECK(!keys.closed());
  CHECK(JsonKeys(R"(  {"a":1})").closed());
  CHECK(JsonKeys("{\"request_id\":1}").has_any_like({"requestId"}));
  CHECK(JsonKeys("[{\"a\":1}]").empty());
  CHECK(JsonKeys("{\"a").empty());
}

TEST_CASE("json parts: elements and members by their brackets") {
  std::vector<std::string> parts;
  const auto element = [&](std::string_view text) {
    parts.emplace_back(text);
    return true;
  };
  CHECK(each_json_element(R"([ 1 , {"a":"]"}, "x\"," ])", element));
  CHECK(parts == std::vector<std::string>{"1", R"({"a":"]"})", R"("x\",")"});
  CHECK(each_json_element("[]", element));
  for (const std::string_view text : {"", "[", "[1", "[1 2]", "[,]", "{}", "[\"a"}) {
    CHECK(!each_json_element(text, element));
  }
  parts.clear();
  const auto member = [&](std::string_view key, std::string_view value) {
    parts.push_back(std::string(key) + '=' + std::string(value));
  };
  CHECK(each_json_member(R"({"a" : {"b":1}, "c":2})", member));
  CHECK(parts == std::vector<std::string>{R"(a={"b":1})", "c=2"});
  CHECK(each_json_member("{}", member));
  for (const std::string_view text : {"", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1", "{1:2}", "[]"}) {
    CHECK(!each_json_member(text, member));
  }
}
