#include "sim/log/log_blocks.h"
#include "sim/log/quoted_text.h"
#include "tests/sim/log/log_events.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_file.h"

#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

namespace {

using namespace dosimeter::sim;
using dosimeter::test::TemporaryFile;

LogBlocks opened(std::vector<std::string> paths, const std::vector<std::string>& maps = {}) {
  const auto overrides = ColumnOverrides::parse(maps);
  REQUIRE(overrides.has_value());
  LogOptions options;
  options.columns = overrides.value();
  auto reader = LogBlocks::open(std::move(paths), std::move(options));
  if (!reader) FAIL(reader.error().message);
  return std::move(reader).value();
}

Failure refused(std::vector<std::string> paths) {
  const auto reader = LogBlocks::open(std::move(paths), {});
  REQUIRE_FALSE(reader.has_value());
  return reader.error();
}

std::vector<std::string> events(LogBlocks& reader) {
  return dosimeter::test::log_events(reader);
}

std::string in_quotes(const TemporaryFile& file) {
  return '"' + file.path() + '"';
}

}  // namespace

TEST_CASE("log reader: rows, rejects and blank lines with their lines") {
  const TemporaryFile file(
      "\xEF\xBB\xBFtime,path\r\n"
      "1777889702,/a\r\n"
      "\r\n"
      "now,/b\r\n"
      "1777889703,\"/c\r\nd\"\r\n"
      ",/e\r\n"
      "1777889704\r\n"
      "1777889704,/f,g\r\n"
      "\"1777889705,/h\r\n"
      "1777889706,/i");
  LogBlocks reader = opened({file.path()});
  CHECK(events(reader) ==
        std::vector<std::string>{"0:2 row /a", "0:3 skipped", "0:4 unreadable_time \"now\"",
                                 "0:5 row /c\r\nd", "0:7 no_time \"\"",
                                 "0:8 too_few_fields \"1777889704\" 1 of 2",
                                 "0:9 too_many_fields \"1777889704\" 3 of 2",
                                 "0:10 unterminated_quote \"\\\"1777889705,...\"", "0:11 row /i"});
  HeldBlock held;
  CHECK(reader.next(held) == BlockEvent::end);
}

TEST_CASE("log reader: a record over 1 MiB is rejected and the next one read") {
  const TemporaryFile file("time,path\n1777889702,/" + std::string(3 << 20, 'x') +
                           "\n1777889703,/b\n");
  LogBlocks reader = opened({file.path()});
  CHECK(events(reader) ==
        std::vector<std::string>{"0:2 record_too_long \"1777889702,/...\"", "0:3 row /b"});
}

TEST_CASE("log reader: each file has its own header, order and delimiter") {
  const TemporaryFile first("time,path\n1777889702,/a\n");
  const TemporaryFile second("\n\nuri;ts\n/b;1777889703\n");
  const TemporaryFile third("url\ttimestamp\n");
  LogBlocks reader = opened({first.path(), second.path(), third.path(), first.path()});
  CHECK(reader.bytes_total() == 24U + 23U + 14U + 24U);
  CHECK(events(reader) == std::vector<std::string>{"0:2 row /a", "1:4 row /b", "3:2 row /a"});
  CHECK(reader.file_name(1) == second.path());
}

TEST_CASE("log reader: the same notice of many files is given once") {
  const TemporaryFile first("time,ts,path\n1777889702,x,/a\n");
  const TemporaryFile second("time,path,url\n");
  LogBlocks reader = opened({first.path(), first.path(), second.path()});
  CHECK(reader.notices().size() == 1);
  static_cast<void>(events(reader));
  REQUIRE(reader.notices().size() == 2);
  CHECK(reader.notices()[0].message == "columns not used: \"ts\" (time comes from \"time\")");
  CHECK(reader.notices()[1].message == "columns not used: \"url\" (path comes from \"path\")");
}

