#include "sim/log/inflating_source.h"
#include "tests/sim/log/text_source.h"
#include "tests/support/catch.h"
#include "tests/support/packed.h"
#include "tests/support/random.h"

#include <lzma.h>

#include <cstdint>
#include <string>
#include <vector>

namespace {

using namespace dosimeter::sim;
using namespace dosimeter::test;
using dosimeter::Result;

struct Inflated {
  std::string text;
  std::optional<std::string> damage;
  std::optional<std::string> failure;
};

Inflated drain(ByteSource& source, std::size_t block_bytes) {
  Inflated result;
  std::string block(block_bytes, '\0');
  for (;;) {
    const auto count = source.read(block);
    if (!count) {
      result.failure = count.error().message;
      CHECK(source.read(block).error().message == count.error().message);
      return result;
    }
    if (count.value() == 0) break;
    result.text.append(block, 0, count.value());
  }
  CHECK(source.read(block).value() == 0);
  result.damage = source.damage();
  return result;
}

Inflated inflated(const std::string& packed, std::size_t at_a_time = std::string::npos,
                  std::size_t block_bytes = 1 << 16) {
  const Compression compression = guess_compression(packed).compression;
  REQUIRE(compression != Compression::none);
  InflatingSource source(std::make_unique<TextSource>(packed, at_a_time), {}, compression, "\"x\"");
  return drain(source, block_bytes);
}

using Pack = std::string (*)(std::string_view);

struct Kind {
  const char* name;
  Pack pack;
};

const Kind kKinds[] = {{"gzip", [](std::string_view text) { return gzip_member(text); }},
                       {"zstd", [](std::string_view text) { return zstd_frame(text); }},
                       {"bzip2", [](std::string_view text) { return bzip2_stream(text); }},
                       {"xz", [](std::string_view text) { return xz_stream(text); }}};

/// Lines that pack well but not too well.
std::string lines(std::size_t count, std::uint64_t seed) {
  Random random(seed);
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += "2026-05-04T10:15:02Z,/api/" + std::to_string(random.below(10'000'000)) + ",200\n";
  }
  return text;
}

bool is_prefix(const std::string& text, const std::string& whole) {
  return whole.compare(0, text.size(), text) == 0;
}

}  // namespace

