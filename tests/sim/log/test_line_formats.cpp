// What is true of every format of lines. What each makes of its rows and their quirks is in the
// golden cases format-*.

#include "sim/log/format_list.h"
#include "sim/log/log_blocks.h"
#include "tests/sim/log/log_events.h"
#include "tests/support/catch.h"
#include "tests/support/format_samples.h"
#include "tests/support/random.h"
#include "tests/support/temporary_file.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace dosimeter::sim;
using namespace dosimeter::test;

namespace {

std::string format_of(const std::string& text, LogBlocks::Limits limits = {},
                      std::vector<std::string>* events = nullptr) {
  const TemporaryFile file(text, ".log");
  auto opened = LogBlocks::open({file.path()}, {}, limits);
  if (!opened) return opened.error().message;
  LogBlocks blocks = std::move(opened).value();
  std::vector<std::string> found = log_events(blocks, whole_row);
  if (events != nullptr) *events = std::move(found);
  return std::string(blocks.formats().front().mapping.name);
}

std::string text_of(const FormatSample& sample) {
  return std::string(sample.above) + std::string(sample.line) + "\n";
}

std::size_t rows_in(const std::vector<std::string>& events) {
  return static_cast<std::size_t>(std::count_if(
      events.begin(), events.end(),
      [](const std::string& event) { return event.find(" row ") != std::string::npos; }));
}

}  // namespace

TEST_CASE("line formats: each knows its own lines, and has a sample here") {
  std::set<std::string_view> missing;
  for (const FormatFacts* format : log_formats()) {
    if (format->knows != nullptr) missing.insert(format->name);
  }
  for (const FormatSample& sample : kFormatSamples) {
    CAPTURE(sample.format);
    std::vector<std::string> events;
    CHECK(format_of(text_of(sample), {}, &events) == sample.format);
    CHECK(rows_in(events) == 1);
    CHECK(events.back().find("\"GET\" \"/a\"") != std::string::npos);
    missing.erase(sample.format);
  }
  CHECK(missing.empty());
}

TEST_CASE("line formats: what a collector puts in front of lines changes nothing") {
  for (const FormatSample& sample : kFormatSamples) {
    std::vector<std::string> bare;
    format_of(text_of(sample), {}, &bare);
    for (const std::string prefix :
         {"web-1  | ", "2026-05-04T10:15:02.186Z stdout F ",
          "May  4 10:15:02 lb proxy[68]: ", "<134>1 2026-05-04T10:15:02Z lb proxy 68 - - ",
          "2026-05-04T10:15:02.186Z ", "2026-05-04T10:15:02.186Z group/stream/1 "}) {
      // A directive is one where the file has them; logs with directives are collected as files.
      if (!sample.above.empty()) continue;
      // The stamp of Heroku's lines is a collector's itself: the first one counts.
      if (sample.format == "heroku") continue;
      CAPTURE(sample.format, prefix);
      std::vector<std::string> prefixed;
      CHECK(format_of(prefix + text_of(sample), {}, &prefixed) == sample.format);
      CHECK(prefixed == bare);
    }
  }
}

TEST_CASE("line formats: docker's own files hold the same lines") {
  for (const FormatSample& sample : kFormatSamples) {
    if (!sample.above.empty()) continue;
    CAPTURE(sample.format);
    std::string escaped;
    for (const char c : sample.line) {
      if (c == '"' || c == '\\') escaped += '\\';
      escaped += c == '\t' ? "\\t" : c == '/' ? "\\u002f" : std::string(1, c);
    }
    std::vector<std::string> bare;
    format_of(text_of(sample), {}, &bare);
    std::vector<std::string> wrapped;
    CHECK(format_of("{\"log\":\"" + escaped +
                        "\\n\",\"stream\":\"stdout\",\"time\":\"2026-05-04T10:15:09Z\"}\n",
                    {}, &wrapped) == sample.format);
    CHECK(wrapped == bare);
  }
}

TEST_CASE("line formats: other lines in front, carriage returns and NULs change no row") {
  for (const FormatSample& sample : kFormatSamples) {
    CAPTURE(sample.format);
    std::vector<std::string> events;
    const std::string line(sample.line);
    const std::string text =
        "\n\n" + std::string(sample.above) + std::string(3, '\0') + line + "\r\n\n" + line + "\n";
    CHECK(format_of(text, {}, &events) == sample.format);
    CHECK(rows_in(events) == 2);
  }
}