TEST_CASE("log reader: the header line repeated within a file is no row") {
  const std::string one = "date,time,path\n2026-05-04,10:15:02,/a\n";
  const TemporaryFile joined(one + one + "\xEF\xBB\xBF" + one + "date,time,url\n");
  LogBlocks reader = opened({joined.path()});
  CHECK(events(reader) == std::vector<std::string>{"0:2 row /a", "0:3 skipped", "0:4 row /a",
                                                   "0:5 skipped", "0:6 row /a",
                                                   "0:7 unreadable_time \"time\""});
  const TemporaryFile other("ts,path\ndate,time,path\nts,path\n");
  LogBlocks both = opened({joined.path(), other.path()});
  CHECK(events(both).back() == "1:3 skipped");
}

TEST_CASE("log reader: a row that is like the header and can be read is a row") {
  const TemporaryFile file("1777889702,path\n1777889702,path\n");
  LogBlocks reader = opened({file.path()}, {"time=1777889702"});
  CHECK(events(reader) == std::vector<std::string>{"0:2 row path"});
}

TEST_CASE("log reader: overrides hold for every file") {
  const TemporaryFile file("when,operation\n1777889702,pkg.A/B\n");
  LogBlocks reader = opened({file.path(), file.path()}, {"time=when", "path=operation"});
  CHECK(events(reader) == std::vector<std::string>{"0:2 row pkg.A/B", "1:2 row pkg.A/B"});
}

TEST_CASE("log reader: a mistake in the last file shows before the first is read") {
  const TemporaryFile good("time,path\n1777889702,/a\n");
  const TemporaryFile bad("when,path\n1777889702,/a\n");
  const Failure content = refused({good.path(), bad.path()});
  CHECK(content.code == ExitCode::usage);
  CHECK(content.message.find(bad.path() + ":1: no column holds the time: ") == 0);
  const Failure missing = refused({good.path(), "no/such.csv"});
  CHECK(missing.code == ExitCode::input_output);
  CHECK(missing.message == "cannot open \"no/such.csv\": no such file or directory");
}

TEST_CASE("log reader: what is no readable csv is refused with a reason") {
  const auto message = [](std::string_view content) {
    const TemporaryFile file(content);
    const Failure failure = refused({file.path()});
    CHECK(failure.code == ExitCode::usage);
    std::string text = failure.message;
    for (std::size_t at; (at = text.find(file.path())) != text.npos;) {
      text.replace(at, file.path().size(), "x.csv");
    }
    return text;
  };
  CHECK(message("") == "\"x.csv\" is empty: expected a header line");
  CHECK(message("\xEF\xBB\xBF\r\n\n") == "\"x.csv\" is empty: expected a header line");
  CHECK(message("time,\"path\n1777889702,/a\n") ==
        "x.csv:1: a quoted name in the header line has no end");
  CHECK(message(std::string(2 << 20, 'x')) == "x.csv:1: the header line is longer than 1 MiB");
  CHECK(message("\n2026-05-04T10:15:02Z,/a\n") ==
        "x.csv:2: expected a header line, got data: \"2026-05-04T10:15:02Z\", \"/a\"");
  CHECK(message("{\n\"time\": 1}\n") ==
        "\"x.csv\" is JSON: only CSV with a header line and the logs that simulate --help "
        "names are read");
  CHECK(message("\x1F\x8B\x08") ==
        "\"x.csv\" is cut off within its gzip data, at byte 3, and holds nothing in front of that");
}

TEST_CASE("log reader: paths that cannot be read are refused") {
  CHECK(refused({}).message == "no log is given");
  CHECK(refused({}).code == ExitCode::usage);
  CHECK(refused({"-", "-"}).message == "standard input (-) can be read once, but is given twice");
  const std::string directory = std::filesystem::temp_directory_path().string();
  CHECK(refused({directory}).message == '"' + directory + "\" is a directory");
  CHECK(refused({directory}).code == ExitCode::input_output);
  CHECK(refused({"bad\nname"}).message ==
        "cannot open \"bad\\x0Aname\": no such file or directory");
  const TemporaryFile locked("time\n");
  REQUIRE(::chmod(locked.path().c_str(), 0) == 0);
  if (::geteuid() != 0) {
    CHECK(refused({locked.path()}).message ==
          "cannot open " + in_quotes(locked) + ": permission denied");
  }
}