TEST_CASE("inflating source: gives what was packed, however it is cut") {
  const std::string text = lines(20'000, 1);
  for (const Kind& kind : kKinds) {
    CAPTURE(kind.name);
    const std::string packed = kind.pack(text);
    CHECK(inflated(packed).text == text);
    for (const std::size_t at_a_time : std::initializer_list<std::size_t>{1, 7, 1000}) {
      for (const std::size_t block_bytes :
           std::initializer_list<std::size_t>{1, 13, 4096, 1 << 20}) {
        const Inflated result = inflated(packed, at_a_time, block_bytes);
        CHECK(result.text == text);
        CHECK_FALSE(result.damage);
        CHECK_FALSE(result.failure);
      }
    }
  }
}

TEST_CASE("inflating source: many members are one text") {
  for (const Kind& kind : kKinds) {
    CAPTURE(kind.name);
    std::string packed;
    std::string text;
    for (std::size_t i = 0; i < 40; ++i) {
      const std::string part = lines(i % 4 * 50, i);
      text += part;
      packed += kind.pack(part);
    }
    for (const std::size_t at_a_time : {std::size_t{1}, std::size_t{100}, packed.size()}) {
      const Inflated result = inflated(packed, at_a_time);
      CHECK(result.text == text);
      CHECK_FALSE(result.damage);
    }
  }
}

TEST_CASE("inflating source: the bytes read are packed ones, and taken bytes count") {
  for (const Kind& kind : kKinds) {
    const std::string packed = kind.pack(lines(1000, 2));
    auto packed_source = std::make_unique<TextSource>(packed);
    std::string front(10, '\0');
    REQUIRE(packed_source->read(front).value() == 10);
    InflatingSource source(std::move(packed_source), front, guess_compression(packed).compression,
                           "\"x\"");
    CHECK(source.bytes_read() == 10);
    CHECK(drain(source, 1 << 16).text == lines(1000, 2));
    CHECK(source.bytes_read() == packed.size());
  }
}

TEST_CASE("inflating source: cut off anywhere, what is whole is given and the damage is said") {
  const std::string first = lines(30, 3);
  const std::string second = lines(60, 4);
  for (const Kind& kind : kKinds) {
    CAPTURE(kind.name);
    const std::string packed = kind.pack(first) + kind.pack(second);
    const std::size_t boundary = kind.pack(first).size();
    for (std::size_t length = kLongestMagic; length < packed.size(); ++length) {
      const Inflated result = inflated(packed.substr(0, length), 11);
      CAPTURE(length);
      REQUIRE(is_prefix(result.text, first + second));
      REQUIRE_FALSE(result.failure);
      if (length == boundary) {
        REQUIRE_FALSE(result.damage);
        REQUIRE(result.text == first);
      } else {
        REQUIRE(result.damage);
        REQUIRE(result.text.size() >= (length > boundary ? first.size() : 0));
      }
    }
  }
}

TEST_CASE("inflating source: a long input that is cut off gives nearly all that was packed") {
  // bzip2 packs 100,000 bytes at a time, and none of such a part is given before all of it.
  const std::string text = lines(60'000, 5);
  for (const Kind& kind : kKinds) {
    const std::string packed = kind.pack(text);
    const Inflated result = inflated(packed.substr(0, packed.size() - packed.size() / 10));
    CAPTURE(kind.name, result.text.size(), text.size());
    CHECK(is_prefix(result.text, text));
    CHECK(result.text.size() > text.size() / 10 * 8);
    REQUIRE(result.damage);
    CHECK(*result.damage == "is cut off within its " + std::string(kind.name) + " data, at byte " +
                                std::to_string(packed.size() - packed.size() / 10));
  }
}

TEST_CASE("inflating source: one wrong byte is damage, and never more") {
  const std::string text = lines(40, 6);
  for (const Kind& kind : kKinds) {
    CAPTURE(kind.name);
    const std::string packed = kind.pack(text);
    std::size_t unseen = 0;
    for (std::size_t at = 0; at < packed.size(); ++at) {
      std::string wrong = packed;
      wrong[at] = static_cast<char>(wrong[at] ^ 0x55);
      if (guess_compression(wrong).compression == Compression::none) continue;
      const Inflated result = inflated(wrong, 17);
      // Such bytes hold nothing of the text: gzip's time and name, zstd's size.
      if (!result.damage && !result.failure) ++unseen;
      REQUIRE((result.damage || result.failure || result.text == text));
    }
    CHECK(unseen <= (std::string(kind.name) == "gzip" ? 19U : 0U));
  }
}

TEST_CASE("inflating source: a wrong checksum is told from other damage where it can be") {
  std::string gzip = gzip_member("time\n1777889702\n");
  gzip[gzip.size() - 5] ^= 1;  // of the sum
  CHECK(inflated(gzip).damage ==
        "has gzip data that does not fit its checksum, at byte " + std::to_string(gzip.size()));
  CHECK(inflated(gzip).text == "time\n1777889702\n");
  std::string size = gzip_member("time\n1777889702\n");
  size.back() ^= 1;
  CHECK(inflated(size).damage);
  std::string zstd = zstd_frame("time\n1777889702\n");
  zstd.back() ^= 1;
  CHECK(inflated(zstd).damage->find("has zstd data that does not fit its checksum") == 0);
}

TEST_CASE("inflating source: padding is nothing, all else behind the data is damage") {
  const auto damage = [](const std::string& packed) {
    const Inflated whole = inflated(packed);
    const Inflated bytewise = inflated(packed, 1);
    CHECK(whole.text == "time\n");
    CHECK(bytewise.text == "time\n");
    CHECK(whole.damage == bytewise.damage);
    return whole.damage.value_or("none");
  };
  const auto zeros = [](std::size_t count) { return std::string(count, '\0'); };
  const std::string gzip = gzip_member("time\n");
  const std::string at = ", at byte " + std::to_string(gzip.size());
  CHECK(damage(gzip + zeros(1)) == "none");
  CHECK(damage(gzip + zeros(300'000)) == "none");
  CHECK(damage(gzip + "garbage") == "has something else behind its gzip data" + at);
  CHECK(damage(gzip + "\x1F") == "has something else behind its gzip data" + at);
  CHECK(damage(gzip + zeros(3) + gzip) ==
        "has something else behind its gzip data, at byte " + std::to_string(gzip.size() + 3));
  CHECK(damage(zstd_frame("time\n") + zeros(4)).find("has something else behind its zstd") == 0);
  CHECK(damage(bzip2_stream("time\n") + "BZh").find("has something else behind its bzip2") == 0);
  const std::string xz = xz_stream("time\n");
  CHECK(damage(xz + zeros(4)) == "none");
  CHECK(damage(xz + zeros(400'000)) == "none");
  CHECK(damage(xz + zeros(5)).find("has something else behind its xz data") == 0);
  CHECK(damage(xz + zeros(2) + xz).find("has something else behind its xz data") == 0);
  CHECK(damage(xz + "garbage").find("has something else behind its xz data") == 0);
  CHECK(inflated(xz + zeros(8) + xz).text == "time\ntime\n");
}

TEST_CASE("inflating source: skippable frames of zstd are nothing") {
  const std::string skippable = std::string("\x57\x2A\x4D\x18\x05\0\0\0", 8) + "\x28\xB5\x2F\xFD!";
  const std::string packed =
      skippable + zstd_frame("time\n") + skippable + skippable + zstd_frame("1\n") + skippable;
  CHECK(inflated(packed).text == "time\n1\n");
  CHECK(inflated(packed, 1).text == "time\n1\n");
  CHECK_FALSE(inflated(packed, 1).damage);
  CHECK(inflated(skippable).text.empty());
}

TEST_CASE("inflating source: windows above 128 MiB and dictionaries are refused") {
  // RFC 8878, 3.1.1.1.2: 2 to the power of 10 + the upper five bits, and no frame behind it.
  const auto frame = [](int exponent) {
    return std::string("\x28\xB5\x2F\xFD\x00", 5) + static_cast<char>((exponent - 10) << 3) +
           std::string("\x01\x00\x00", 3);
  };
  CHECK_FALSE(inflated(frame(27)).failure);
  CHECK_FALSE(inflated(frame(27)).damage);
  CHECK(inflated(frame(28)).failure ==
        "\"x\": its zstd data needs a window of more than 128 MiB; "
        "try zstd -dc --long=31 FILE | simulate --log -");
  CHECK(inflated(zstd_frame("time\n") + frame(31)).failure);
  CHECK(inflated(zstd_frame("time\n") + frame(31)).text == "time\n");
  CHECK(inflated(std::string("\x28\xB5\x2F\xFD\x21\x07\x01\x01\x00\x00", 10)).failure ==
        "\"x\": its zstd data needs a dictionary or a method that is not known here");

  // The block's header is at byte 12 and begins with its size; in it are the filter's id, the size
  // of its properties and they, the dictionary's size; its sum is at its end.
  const auto stream = [](char dictionary) {
    std::string packed = xz_stream("time\n");
    const std::size_t header = (static_cast<unsigned char>(packed[12]) + 1) * std::size_t{4};
    const std::size_t filter = packed.find("\x21\x01", 12);
    REQUIRE(filter < 12 + header);
    packed[filter + 2] = dictionary;
    const std::uint32_t sum =
        lzma_crc32(reinterpret_cast<const std::uint8_t*>(packed.data()) + 12, header - 4, 0);
    for (std::size_t i = 0; i < 4; ++i) {
      packed[12 + header - 4 + i] = static_cast<char>(sum >> (8 * i));
    }
    return inflated(packed);
  };
  CHECK(stream(30).text == "time\n");  // 128 MiB
  CHECK(stream(32).failure ==
        "\"x\": its xz data needs a dictionary of more than 128 MiB; "
        "try xz -dc FILE | simulate --log -");
}

TEST_CASE("inflating source: a source that fails shows behind what came before") {
  const std::string text = lines(30'000, 7);
  for (const Kind& kind : kKinds) {
    const std::string packed = kind.pack(text);
    InflatingSource source(
        std::make_unique<TextSource>(packed.substr(0, packed.size() / 10 * 9), 1000, true), {},
        guess_compression(packed).compression, "\"x\"");
    const Inflated result = drain(source, 1 << 16);
    CHECK(result.failure == "cannot read \"x.csv\": input/output error");
    CHECK(is_prefix(result.text, text));
    CHECK(result.text.size() > text.size() / 10 * 7);
  }
}

TEST_CASE("inflating source: gzip's two inflaters agree on whole, cut off and damaged members") {
  const auto run = [](Inflater& inflater, const std::string& packed, std::size_t at_a_time,
                      std::size_t block_bytes) {
    std::string text;
    std::string block(block_bytes, '\0');
    std::size_t at = 0;
    for (;;) {
      const std::string_view given = std::string_view(packed).substr(at, at_a_time);
      const InflateStep step = inflater.step(given, block);
      text.append(block, 0, step.produced);
      at += step.consumed;
      const bool stuck = step.consumed == 0 && step.produced == 0;
      if (step.state != InflateState::inside || (stuck && at == packed.size())) {
        return std::tuple(text, step.state, at);
      }
      // A step that wants more than it was given gets it.
      if (stuck) at_a_time = std::min(at_a_time * 2, packed.size());
    }
  };
  Random random;
  INFO("seed " << Random::default_seed());
  for (int round = 0; round < 400; ++round) {
    const std::string text = lines(random.below(300), random.next());
    std::string packed = gzip_member(text, static_cast<int>(random.below(10))) + "behind it";
    const std::size_t whole = packed.size() - 9;
    const int change = round % 4;
    if (change == 1) packed.resize(random.below(whole));
    if (change == 2)
      packed[10 + random.below(whole - 10)] ^= static_cast<char>(1 + random.below(255));
    const std::size_t at_a_time = 1 + random.below(3000);
    const std::size_t block_bytes = 1 + random.below(5000);
    const auto fast = make_gzip_inflater();
    const auto slow = make_zlib_inflater();
    const auto [fast_text, fast_state, fast_at] = run(*fast, packed, at_a_time, block_bytes);
    const auto [slow_text, slow_state, slow_at] = run(*slow, packed, at_a_time, block_bytes);
    CAPTURE(round, change, packed.size(), at_a_time, block_bytes);
    const auto kind = [](InflateState state) {
      return state == InflateState::inside ? 0 : state == InflateState::whole ? 1 : 2;
    };
    CHECK(kind(fast_state) == kind(slow_state));
    if (change == 1) CHECK(fast_text == slow_text);
    if (change == 0 || change == 3) {
      CHECK(fast_text == text);
      CHECK(slow_text == text);
      CHECK(fast_at == whole);
      CHECK(slow_at == whole);
      fast->restart();
      const auto [again, again_state, again_at] = run(*fast, packed, at_a_time, block_bytes);
      CHECK(again == text);
      CHECK(again_state == InflateState::whole);
    }
  }
}
