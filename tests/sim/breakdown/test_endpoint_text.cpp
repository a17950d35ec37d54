#include "sim/breakdown/endpoint_text.h"
#include "tests/support/allocation_count.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <set>
#include <string>

using namespace dosimeter;
using namespace dosimeter::sim;

namespace {

std::string path_of(const FieldText& target) {
  EndpointText text;
  return std::string(endpoint_parts(text.fold("GET", target)).path);
}

std::string method_of(const FieldText& method) {
  EndpointText text;
  return std::string(endpoint_parts(text.fold(method, "/")).method);
}

}  // namespace

TEST_CASE("endpoint text: identifiers are folded, and words are not") {
  struct Example {
    const char* target;
    const char* path;
  };
  // Shapes of paths that are met in access logs and in the documentation of web services.
  const Example examples[] = {
      {"/", "/"},
      {"", ""},
      {"*", "*"},
      {"/users/123", "/users/:id"},
      {"/users/123/", "/users/:id/"},
      {"/users/123/orders/4?page=2&x=/y", "/users/:id/orders/:id"},
      {"/users/1,2,3", "/users/:id"},
      {"/users/,", "/users/,"},
      {"/api/v1/users", "/api/v1/users"},
      {"/api/v2.1/users", "/api/v2.1/users"},
      {"/login?next=%2Fusers%2F7", "/login"},
      {"/login#top", "/login"},
      {"//double//slash", "//double//slash"},
      {"no/slash/9", "no/slash/:id"},
      // UUIDs.
      {"/o/3fa85f64-5717-4562-b3fc-2c963f66afa6", "/o/:id"},
      {"/o/3FA85F64-5717-4562-B3FC-2C963F66AFA6/x", "/o/:id/x"},
      {"/o/{3fa85f64-5717-4562-b3fc-2c963f66afa6}", "/o/:id"},
      {"/o/abcdefab-abcd-abcd-abcd-abcdefabcdef", "/o/:id"},
      {"/o/3fa85f64-5717-4562-b3fc", "/o/:id"},  // no UUID, but a token
      // Hexadecimal.
      {"/o/3fa85f64", "/o/:id"},
      {"/o/3fa85f6", "/o/3fa85f6"},
      {"/o/deadbeef", "/o/deadbeef"},
      {"/o/defaced", "/o/defaced"},
      {"/o/abcdefabcdefabcd", "/o/:id"},
      {"/o/507f1f77bcf86cd799439011", "/o/:id"},
      {"/o/d41d8cd98f00b204e9800998ecf8427e", "/o/:id"},
      {"/commit/1f7a7a472abf3dd9643fd615f6da379c4acb3e3a", "/commit/:id"},
      // ULIDs, and other tokens.
      {"/o/01ARZ3NDEKTSV4RRFFQ69G5FAV", "/o/:id"},
      {"/o/01ARZ3NDEKTSV4RRFFQ69G5FA", "/o/:id"},
      {"/o/0ujtsYcgvSTl8PAuAdqWYSMnLOv", "/o/:id"},
      {"/o/V1StGXR8_Z5jdHi6B-myT", "/o/:id"},
      {"/pay/pi_3MtwBwLkdIwHu7ix28a3tqPa", "/pay/:id"},
      {"/o/dXNlcjoxMjM0NTY3ODkwYWJj", "/o/:id"},
      {"/reset/eyJ1IjoxMjN9.ZkX3a9Q1b7c2d4e5", "/reset/eyJ1IjoxMjN9.:id"},
      {"/jwt/0a1b2c3d4e5f6a7b8c9d.0a1b2c3d4e5f6a7b.c0ffee00c0ffee11", "/jwt/:id"},
      // Words with digits.
      {"/blog/getting-started-with-docker-2024-edition",
       "/blog/getting-started-with-docker-2024-edition"},
      {"/blog/top-10-things-of-2023-part-2", "/blog/top-10-things-of-2023-part-2"},
      {"/presentations/logstash-puppetconf-2012/", "/presentations/logstash-puppetconf-2012/"},
      {"/oauth2/token", "/oauth2/token"},
      {"/rpc/GetOAuth2TokenForUser", "/rpc/GetOAuth2TokenForUser"},
      {"/shop.CartService/GetCart", "/shop.CartService/GetCart"},
      {"/image/60844/productModel/200x200", "/image/:id/productModel/200x200"},
      {"/filter/b41,b665", "/filter/b41,b665"},
      {"/product/31893/%D8%B3%D8%B4", "/product/:id/%D8%B3%D8%B4"},
      // Dots.
      {"/users/17.json", "/users/:id.json"},
      {"/favicon.ico", "/favicon.ico"},
      {"/static/app.3f2a1b9c.js", "/static/app.:id.js"},
      {"/static/jquery-3.6.0.min.js", "/static/jquery-3.6.0.min.js"},
      {"/reports/daily.20240504.csv", "/reports/daily.:id.csv"},
      {"/version/1.2.3", "/version/:id"},
      {"/ip/10.0.0.1", "/ip/:id"},
      {"/a.", "/a."},
      {"/1.", "/:id."},
      {"/..", "/.."},
      {"/.git/config", "/.git/config"},
      // Dates.
      {"/reports/2026-05-04", "/reports/:date"},
      {"/reports/2026-05-04T10:15:02Z", "/reports/:date"},
      {"/reports/2026-05-04.csv", "/reports/:date.csv"},
      {"/2015/05/03/post", "/:id/:id/:id/post"},
      {"/reports/2026-05", "/reports/2026-05"},
      // Mail addresses and parameters.
      {"/users/joe@example.com/posts", "/users/:id/posts"},
      {"/@scope/package", "/@scope/package"},
      {"/a@b", "/a@b"},
      {"/login;jsessionid=1A530637289A03B07199A44E8D531427/x", "/login/x"},
      {"/users/12;v=1", "/users/:id"},
  };
  for (const Example& example : examples) {
    INFO(example.target);
    CHECK(path_of(example.target) == example.path);
  }
}