TEST_CASE("log reader: a named pipe is read once and has no known size") {
  const std::string path = (std::filesystem::temp_directory_path() /
                            ("dosimeter-test-pipe-" + std::to_string(::getpid())))
                               .string();
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  // Opened for both so that no call blocks; closed before the reader looks for the end.
  std::FILE* writer = std::fopen(path.c_str(), "r+");
  REQUIRE(writer != nullptr);
  REQUIRE(std::fputs("time,path\n1777889702,/a\n", writer) >= 0);
  REQUIRE(std::fflush(writer) == 0);
  auto source = open_bytes(path);
  REQUIRE(source.has_value());
  std::fclose(writer);
  std::vector<char> block(100);
  const auto count = source.value()->read(block);
  REQUIRE(count.has_value());
  CHECK(count.value() == 24);
  CHECK(source.value()->bytes_read() == 24);
  CHECK(source.value()->read(block).value() == 0);
  const auto facts = examine_input(path);
  REQUIRE(facts.has_value());
  CHECK_FALSE(facts.value().repeatable);
  CHECK_FALSE(facts.value().size.has_value());
  std::filesystem::remove(path);
}

TEST_CASE("log reader: a read that a signal interrupts ends behind the last whole row") {
  const std::string path = (std::filesystem::temp_directory_path() /
                            ("dosimeter-test-interrupted-" + std::to_string(::getpid())))
                               .string();
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  std::FILE* writer = std::fopen(path.c_str(), "r+");
  REQUIRE(writer != nullptr);
  struct sigaction interrupts = {};
  interrupts.sa_handler = [](int) {};
  struct sigaction before = {};
  REQUIRE(::sigaction(SIGALRM, &interrupts, &before) == 0);
  // Again and again, as the first may come before the read waits.
  const itimerval often{{0, 20'000}, {0, 20'000}};
  REQUIRE(::setitimer(ITIMER_REAL, &often, nullptr) == 0);

  REQUIRE(std::fputs("time,pa", writer) >= 0);
  REQUIRE(std::fflush(writer) == 0);
  CHECK(refused({path}).message == "cannot read \"" + path + "\": interrupted system call");

  REQUIRE(std::fputs("time,path\n1777889702,/a\n1777889703,/b\n1777889704,/c", writer) >= 0);
  REQUIRE(std::fflush(writer) == 0);
  LogBlocks reader = opened({path});
  CHECK(events(reader) ==
        std::vector<std::string>{"0:2 row /a", "0:3 row /b",
                                 "failed cannot read \"" + path + "\": interrupted system call"});

  const itimerval never = {};
  CHECK(::setitimer(ITIMER_REAL, &never, nullptr) == 0);
  CHECK(::sigaction(SIGALRM, &before, nullptr) == 0);
  std::fclose(writer);
  std::filesystem::remove(path);
}

TEST_CASE("log reader: a file that is gone by its turn fails there") {
  const TemporaryFile first("time,path\n1777889702,/a\n");
  auto second = std::make_unique<TemporaryFile>("time,path\n1777889703,/b\n");
  const std::string path = second->path();
  LogBlocks reader = opened({first.path(), path});
  second.reset();
  CHECK(events(reader) ==
        std::vector<std::string>{"0:2 row /a",
                                 "failed cannot open \"" + path + "\": no such file or directory"});
  HeldBlock held;
  CHECK(reader.next(held) == BlockEvent::failed);
}

TEST_CASE("log reader: inputs have names for sentences and for places") {
  CHECK(name_in_sentence("a b.csv") == "\"a b.csv\"");
  CHECK(name_in_place("a b.csv") == "a b.csv");
  CHECK(name_in_place("a\"b\\c.csv") == "a\"b\\c.csv");
  CHECK(name_in_place("a\n\x1B.csv") == "a\\x0A\\x1B.csv");
  CHECK(name_in_sentence("-") == "standard input");
  CHECK(name_in_place("-") == "standard input");
  CHECK(examine_input("-").value().size == std::nullopt);
}
