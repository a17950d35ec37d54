#include <dosimeter/raw_request.h>

#include "tests/support/catch.h"
#include "tests/support/random.h"

using namespace dosimeter;

namespace {

RawRequest raw(std::string_view host, std::string_view target) {
  RawRequest made;
  made.set_host(host);
  made.set_target(target);
  return made;
}

std::string path_seen(std::string_view target, const TextChoices& choices,
                      std::string base_path = "") {
  RecorderView view(choices, std::move(base_path));
  return std::string(view.view(raw("h", target)).url_path.value());
}

std::string host_seen(std::string_view host, const TextChoices& choices) {
  RecorderView view(choices);
  return std::string(view.view(raw(host, "/")).host.value());
}

}  // namespace

TEST_CASE("raw request: a Host header is a host and a port") {
  const auto parts = [](std::string_view header) {
    RawRequest made;
    made.set_host(header);
    return std::pair(made.host, made.port);
  };
  using Parts = std::pair<FieldText, FieldText>;
  CHECK(parts("shop:8080") == Parts("shop", "8080"));
  CHECK(parts("shop") == Parts("shop", std::nullopt));
  CHECK(parts("shop:") == Parts("shop", ""));
  CHECK(parts("[::1]:80") == Parts("[::1]", "80"));
  CHECK(parts("[::1]") == Parts("[::1]", std::nullopt));
  CHECK(parts("2001:db8::1") == Parts("2001:db8::1", std::nullopt));
  CHECK(parts(":80") == Parts("", "80"));
  CHECK(parts("") == Parts("", std::nullopt));
}

TEST_CASE("raw request: a target is a path and a query") {
  const auto parts = [](std::string_view target) {
    RawRequest made;
    made.set_target(target);
    return std::pair(made.path, made.query);
  };
  using Parts = std::pair<FieldText, FieldText>;
  CHECK(parts("/login?next=%2F?x") == Parts("/login", "next=%2F?x"));
  CHECK(parts("/login?") == Parts("/login", ""));
  CHECK(parts("/login") == Parts("/login", std::nullopt));
  CHECK(parts("?x") == Parts("", "x"));
}

TEST_CASE("recorder view: each choice has its text") {
  TextChoices choices;
  CHECK(path_seen("/caf%C3%A9?x=%2F", choices) == "/caf%C3%A9");
  choices.query_string = QueryString::kept;
  CHECK(path_seen("/caf%C3%A9?x=%2F", choices) == "/caf%C3%A9?x=%2F");
  CHECK(path_seen("/a?", choices) == "/a?");
  choices.path_encoding = PathEncoding::percent_decoded;
  CHECK(path_seen("/caf%C3%A9?x=%2F", choices) == "/caf\xC3\xA9?x=%2F");
  choices.query_string = QueryString::removed;
  CHECK(path_seen("/caf%C3%a9%2Fb?x=%2F", choices) == "/caf\xC3\xA9/b");
  // Once, and only what is two hexadecimal digits.
  CHECK(path_seen("/%2541%4%zz%", choices) == "/%41%4%zz%");

  CHECK(host_seen("shop:8080", {}) == "shop:8080");
  TextChoices portless;
  portless.host_port = HostPort::removed;
  CHECK(host_seen("shop:8080", portless) == "shop");
  CHECK(host_seen("[::1]:80", portless) == "[::1]");
  CHECK(host_seen("2001:db8::1", portless) == "2001:db8::1");
}

TEST_CASE("recorder view: the base path is taken off whole segments") {
  TextChoices choices;
  CHECK(path_seen("/shop/login", choices, "/shop") == "/shop/login");
  choices.base_path = BasePath::removed;
  CHECK(path_seen("/shop/login?x", choices, "/shop") == "/login");
  CHECK(path_seen("/shop/login", choices, "/shop/") == "/login");
  CHECK(path_seen("/shop", choices, "/shop") == "/");
  CHECK(path_seen("/shopping", choices, "/shop") == "/shopping");
  CHECK(path_seen("/login", choices, "/shop") == "/login");
  CHECK(path_seen("/login", choices) == "/login");
  CHECK(path_seen("/login", choices, "/") == "/login");
}

