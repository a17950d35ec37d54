#include "sim/log/read_ahead.h"
#include "tests/sim/log/text_source.h"
#include "tests/support/catch.h"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <utility>

namespace {

using namespace dosimeter::sim;
using namespace dosimeter::test;

std::unique_ptr<ByteSource> started(std::unique_ptr<ByteSource> source, ReadAhead::Limits limits) {
  auto reader = ReadAhead::start(std::move(source), "\"x\"", limits);
  REQUIRE(reader.has_value());
  return std::move(reader).value();
}

std::string drain(ByteSource& source, std::size_t block_bytes) {
  std::string text;
  std::string block(block_bytes, '\0');
  for (;;) {
    const auto count = source.read(block);
    if (!count) return text + " failed: " + count.error().message;
    if (count.value() == 0) return text;
    text.append(block, 0, count.value());
  }
}

std::string numbers(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += std::to_string(i) + '\n';
  return text;
}

class DamagedSource final : public ByteSource {
 public:
  dosimeter::Result<std::size_t, Failure> read(std::span<char>) override { return std::size_t{0}; }
  std::uint64_t bytes_read() const noexcept override { return 12; }
  std::optional<std::string> damage() const override { return "is cut off"; }
};

/// A pipe that has a writer and no bytes.
class SilentPipe {
 public:
  SilentPipe() {
    REQUIRE(::mkfifo(path_.c_str(), 0600) == 0);
    writer_ = std::fopen(path_.c_str(), "r+");
    REQUIRE(writer_ != nullptr);
  }
  ~SilentPipe() {
    std::fclose(writer_);
    std::filesystem::remove(path_);
  }
  std::unique_ptr<ByteSource> open() const {
    auto source = open_bytes(path_);
    REQUIRE(source.has_value());
    return std::move(source).value();
  }

 private:
  std::string path_ = (std::filesystem::temp_directory_path() /
                       ("dosimeter-test-silent-" + std::to_string(::getpid())))
                          .string();
  std::FILE* writer_ = nullptr;
};

}  // namespace

TEST_CASE("read ahead: gives the same bytes, whatever the blocks") {
  const std::string text = numbers(50'000);
  for (const std::size_t blocks : std::initializer_list<std::size_t>{1, 2, 5}) {
    for (const std::size_t block_bytes : std::initializer_list<std::size_t>{1000, 300'000}) {
      auto reader =
          started(std::make_unique<ShortReadSource>(text, 1, 5000), {block_bytes, blocks});
      CHECK(drain(*reader, 777) == text);
      CHECK(reader->bytes_read() == text.size());
      CHECK(drain(*reader, 1).empty());
    }
  }
}

TEST_CASE("read ahead: a failure shows behind all that came before it, and again") {
  const std::string text = numbers(1000);
  auto reader = started(std::make_unique<TextSource>(text, 100, true), {1000, 2});
  CHECK(drain(*reader, 64) == text + " failed: cannot read \"x.csv\": input/output error");
  CHECK(drain(*reader, 64) == " failed: cannot read \"x.csv\": input/output error");
}

TEST_CASE("read ahead: what the source says of its end is said") {
  auto reader = started(std::make_unique<DamagedSource>(), {1000, 2});
  CHECK(drain(*reader, 64).empty());
  CHECK(reader->damage() == "is cut off");
  CHECK(reader->bytes_read() == 12);
}

TEST_CASE("read ahead: bytes are counted as they are given, and no further") {
  auto reader = started(std::make_unique<TextSource>(numbers(1000), 100), {1000, 4});
  CHECK(reader->bytes_read() == 0);
  std::string block(10, '\0');
  for (std::uint64_t given = 10; given < 1000; given += 10) {
    REQUIRE(reader->read(block).value() == 10);
    REQUIRE(reader->bytes_read() == (given + 99) / 100 * 100);
  }
}

TEST_CASE("read ahead: may be let go at any time") {
  for (int reads = 0; reads < 20; ++reads) {
    auto reader = started(std::make_unique<TextSource>(numbers(10'000), 500), {1000, 3});
    std::string block(300, '\0');
    for (int i = 0; i < reads; ++i) REQUIRE(reader->read(block).has_value());
  }
}

TEST_CASE("read ahead: ends though its source waits") {
  const SilentPipe pipe;
  { auto reader = started(pipe.open(), {1000, 2}); }
  auto reader = started(pipe.open(), {1000, 2});
  std::jthread interrupter([&] { reader->interrupt(); });
  CHECK(drain(*reader, 64) == " failed: cannot read \"x\": interrupted system call");
  CHECK(drain(*reader, 64) == " failed: cannot read \"x\": interrupted system call");
}

TEST_CASE("read ahead: a signal ends the wait of the thread that handles it, and no more") {
  struct sigaction interrupts = {};
  interrupts.sa_handler = [](int) {};
  struct sigaction before = {};
  REQUIRE(::sigaction(SIGUSR1, &interrupts, &before) == 0);
  const SilentPipe pipe;
  auto reader = started(pipe.open(), {1000, 2});
  const pthread_t waiting = pthread_self();
  // Again and again, as the first may come before the read waits.
  std::jthread signals([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      pthread_kill(waiting, SIGUSR1);
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  });
  CHECK(drain(*reader, 64) == " failed: cannot read \"x\": interrupted system call");
  signals.request_stop();
  signals.join();
  CHECK(::sigaction(SIGUSR1, &before, nullptr) == 0);
}
