#include <dosimeter/raw_request.h>
#include <dosimeter/recorder.h>

#include "tests/conformance/vector_file.h"
#include "tests/support/catch.h"

#include <deque>
#include <optional>
#include <set>
#include <string>

using namespace dosimeter;
using json = nlohmann::ordered_json;

namespace {

/// With bytes that are no printable ASCII as `\xHH`.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    constexpr const char* kDigits = "0123456789ABCDEF";
    if (byte >= ' ' && byte < 0x7F) {
      result += c;
    } else {
      result.append("\\x").append(1, kDigits[byte >> 4]).append(1, kDigits[byte & 15]);
    }
  }
  return result;
}

/// What a recorder's rules are asked of a raw request, or what was decided upstream.
std::string seen(const json& request, const Recorder& recorder) {
  std::deque<std::string> texts;
  const auto text = [&](const char* key) -> FieldText {
    if (!request.contains(key)) return std::nullopt;
    return texts.emplace_back(request.at(key).get<std::string>());
  };
  RawRequest raw{.service_name = text("service"),
                 .service_type = text("service_type"),
                 .http_method = text("method"),
                 .url = text("url"),
                 .trace_header = text("trace_header")};
  if (const FieldText host = text("host")) raw.set_host(*host);
  if (const FieldText target = text("target")) raw.set_target(*target);
  RecorderView view(recorder.text, request.value("base_path", ""));
  const Request made = view.view(raw);
  if (made.upstream == UpstreamDecision::sampled) return "sampled";
  if (made.upstream == UpstreamDecision::not_sampled) return "not sampled";
  std::string all;
  for (const Field field : kFields) {
    if (!made.field(field)) continue;
    all.append(all.empty() ? "" : ", ").append(field_name(field)).append(" ");
    all.append(escaped(*made.field(field)));
  }
  return all;
}

}  // namespace

TEST_CASE("text vectors: the rules of every recorder are asked what was read that they are") {
  const json file = vector_file("texts.json");
  CHECK(file.at("requests").size() >= 40);
  for (const json& vector : file.at("requests")) {
    INFO(vector.at("request").dump());
    std::set<std::string> named;
    for (const json& expectation : vector.at("expected")) {
      for (const json& name : expectation.at("recorders")) {
        INFO(name.get<std::string>());
        const Recorder* recorder = find_recorder(name.get<std::string>());
        REQUIRE(recorder != nullptr);
        named.insert(name.get<std::string>());
        CHECK(seen(vector.at("request"), *recorder) == expectation.at("seen").get<std::string>());
      }
    }
    // Each of them has its own word.
    CHECK(named.size() == recorders().size());
  }
}