TEST_CASE("line formats: blocks of any size hold the same rows") {
  Random random(Random::default_seed());
  for (const FormatSample& sample : kFormatSamples) {
    CAPTURE(sample.format);
    std::string text(sample.above);
    for (int i = 0; i < 30; ++i) {
      std::string line(sample.line);
      // Something is cut off, or made another byte, in most.
      if (i > 0 && random.below(3) == 0) line.resize(random.below(line.size()));
      if (i > 0 && !line.empty() && random.below(3) == 0) {
        line[random.below(line.size())] = static_cast<char>(random.below(256));
      }
      text += line + "\n";
    }
    std::vector<std::string> expected;
    CHECK(format_of(text, {}, &expected) == sample.format);
    for (const std::size_t block_bytes : {std::size_t{1}, std::size_t{100}, std::size_t{1000}}) {
      CAPTURE(block_bytes);
      std::vector<std::string> events;
      format_of(text, {kMaxRecordBytes, block_bytes}, &events);
      CHECK(events == expected);
    }
  }
}

TEST_CASE(
    "line formats: documents over lines, in arrays and one after the other hold the same rows") {
  for (const FormatSample& sample : kFormatSamples) {
    if (sample.format != "otlp" && sample.format != "xray" && sample.format != "google") continue;
    CAPTURE(sample.format);
    const std::string line(sample.line);
    std::vector<std::string> bare;
    format_of(line + "\n", {}, &bare);
    for (const std::string& text :
         {"{\n" + line.substr(1), "[\n" + line + "\n]", "[" + line + "," + line + "]\n",
          "{\n" + line.substr(1) + "\n{\n" + line.substr(1) + "\n\n"}) {
      CAPTURE(text);
      std::vector<std::string> events;
      CHECK(format_of(text, {}, &events) == sample.format);
      CHECK(rows_in(events) == events.size());
      for (const std::string& event : events) {
        CHECK(event.substr(event.find(" row ")) == bare.front().substr(bare.front().find(" row ")));
      }
      std::vector<std::string> in_small_blocks;
      format_of(text, {kMaxRecordBytes, 7}, &in_small_blocks);
      CHECK(in_small_blocks == events);
    }
    // What no value begins with is one as well.
    std::vector<std::string> stray;
    format_of("[\n" + line + "]\n,\n" + line, {}, &stray);
    CHECK(rows_in(stray) == 1);
    CHECK(stray.size() == 2);
    // What is cut off is one reject, however deep in it.
    std::vector<std::string> cut;
    format_of("[" + line + ",\n" + line.substr(0, line.size() - 9), {}, &cut);
    CHECK(rows_in(cut) >= 1);
    CHECK(std::count_if(cut.begin(), cut.end(), [](const std::string& event) {
            return event.find("malformed_json") != event.npos;
          }) == 1);
  }
}

TEST_CASE("line formats: a document over the limit ends the reading, a line under it may be long") {
  const auto otlp =
      std::find_if(kFormatSamples.begin(), kFormatSamples.end(),
                   [](const FormatSample& sample) { return sample.format == "otlp"; });
  const std::string line(otlp->line);
  LogBlocks::Limits limits;
  limits.max_record_bytes = line.size() / 2;
  limits.block_bytes = line.size() / 3;
  limits.max_document_bytes = line.size() + 10;
  std::vector<std::string> events;
  format_of(line + "\n" + line + "\n", limits, &events);
  CHECK(rows_in(events) == 2);
  for (const std::string& text : {"{\n" + line.substr(1) + std::string(20, ' '),
                                  line + "\n" + std::string(20, ' ') + line + "\n"}) {
    events.clear();
    format_of(text, limits, &events);
    REQUIRE(!events.empty());
    CHECK(events.back().starts_with("failed "));
    CHECK(events.back().find("jq -c") != std::string::npos);
  }
}

TEST_CASE("line formats: a name that is none is refused with those there are") {
  CHECK(format_named("auto").value() == nullptr);
  CHECK(format_named("iis").value()->name == "iis");
  CHECK(format_named("nginx").error().message.find("combined") != std::string::npos);
}
