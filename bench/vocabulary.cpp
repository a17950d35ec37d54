#include "bench/vocabulary.h"

#include <algorithm>

namespace dosimeter::bench {
namespace {

constexpr std::array<const char*, Vocabulary::kDomains> kDomainNames = {
    "pay",  "ship", "cart",  "user",  "auth",  "mail", "feed", "shop",
    "blog", "bill", "stock", "track", "media", "geo",  "ads",  "chat"};
constexpr std::array<const char*, 8> kKinds = {"api",  "web",  "store", "jobs",
                                               "core", "sync", "edge",  "hooks"};
constexpr std::array<const char*, Vocabulary::kRegions> kRegionNames = {"eu-west-1", "us-east-1",
                                                                        "ap-south-1", "sa-east-1"};
constexpr std::array<const char*, 40> kWordList = {
    "users",    "orders",  "items",   "carts",    "payments",  "invoices", "products", "reviews",
    "sessions", "tokens",  "devices", "events",   "messages",  "threads",  "photos",   "videos",
    "albums",   "tags",    "search",  "accounts", "addresses", "coupons",  "refunds",  "shipments",
    "parcels",  "offers",  "prices",  "stocks",   "stores",    "regions",  "teams",    "projects",
    "tasks",    "reports", "metrics", "alerts",   "webhooks",  "plans",    "seats",    "notes"};
constexpr std::array<const char*, Vocabulary::kExtensions> kExtensionList = {
    ".css", ".js",  ".png",  ".jpg",  ".svg", ".ico", ".woff", ".json", ".xml", ".txt",
    ".map", ".gif", ".webp", ".html", ".pdf", ".csv", ".mp4",  ".zip",  ".ttf", ".wasm"};

}  // namespace

std::string joined(std::initializer_list<std::string> parts) {
  std::string whole;
  for (const std::string& part : parts) whole += part;
  return whole;
}

Vocabulary::Vocabulary(std::size_t services) {
  double sum = 0;
  for (std::size_t i = 0; i < services; ++i) {
    sum += 1.0 / static_cast<double>(i + 1);
    cumulative_.push_back(sum);
  }
}

std::string Vocabulary::domain(std::size_t number) {
  return kDomainNames[number % kDomains];
}

std::string Vocabulary::service(std::size_t number) {
  const std::size_t round = number / kDomains;
  const std::string name = domain(number) + "-" + kKinds[round % kKinds.size()];
  return round < kKinds.size() ? name : name + std::to_string(round / kKinds.size() + 1);
}

std::string Vocabulary::region(std::size_t number) {
  return kRegionNames[number % kRegions];
}

std::string Vocabulary::word(std::size_t number) {
  const std::string name = kWordList[number % kWordList.size()];
  return number < kWordList.size() ? name : name + std::to_string(number / kWordList.size() + 1);
}

std::string Vocabulary::extension(std::size_t number) {
  return kExtensionList[number % kExtensions];
}

std::string Vocabulary::method(Random& random) {
  constexpr std::array<const char*, 8> kMethods = {"GET",  "GET", "GET",    "GET",
                                                   "POST", "PUT", "DELETE", "POST"};
  return kMethods[random.below(kMethods.size())];
}

std::size_t Vocabulary::frequent_service(Random& random) const {
  const double at = random.unit() * cumulative_.back();
  const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end(), at);
  return std::min(static_cast<std::size_t>(found - cumulative_.begin()), services() - 1);
}

std::size_t Vocabulary::frequent_service_of(std::size_t domain, Random& random) const {
  const std::size_t any = frequent_service(random);
  const std::size_t chosen = any - any % kDomains + domain;
  return chosen < services() ? chosen : domain;
}

std::string Vocabulary::host(std::size_t service_number, std::size_t region_number,
                             Random& random) const {
  const std::size_t instances = 1 + 10 / (1 + service_number / 8);
  return service(service_number) + "-" + std::to_string(random.below(instances)) + "." +
         region(region_number) + ".example.com";
}

std::string Vocabulary::id(Random& random) {
  return std::to_string(100 + random.below(999'900));
}

std::string Vocabulary::path(Random& random) {
  const auto any_word = [&] { return word(random.below(kWords)); };
  const std::string head = joined({"/api/v", std::to_string(1 + random.below(3)), "/", any_word()});
  const double shape = random.unit();
  if (shape < 0.12) return head;
  if (shape < 0.50) return joined({head, "/", id(random)});
  if (shape < 0.85) return joined({head, "/", id(random), "/", any_word()});
  if (shape < 0.95) return joined({"/static/", id(random), extension(random.below(kExtensions))});
  return joined({head, "/", id(random), "/", any_word(), "/", std::to_string(random.below(10))});
}

}  // namespace dosimeter::bench
