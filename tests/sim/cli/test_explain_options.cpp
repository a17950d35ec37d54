#include "sim/cli/explain_help.h"
#include "sim/cli/explain_options.h"
#include "tests/support/catch.h"

#include <algorithm>

using namespace dosimeter;
using namespace dosimeter::sim;

namespace {

std::string error_of(std::vector<std::string> arguments) {
  const auto options = ExplainOptions::parse(arguments);
  if (options) return "";
  CHECK(options.error().code == ExitCode::usage);
  return options.error().message;
}

}  // namespace

TEST_CASE("explain options: every one is in the help text, and the help text knows no other") {
  const auto names = explain_option_names();
  for (const std::string& name : names) {
    CAPTURE(name);
    CHECK(kExplainHelpText.find(" " + name + " ") != std::string_view::npos);
  }
  for (std::size_t at = kExplainHelpText.find("--"); at != std::string_view::npos;
       at = kExplainHelpText.find("--", at + 2)) {
    const std::size_t end = kExplainHelpText.find_first_not_of("abcdefghijklmnopqrstuvwxyz-", at);
    const std::string name(kExplainHelpText.substr(at, end - at));
    CAPTURE(name);
    CHECK(std::find(names.begin(), names.end(), name) != names.end());
  }
}

TEST_CASE("explain help: no line is wider than 120 characters, and it ends in a line break") {
  std::size_t start = 0;
  for (std::size_t end = kExplainHelpText.find('\n'); end != std::string_view::npos;
       end = kExplainHelpText.find('\n', start)) {
    CAPTURE(kExplainHelpText.substr(start, end - start));
    CHECK(end - start <= 120);
    start = end + 1;
  }
  CHECK(start == kExplainHelpText.size());
}

TEST_CASE("explain options: defaults are in their place, texts stay as they are") {
  const auto options =
      ExplainOptions::parse(std::vector<std::string>{"--path", "/a?b=%2F", "--host", "",
                                                     "--attribute", "k=a=b", "--attribute", "l="})
          .value();
  CHECK(options.recorder->name == "documented");
  CHECK(options.format == AnswerFormat::text);
  CHECK_FALSE(options.question.verbatim);
  CHECK(options.question.request.field(Field::url_path) == "/a?b=%2F");
  CHECK(options.question.request.field(Field::host) == "");
  CHECK_FALSE(options.question.request.field(Field::http_method).has_value());
  REQUIRE(options.question.request.attributes.size() == 2);
  CHECK(options.question.request.attributes[0].key == "k");
  CHECK(options.question.request.attributes[0].value == "a=b");
  CHECK(options.question.request.attributes[1].value.empty());
}

TEST_CASE("explain options: what does not go together is refused") {
  CHECK(error_of({}).starts_with("a request is missing: "));
  CHECK(error_of({"--rules", "x.json"}).starts_with("a request is missing: "));
  CHECK(error_of({"--requests", "r", "--path", "/"}) ==
        "--path is for one request and cannot be given with --requests");
  for (const char* option : {"--base-path", "--dynamic-naming", "--why-not", "--trace-header"}) {
    CHECK(error_of({"--requests", "r", option, "/"}) ==
          std::string(option) + " is for one request and cannot be given with --requests");
  }
  CHECK(error_of({"--requests", "r", "--all-recorders"}) ==
        "--all-recorders is for one request and cannot be given with --requests");
  CHECK(error_of({"--path", "/", "--why-not", "r", "--all-recorders"})
            .starts_with("--why-not asks one recorder"));
  CHECK(error_of({"--rules", "-", "--requests", "-"}) ==
        "standard input can be read once, got - more than once");
}

TEST_CASE("explain options: each value is checked") {
  CHECK(error_of({"--path", "/", "--attribute", "tier"}) ==
        "--attribute must be KEY=VALUE, got \"tier\"");
  CHECK(error_of({"--path", "/", "--attribute", "=x"}) ==
        "--attribute must be KEY=VALUE, got \"=x\"");
  CHECK(error_of({"--path", "/", "--attribute", "a=1", "--attribute", "a=2"}) ==
        "--attribute must give a key once, got \"a\" twice");
  CHECK(error_of({"--path", "/", "--base-path", "shop"}) ==
        "--base-path must begin with /, got \"shop\"");
  CHECK(error_of({"--path", "/", "--why-not", ""}) == "--why-not must not be empty");
  CHECK(error_of({"--path", "/", "--format", "yaml"}) ==
        "--format must be text or json, got \"yaml\"");
  CHECK(error_of({"--path", "/", "--recorder", "xray-nod"}) ==
        "--recorder must be a recorder that simulate recorders lists, got \"xray-nod\", did you "
        "mean xray-node?");
  CHECK(error_of({"--path", "/", "--pth", "x"}) ==
        "unknown option \"--pth\", did you mean --path?");
}
