#include "sim/predict/prices.h"
#include "tests/support/catch.h"

#include <random>
#include <string>

namespace dosimeter::sim {
namespace {

const std::string kGood = R"({
  "date": "2026-11-22",
  "source": "somewhere",
  "currency": "USD",
  "recorded": {
    "free_per_month": 7,
    "price_per_million": 2.5
  }
})";

std::string with(const std::string& old_text, const std::string& new_text) {
  std::string text = kGood;
  const std::size_t at = text.find(old_text);
  REQUIRE(at != std::string::npos);
  return text.replace(at, old_text.size(), new_text);
}

std::string message_for(const std::string& text) {
  const Result<Prices, Failure> loaded = load_prices("prices.json", text);
  if (loaded) return "no error";
  CHECK(loaded.error().code == ExitCode::usage);
  return loaded.error().message;
}

TEST_CASE("prices: the built-in ones are AWS's for commercial regions") {
  const Prices& prices = builtin_prices();
  CHECK(prices.date == "2026-11-22");
  CHECK_FALSE(prices.source.empty());
  CHECK(prices.currency == "USD");
  CHECK(prices.free_per_month == 100'000);
  CHECK(prices.price_per_million == 5.0);
}

TEST_CASE("prices: a file is read") {
  const Result<Prices, Failure> loaded = load_prices("prices.json", kGood);
  REQUIRE(loaded.has_value());
  CHECK(loaded.value().date == "2026-11-22");
  CHECK(loaded.value().source == "somewhere");
  CHECK(loaded.value().currency == "USD");
  CHECK(loaded.value().free_per_month == 7);
  CHECK(loaded.value().price_per_million == 2.5);
  CHECK(load_prices("p", with("7", "1e5")).value().free_per_month == 100'000);
  CHECK(load_prices("p", with("2.5", "0")).value().price_per_million == 0);
  CHECK(load_prices("p", with("2.5", "3")).value().price_per_million == 3);
}

TEST_CASE("prices: an error names the file, the line, what was expected and what was got") {
  CHECK(message_for(with("2.5", "-5")) ==
        "prices.json:7: recorded.price_per_million must be a number between 0 and 1000000000, got "
        "-5");
  CHECK(message_for(with("2.5", "1e10")) ==
        "prices.json:7: recorded.price_per_million must be a number between 0 and 1000000000, got "
        "1e10");
  CHECK(message_for(with("2.5", "\"5\"")) ==
        "prices.json:7: recorded.price_per_million must be a number, got \"5\"");
  CHECK(message_for(with("2.5", "null")) ==
        "prices.json:7: recorded.price_per_million must be a number, got null");
  CHECK(message_for(with("7", "7.5")) ==
        "prices.json:6: recorded.free_per_month must be a whole number between 0 and "
        "1000000000000000, got 7.5");
  CHECK(message_for(with("7", "18446744073709551615")) ==
        "prices.json:6: recorded.free_per_month must be a whole number between 0 and "
        "1000000000000000, got 18446744073709551615");
  CHECK(message_for(with("7", "[7]")) ==
        "prices.json:6: recorded.free_per_month must be a number, got an array");
  CHECK(message_for(with("2026-11-22", "2026-02-30")) ==
        "prices.json:2: date must be a day like 2026-11-22, got \"2026-02-30\"");
  CHECK(message_for(with("\"2026-11-22\"", "20261122")) ==
        "prices.json:2: date must be a string, got 20261122");
  CHECK(message_for(with("somewhere", "")) ==
        "prices.json:3: source must be 1 to 1000 printable characters, got \"\"");
  CHECK(message_for(with("USD", "euro")) ==
        "prices.json:4: currency must be USD (reports are in US dollars only), got \"euro\"");
  CHECK(message_for(with("USD", "EUR")) ==
        "prices.json:4: currency must be USD (reports are in US dollars only), got \"EUR\"");
  CHECK(message_for(with("\"USD\"", "true")) ==
        "prices.json:4: currency must be a string, got true");
  CHECK(message_for(with("2.5", "-2." + std::string(50'000, '5'))) ==
        "prices.json:7: recorded.price_per_million must be a number between 0 and 1000000000, got "
        "-2." +
            std::string(77, '5') + "...");
  CHECK(message_for("[]") == "prices.json:1: expected an object, got an array");
  CHECK(message_for("7") == "prices.json:1: expected an object, got 7");
  CHECK(message_for(with("\"USD\"", "{}")) ==
        "prices.json:4: currency must be a string, got an object");
}

TEST_CASE("prices: every key once, and no other") {
  CHECK(message_for(with("\"date\"", "\"dat\"")) ==
        "prices.json:2: expected the keys date, source, currency, recorded, got \"dat\" (did you "
        "mean date?)");
  CHECK(message_for(with("price_per_million", "color")) ==
        "prices.json:7: expected the keys free_per_month, price_per_million, got \"color\" in "
        "recorded");
  CHECK(message_for(with("\"source\"", "\"date\"")) ==
        "prices.json:3: date must be there once, got it twice");
  CHECK(message_for(with(",\n    \"price_per_million\": 2.5", "")) ==
        "prices.json: recorded.price_per_million is missing");
  CHECK(message_for("{}") == "prices.json: date is missing");
  CHECK(message_for(with("{\n    \"free_per_month\": 7,\n    \"price_per_million\": 2.5\n  }",
                         "5")) == "prices.json:5: recorded must be an object, got 5");
}

TEST_CASE("prices: what is not JSON is one clear line") {
  CHECK(message_for("") == "prices.json:1: expected JSON, got nothing");
  CHECK(message_for("{\"date\": ") == "prices.json:1: expected JSON, got the end of the file");
  CHECK(message_for("prices: 5").rfind("prices.json:1: expected JSON, got \"p", 0) == 0);
  CHECK(message_for(kGood + "x").rfind("prices.json:9: expected JSON, got", 0) == 0);
  CHECK(message_for(with("2.5", "1e999")).rfind("prices.json:7: expected JSON, got \"1e999", 0) ==
        0);
  CHECK(message_for(std::string(20'000, '[')) == "prices.json:1: expected an object, got an array");
  CHECK(message_for(std::string(1'000'000, '[')) ==
        "prices.json: a price file must be at most 65536 bytes, got 1000000");
}

TEST_CASE("prices: no text crashes the reader or puts control characters into a message") {
  std::mt19937_64 random(5);
  for (int round = 0; round < 20'000; ++round) {
    std::string text = kGood;
    for (std::uint64_t edit = 0; edit <= random() % 4; ++edit) {
      const std::size_t at = random() % text.size();
      switch (random() % 3) {
        case 0:
          text[at] = static_cast<char>(random() % 256);
          break;
        case 1:
          text.erase(at, random() % 30);
          break;
        default:
          text.insert(at, text.substr(random() % text.size(), random() % 30));
          break;
      }
      if (text.empty()) break;
    }
    const Result<Prices, Failure> loaded = load_prices("prices.json", text);
    if (loaded) {
      REQUIRE(loaded.value().price_per_million >= 0);
      REQUIRE(loaded.value().price_per_million <= kMaximumPricePerMillion);
      REQUIRE(loaded.value().free_per_month <= kMaximumFreePerMonth);
      continue;
    }
    REQUIRE(loaded.error().message.rfind("prices.json", 0) == 0);
    REQUIRE(loaded.error().message.size() < 400);
    for (const char each : loaded.error().message) REQUIRE((each < 0 || each >= ' '));
  }
}

}  // namespace
}  // namespace dosimeter::sim