TEST_CASE("endpoint text: methods are capitals, and what is absent is empty") {
  CHECK(method_of("get") == "GET");
  CHECK(method_of("-") == "");
  CHECK(method_of(std::nullopt) == "");
  CHECK(method_of(std::string_view("a\0b", 3)) == "A?B");
  CHECK(method_of(std::string(32, 'm')) == std::string(32, 'M'));
  CHECK(method_of(std::string(40, 'm')) == std::string(29, 'M') + "...");
  CHECK(path_of(std::nullopt) == "");
  CHECK(path_of("-") == "");
  EndpointText text;
  const std::string one(text.fold("A", "B"));
  CHECK(one != text.fold("AB", std::nullopt));
}

TEST_CASE("endpoint text: long paths are cut, at a character") {
  const std::string longest = "/" + std::string(kLongestPath - 1, 'x');
  CHECK(path_of(longest) == longest);
  CHECK(path_of(longest + "x") == longest.substr(0, kLongestPath - 3) + "...");
  CHECK(path_of("/" + std::string(1'000'000, 'x')).size() == kLongestPath);
  std::string slashes;
  for (int i = 0; i < 100'000; ++i) slashes += "/1";
  CHECK(path_of(slashes).size() == kLongestPath);
  // An accented letter is two bytes; the cut would fall into one.
  std::string accents = "/";
  for (int i = 0; i < 200; ++i) accents += "\xC3\xA9";
  const std::string cut_text = path_of(accents);
  CHECK(cut_text.size() == kLongestPath);
  CHECK(cut_text.substr(cut_text.size() - 5) == "\xC3\xA9...");
}

TEST_CASE("endpoint text: any bytes give a text of bounded length that folds to itself") {
  Random random;
  INFO("seed " << Random::default_seed());
  EndpointText text;
  std::set<std::string> seen;
  for (int round = 0; round < 30'000; ++round) {
    const std::string target =
        random.text(std::string_view("/.;?#0123456789abcdefXYZ-_=@,{}%\0\xC3\xA9", 36), 60);
    const std::string method = random.text("getGET-\xC3", 4);
    std::string once(text.fold(method, target));
    const EndpointParts parts = endpoint_parts(once);
    REQUIRE(parts.path.size() <= kLongestPath);
    REQUIRE(parts.method.size() <= kLongestMethod);
    const std::string again(text.fold(parts.method, parts.path));
    // `:id` is a word, so what is folded stays folded; a part that parameters had ended does not
    // become an identifier by itself.
    if (parts.path != "-" && parts.method != "-") REQUIRE(again == once);
    seen.insert(once);
  }
  CHECK(seen.size() > 10'000);
  const std::size_t allocations = allocation_count();
  static_cast<void>(text.fold("GET", "/users/123/orders/3fa85f64"));
  CHECK(allocation_count() == allocations);
}
