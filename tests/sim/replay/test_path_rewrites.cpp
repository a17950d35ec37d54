#include "sim/replay/path_rewrites.h"
#include "tests/support/catch.h"

#include <string>
#include <vector>

using namespace dosimeter::sim;

namespace {

std::string rewritten(std::vector<std::string> texts, std::string_view target) {
  std::string room;
  return std::string(PathRewrites::parse(texts).value().apply(target, room));
}

}  // namespace

TEST_CASE("path rewrites: a prefix ends where a part of the path does") {
  CHECK(rewritten({"/api=/v1"}, "/api") == "/v1");
  CHECK(rewritten({"/api=/v1"}, "/api/x?y=/api") == "/v1/x?y=/api");
  CHECK(rewritten({"/api=/v1"}, "/api?x") == "/v1?x");
  CHECK(rewritten({"/api=/v1"}, "/apis/x") == "/apis/x");
  CHECK(rewritten({"/api=/v1"}, "/x/api") == "/x/api");
  CHECK(rewritten({"/api=/v1"}, "/") == "/");
  CHECK(rewritten({"/api/=/"}, "/api/x") == "/x");
  CHECK(rewritten({"/api/=/"}, "/api") == "/api");
  CHECK(rewritten({"/=/shop/"}, "/x") == "/shop/x");
  CHECK(rewritten({"/api=/a=b"}, "/api/x") == "/a=b/x");
}

TEST_CASE("path rewrites: what comes out begins with one slash") {
  for (const char* rewrite : {"/api=", "/api=/", "/api/="}) {
    CAPTURE(rewrite);
    CHECK(rewritten({rewrite}, "/api/x?y") == "/x?y");
  }
  CHECK(rewritten({"/api="}, "/api") == "/");
  CHECK(rewritten({"/api="}, "/api?x") == "/?x");
  CHECK(rewritten({"/api=/"}, "/api?x") == "/?x");
}

TEST_CASE("path rewrites: the longest that fits, and no other after it") {
  const std::vector<std::string> all = {"/a=/b", "/a/b=/c", "/b=/d"};
  CHECK(rewritten(all, "/a/b/x") == "/c/x");
  CHECK(rewritten(all, "/a/bb") == "/b/bb");
  CHECK(rewritten(all, "/b/x") == "/d/x");
}

TEST_CASE("path rewrites: what is none is refused") {
  for (const char* text : {"", "/api", "api=/", "/api=v1", "=/", "/a?b=/c", "/a=/b?c"}) {
    CAPTURE(text);
    const std::vector<std::string> texts = {text};
    CHECK_FALSE(PathRewrites::parse(texts));
  }
  const std::vector<std::string> twice = {"/a=/b", "/a=/c"};
  CHECK_FALSE(PathRewrites::parse(twice));
}
