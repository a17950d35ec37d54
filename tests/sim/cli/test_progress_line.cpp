#include "sim/cli/progress_line.h"
#include "sim/report/number_text.h"
#include "tests/support/catch.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

using namespace dosimeter::sim;

namespace {

constexpr ReplayProgress kHalfRead{1'200'000'000, 2'400'000'000, 9'000'000};

/// What a terminal of so many columns was sent while `work` wrote to it.
template <typename Work>
std::string sent_to_terminal(unsigned short columns, Work&& work) {
  const int master = posix_openpt(O_RDWR | O_NOCTTY);
  REQUIRE(master >= 0);
  REQUIRE(grantpt(master) == 0);
  REQUIRE(unlockpt(master) == 0);
  std::FILE* terminal = std::fopen(ptsname(master), "w");
  REQUIRE(terminal != nullptr);
  const winsize size{24, columns, 0, 0};
  REQUIRE(ioctl(fileno(terminal), TIOCSWINSZ, &size) == 0);
  work(terminal);
  std::string sent;
  pollfd ready{master, POLLIN, 0};
  while (poll(&ready, 1, 0) == 1 && (ready.revents & POLLIN) != 0) {
    char bytes[4096];
    const auto got = read(master, bytes, sizeof bytes);
    if (got <= 0) break;
    sent.append(bytes, static_cast<std::size_t>(got));
  }
  std::fclose(terminal);
  close(master);
  return sent;
}

}  // namespace

TEST_CASE("progress: what it says, by the room there is") {
  CHECK(progress_text(kHalfRead, 3, 100) ==
        "[#############              ] 50 %, 1.2 GB of 2.4 GB, 3,000,000 rows a second, 3 s left");
  CHECK(progress_text(kHalfRead, 3, 70) ==
        "[#####     ] 50 %, 1.2 GB of 2.4 GB, 3,000,000 rows a second, 3 s left");
  CHECK(progress_text(kHalfRead, 3, 60) ==
        "50 %, 1.2 GB of 2.4 GB, 3,000,000 rows a second, 3 s left");
  CHECK(progress_text(kHalfRead, 3, 45) == "50 %, 3,000,000 rows a second, 3 s left");
  CHECK(progress_text(kHalfRead, 3, 26) == "[####     ] 50 %, 3 s left");
  CHECK(progress_text(kHalfRead, 3, 14) == "50 %, 3 s left");
  CHECK(progress_text(kHalfRead, 3, 5) == "50 %");
  CHECK(progress_text(kHalfRead, 3, 2) == "50");
  CHECK(progress_text(kHalfRead, 3, 0) == "");
}

TEST_CASE("progress: without a total there is no share") {
  const ReplayProgress piped{5'000'000, std::nullopt, 40'000};
  CHECK(progress_text(piped, 2, 100) == "5.0 MB, 40,000 rows, 20,000 rows a second");
  CHECK(progress_text(piped, 2, 35) == "5.0 MB, 20,000 rows a second");
  CHECK(progress_text(piped, 2, 10) == "5.0 MB");
}

TEST_CASE("progress: a file that grows is never more than all") {
  CHECK(progress_text({300, 100, 3}, 1, 60) ==
        "[#########] 100 %, 300 B of 100 B, 3 rows a second, 0 s left");
}

TEST_CASE("progress: at every width the line fits") {
  for (std::size_t columns = 0; columns < 150; ++columns) {
    CHECK(progress_text(kHalfRead, 1234.5, columns).size() <= columns);
    CHECK(progress_text({7, std::nullopt, 1}, 0.001, columns).size() <= columns);
    CHECK(progress_text({0, 100, 0}, 1, columns).size() <= columns);
  }
}

TEST_CASE("progress line: one line on a terminal, written anew, and gone in the end") {
  const std::string sent = sent_to_terminal(30, [](std::FILE* terminal) {
    Console console(stdout, terminal);
    REQUIRE(console.is_watched());
    CHECK(console.columns() == 30);
    ProgressLine line(console, std::chrono::milliseconds(0));
    line.update(kHalfRead);
    // Too soon to be shown.
    line.update({2'400'000'000, 2'400'000'000, 9'000'000});
  });
  CHECK(sent.starts_with("\r\033[K"));
  CHECK(sent.find("50 %") != sent.npos);
  CHECK(sent.find("100 %") == sent.npos);
  CHECK(sent.find('\n') == sent.npos);
  CHECK(sent.ends_with("\r\033[K"));
  CHECK(sent.size() <= 29 + 2 * 4);
}

TEST_CASE("progress line: nothing in the first second, and nothing where nobody watches") {
  CHECK(sent_to_terminal(80, [](std::FILE* terminal) {
          Console console(stdout, terminal);
          ProgressLine line(console);
          line.update(kHalfRead);
        }).empty());
  CHECK(sent_to_terminal(80, [](std::FILE* terminal) {
          const char* before = std::getenv("TERM");
          const std::string kept = before == nullptr ? "" : before;
          setenv("TERM", "dumb", 1);
          Console console(stdout, terminal);
          before == nullptr ? unsetenv("TERM") : setenv("TERM", kept.c_str(), 1);
          CHECK_FALSE(console.is_watched());
          ProgressLine line(console, std::chrono::milliseconds(0));
          line.update(kHalfRead);
        }).empty());
  std::FILE* file = std::tmpfile();
  REQUIRE(file != nullptr);
  {
    Console console(stdout, file);
    ProgressLine line(console, std::chrono::milliseconds(0));
    line.update(kHalfRead);
  }
  CHECK(std::ftell(file) == 0);
  std::fclose(file);
}

TEST_CASE("number text: bytes") {
  CHECK(bytes_text(0) == "0 B");
  CHECK(bytes_text(999) == "999 B");
  CHECK(bytes_text(1000) == "1.0 kB");
  CHECK(bytes_text(9'949) == "9.9 kB");
  CHECK(bytes_text(9'951) == "10 kB");
  CHECK(bytes_text(999'499) == "999 kB");
  CHECK(bytes_text(999'500) == "1.0 MB");
  CHECK(bytes_text(1'234'567'890) == "1.2 GB");
  CHECK(bytes_text(UINT64_MAX) == "18 EB");
}