TEST_CASE("recorder view: the path of a full URL") {
  const auto seen = [](std::string_view url, PathOfUrl path_of_url,
                       QueryString query = QueryString::removed) {
    TextChoices choices;
    choices.path_of_url = path_of_url;
    choices.query_string = query;
    RecorderView view(choices);
    RawRequest request;
    request.url = url;
    const FieldText path = view.view(request).url_path;
    return path ? std::string(*path) : "absent";
  };
  const std::string_view url = "http://shop.example:8080/a?x=1#f";
  CHECK(seen(url, PathOfUrl::like_a_target) == "/a");
  CHECK(seen(url, PathOfUrl::like_a_target, QueryString::kept) == "/a?x=1");
  CHECK(seen(url, PathOfUrl::without_query, QueryString::kept) == "/a");
  CHECK(seen(url, PathOfUrl::with_query) == "/a?x=1");
  CHECK(seen(url, PathOfUrl::whole_url) == url);
  CHECK(seen("http://shop.example", PathOfUrl::with_query) == "/");
  CHECK(seen("http://shop.example?x=1", PathOfUrl::with_query) == "/?x=1");
  CHECK(seen("shop.example/a", PathOfUrl::with_query) == "absent");

  // A path that is known goes before.
  RecorderView view(TextChoices{.path_of_url = PathOfUrl::whole_url});
  RawRequest both = raw("h", "/known");
  both.url = url;
  CHECK(view.view(both).url_path == "/known");
}

TEST_CASE("recorder view: what it does not change it does not copy, and what is absent stays so") {
  RecorderView view({});
  const Request nothing = view.view({});
  for (const Field field : kFields) CHECK_FALSE(nothing.field(field).has_value());
  CHECK(nothing.upstream == UpstreamDecision::none);

  const std::string target = "/a?b";
  const RawRequest request = raw("h", target);
  CHECK(view.view(request).url_path->data() == target.data());

  RawRequest decided;
  decided.trace_header = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0";
  CHECK(view.view(decided).upstream == UpstreamDecision::not_sampled);
}

TEST_CASE("recorder view: what a recorder is never told is absent") {
  RawRequest request = raw("shop:8080", "/");
  request.service_type = "AWS::EC2::Instance";
  CHECK(RecorderView({}).view(request).service_type == "AWS::EC2::Instance");
  RecorderView untyped(TextChoices{.service_type_supply = FieldSupply::never_filled_in});
  CHECK_FALSE(untyped.view(request).service_type.has_value());
  RecorderView hostless(TextChoices{.host_supply = FieldSupply::never_filled_in});
  CHECK_FALSE(hostless.view(request).host.has_value());
}

TEST_CASE("recorder view: a host that matches names the service") {
  RecorderView view({}, "", SegmentNaming::dynamic("*.example*", ""));
  RawRequest request = raw("Shop.example:8080", "/");
  request.service_name = "own";
  CHECK(view.view(request).service_name == "Shop.example:8080");
  request.set_host("elsewhere");
  CHECK(view.view(request).service_name == "own");
  RecorderView portless(TextChoices{.host_port = HostPort::removed}, "",
                        SegmentNaming::dynamic("*", ""));
  request.set_host("shop:1");
  CHECK(portless.view(request).service_name == "shop");
}

TEST_CASE("recorder view: the port of plain HTTP may be left out") {
  TextChoices choices;
  choices.host_port = HostPort::kept_but_80;
  CHECK(host_seen("shop:80", choices) == "shop");
  CHECK(host_seen("shop:8080", choices) == "shop:8080");
  CHECK(host_seen("shop:080", choices) == "shop:080");
  CHECK(host_seen("shop", choices) == "shop");
  CHECK(host_seen("shop:", choices) == "shop:");
  CHECK(host_seen("[::1]:80", choices) == "[::1]");
  CHECK(host_seen("shop:80:80", choices) == "shop:80");
}

TEST_CASE("recorder view: what is no host may be absent, and bytes may be Latin-1") {
  TextChoices choices;
  choices.host_text = HostText::valid_or_absent;
  for (const char* host : {"shop", "Shop.example.", "10.0.0.7:1", "a-b:65535", "[::1]", "[::]",
                           "[2001:db8::7]:8080"}) {
    CAPTURE(host);
    CHECK(host_seen(host, choices) == host);
  }
  for (const char* host :
       {"",       ":80",      "shop_1",     "caf\xC3\xA9", "a b",       "*",          "shop:",
        "shop:0", "shop:080", "shop:65536", "shop:100000", "shop:http", "a:1:2",      "[]",
        "[1]",    "[:]",      "[::1",       "[g::1]",      "[::1]8",    "2001:db8::7"}) {
    CAPTURE(host);
    RecorderView view(choices);
    CHECK_FALSE(view.view(raw(host, "/")).host.has_value());
  }
  choices.host_text = HostText::as_latin_1;
  CHECK(host_seen("caf\xC3\xA9:1", choices) == "caf\xC3\x83\xC2\xA9:1");
  CHECK(host_seen("shop_1", choices) == "shop_1");
}

