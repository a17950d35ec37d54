#include "sim/explain/text_view.h"
#include "tests/sim/explain/asking.h"

using namespace dosimeter;
using namespace dosimeter::sim;
using namespace dosimeter::sim::test;

namespace {

std::string note(std::string_view recorder, Field field, std::string text,
                 std::string base_path = "") {
  Question question = question_of({{field, std::move(text)}});
  question.base_path = std::move(base_path);
  const Asked asked({}, recorder, std::move(question));
  return text_note(asked.answer(), field);
}

}  // namespace

TEST_CASE("text note: what becomes of the host's port") {
  CHECK(note("documented", Field::host, "shop.example").empty());
  CHECK(note("documented", Field::host, "shop.example:8080") == "with its port");
  CHECK(note("xray-ruby", Field::host, "shop.example:8080") ==
        "without its port, sent as \"shop.example:8080\"");
}

TEST_CASE("text note: what becomes of the path's query, encoding and base") {
  CHECK(note("documented", Field::url_path, "/login").empty());
  CHECK(note("documented", Field::url_path, "/login?") == "without its query, sent as \"/login?\"");
  CHECK(note("xray-node", Field::url_path, "/login?next=%2F") == "with its query");
  CHECK(note("xray-node", Field::url_path, "/a%2F") == "encoded");
  CHECK(note("xray-go", Field::url_path, "/a%2F") == "decoded, sent as \"/a%2F\"");
  CHECK(note("documented", Field::url_path, "/shop/a", "/shop") == "with its base path \"/shop\"");
  CHECK(note("xray-python", Field::url_path, "/shop/a", "/shop") ==
        "below its base path \"/shop\", sent as \"/shop/a\"");
  CHECK(note("xray-python", Field::url_path, "/other", "/shop").empty());
  CHECK(note("xray-python", Field::url_path, "/shop/%41?q", "/shop/") ==
        "without its query, decoded, below its base path \"/shop/\", sent as \"/shop/%41?q\"");
}

TEST_CASE("text note: a service that is named by its host says so") {
  Question question = question_of({{Field::service_name, "shop"}, {Field::host, "a.example:80"}});
  question.naming_pattern = "*.example";
  const Asked without_port({}, "xray-ruby", question);
  CHECK(without_port.answer().seen->request().service_name == "a.example");
  CHECK(text_note(without_port.answer(), Field::service_name) ==
        "the host, by --dynamic-naming, not \"shop\"");
  const Asked with_port({}, "documented", question);
  CHECK(with_port.answer().seen->request().service_name == "shop");
  CHECK(text_note(with_port.answer(), Field::service_name).empty());
}

TEST_CASE("text note: nothing is done to a text that is taken as it is") {
  Question question = question_of({{Field::url_path, "/a%2F?q"}, {Field::host, "h:1"}});
  question.verbatim = true;
  for (const Recorder& recorder : recorders()) {
    const Asked asked({}, recorder.name, question);
    CHECK(asked.answer().seen->request().url_path == "/a%2F?q");
    CHECK(asked.answer().seen->request().host == "h:1");
    CHECK(text_note(asked.answer(), Field::url_path).empty());
  }
}
