#pragma once

#include <dosimeter/raw_request.h>
#include <dosimeter/recorder.h>

#include "tests/conformance/vector_file.h"

#include <array>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What the middleware of a real SDK answered to raw requests: drivers/record_texts.py says how a
/// file of them is laid out.
namespace dosimeter::text_answers {

inline constexpr std::array<Field, 5> kAskedFields = {
    Field::service_name, Field::service_type, Field::host, Field::http_method, Field::url_path};

struct Case {
  std::string method;
  std::string target;
  std::optional<std::string> host;
  std::optional<std::string> trace_header;
  std::string base_path;
  std::string naming_pattern;
  /// As `answer` prints it.
  std::string expected;

  [[nodiscard]] std::string text() const {
    std::string made = method + " " + target;
    if (host) made += " Host: " + *host;
    if (trace_header) made += " X-Amzn-Trace-Id: " + *trace_header;
    if (!base_path.empty()) made += " below " + base_path;
    if (!naming_pattern.empty()) made += " named by " + naming_pattern;
    return made;
  }
};

struct Answers {
  const Recorder* recorder;
  std::vector<Case> cases;
};

/// The bytes of a text that holds a character of U+0000 to U+00FF for each.
inline std::string bytes_of(const std::string& text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      bytes += text[i];
      continue;
    }
    const auto next = static_cast<unsigned char>(text.at(++i));
    bytes += static_cast<char>(((lead & 0x03u) << 6) | (next & 0x3Fu));
  }
  return bytes;
}

inline void add_field(std::string& made, Field field, const FieldText& text) {
  // An empty text and none are the same to both SDKs.
  if (!text || text->empty()) return;
  made.append(made.empty() ? "" : ", ").append(field_name(field)).append(" ").append(*text);
}

/// What the rules are asked, or what was decided upstream.
inline std::string answer(const Request& request) {
  if (request.upstream == UpstreamDecision::sampled) return "sampled";
  if (request.upstream == UpstreamDecision::not_sampled) return "not_sampled";
  std::string made;
  for (const Field field : kAskedFields) add_field(made, field, request.field(field));
  return made;
}

/// What a recorder with these choices would answer.
inline std::string answer(const Case& asked, const TextChoices& choices,
                          const MatchChoices& match) {
  RawRequest raw{
      .service_name = "shop", .service_type = "AWS::ECS::Container", .http_method = asked.method};
  if (asked.host) raw.set_host(*asked.host);
  raw.set_target(asked.target);
  if (asked.trace_header) raw.trace_header = *asked.trace_header;
  std::optional<SegmentNaming> naming;
  if (!asked.naming_pattern.empty()) {
    naming = SegmentNaming::dynamic(asked.naming_pattern, "", match);
  }
  RecorderView view(choices, asked.base_path, std::move(naming));
  return answer(view.view(raw));
}

inline std::optional<std::string> optional_bytes(const nlohmann::ordered_json& value) {
  if (value.is_null()) return std::nullopt;
  return bytes_of(value.get<std::string>());
}

inline Case read_case(const nlohmann::ordered_json& row, const nlohmann::ordered_json& about) {
  Case made{bytes_of(row.at(0)),
            bytes_of(row.at(1)),
            optional_bytes(row.at(2)),
            optional_bytes(row.at(3)),
            bytes_of(row.at(4)),
            bytes_of(row.at(5)),
            ""};
  // Flask takes the server's address where the client named no host.
  if (!made.host && !about.at("absent_host").is_null()) made.host = about.at("absent_host");
  const auto& said = row.at(6);
  if (said.is_string()) {
    made.expected = said;
    return made;
  }
  for (std::size_t i = 0; i < kAskedFields.size(); ++i) {
    if (said.at(i).is_null()) continue;
    add_field(made.expected, kAskedFields[i],
              std::string_view(said.at(i).get_ref<const std::string&>()));
  }
  return made;
}

/// The answers in a file of the folder of recorded ones, or of DOSIMETER_TEXT_ANSWERS where that is
/// set: a live run's.
inline Answers read(const std::string& name) {
  const char* const folder = std::getenv("DOSIMETER_TEXT_ANSWERS");
  const std::string path =
      (folder == nullptr ? std::string(CONFORMANCE_DIRECTORY) + "/recorded" : std::string(folder)) +
      "/" + name + ".text.json";
  std::ifstream file(path);
  CAPTURE(path);
  REQUIRE(file.is_open());
  const auto document = nlohmann::ordered_json::parse(file);
  const auto& about = document.at("about");
  Answers answers{find_recorder(about.at("recorder").get<std::string>()), {}};
  REQUIRE(answers.recorder != nullptr);
  for (const auto& row : document.at("cases")) answers.cases.push_back(read_case(row, about));
  CHECK(answers.cases.size() == about.at("count"));
  return answers;
}

}  // namespace dosimeter::text_answers