TEST_CASE("recorder view: a target may be read as a URL or as text") {
  TextChoices choices;
  choices.query_string = QueryString::kept;
  CHECK(path_seen("http://shop.example/a?b#c", choices) == "/a?b");
  CHECK(path_seen("HTTPS://shop.example", choices) == "/");
  CHECK(path_seen("http://shop.example?a", choices) == "/?a");
  CHECK(path_seen("/a#b?c", choices) == "/a");
  CHECK(path_seen("/a?b#c", choices) == "/a?b");
  CHECK(path_seen("/http://b", choices) == "/http://b");
  CHECK(path_seen("*", choices) == "*");
  // The host it names is one where the request has none of its own.
  RawRequest hostless;
  hostless.set_target("http://shop.example:8080/a");
  RecorderView view(choices);
  CHECK(view.view(hostless).host == "shop.example:8080");
  CHECK(host_seen("own", choices) == "own");
  choices.target_form = TargetForm::as_text;
  RecorderView as_text(choices);
  CHECK_FALSE(as_text.view(hostless).host.has_value());
  CHECK(path_seen("http://shop.example/a?b#c", choices) == "http://shop.example/a?b#c");
}

TEST_CASE("recorder view: a path may begin with one slash whatever was sent") {
  TextChoices choices;
  CHECK(path_seen("//a//b", choices) == "//a//b");
  choices.path_start = PathStart::one_slash;
  CHECK(path_seen("//a//b", choices) == "/a//b");
  CHECK(path_seen("///", choices) == "/");
  CHECK(path_seen("*", choices) == "/*");
  CHECK(path_seen("", choices) == "/");
  choices.base_path = BasePath::removed;
  CHECK(path_seen("/shop//a", choices, "/shop") == "/a");
}

TEST_CASE("recorder view: what is decoded to no UTF-8 may be replaced") {
  TextChoices choices;
  choices.path_encoding = PathEncoding::percent_decoded_to_utf8;
  const std::string bad = "\xEF\xBF\xBD";
  CHECK(path_seen("/%C3%A9%F0%9F%98%80%7F", choices) == "/\xC3\xA9\xF0\x9F\x98\x80\x7F");
  // One for the longest start of a sequence (Unicode 15, 3.9, table 3-8).
  CHECK(path_seen("/%FFa", choices) == "/" + bad + "a");
  CHECK(path_seen("/%E2%82a", choices) == "/" + bad + "a");
  CHECK(path_seen("/%F0%9F%98", choices) == "/" + bad);
  CHECK(path_seen("/%C0%80", choices) == "/" + bad + bad);
  CHECK(path_seen("/%ED%A0%80", choices) == "/" + bad + bad + bad);
  CHECK(path_seen("/%F4%90%80", choices) == "/" + bad + bad + bad);
  CHECK(path_seen("/%E0%9F", choices) == "/" + bad + bad);
}

TEST_CASE("recorder view: a recorder that decodes takes the base path off what it has decoded") {
  TextChoices choices;
  choices.base_path = BasePath::removed;
  CHECK(path_seen("/sh%6Fp/a", choices, "/shop") == "/sh%6Fp/a");
  choices.path_encoding = PathEncoding::percent_decoded;
  CHECK(path_seen("/sh%6Fp/a", choices, "/shop") == "/a");
  CHECK(path_seen("/caf%C3%A9/a", choices, "/caf%c3%a9/") == "/a");
}

TEST_CASE("recorder view: any bytes are some text") {
  Random random;
  INFO("seed " << Random::default_seed());
  for (int i = 0; i < 20000; ++i) {
    const std::string host = random.text("a:[]%.", 8);
    const std::string target = random.text("/a?%4C#:", 12);
    TextChoices choices;
    if (random.chance(0.5)) choices.query_string = QueryString::kept;
    if (random.chance(0.5)) choices.host_port = HostPort::removed;
    if (random.chance(0.5)) choices.path_encoding = PathEncoding::percent_decoded;
    if (random.chance(0.5)) choices.base_path = BasePath::removed;
    if (random.chance(0.5)) choices.target_form = TargetForm::as_text;
    RecorderView view(choices, "/a");
    const Request seen = view.view(raw(host, target));
    CAPTURE(host, target);
    REQUIRE(seen.host->size() <= host.size());
    REQUIRE(seen.url_path->size() <= target.size() + 1);
    if (choices.host_port == HostPort::kept) REQUIRE(*seen.host == host);
    if (choices.query_string == QueryString::kept &&
        choices.path_encoding == PathEncoding::as_sent && choices.base_path == BasePath::kept &&
        choices.target_form == TargetForm::as_text) {
      REQUIRE(*seen.url_path == target);
    }
  }
}
