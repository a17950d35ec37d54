#pragma once

#include <string>
#include <vector>

// Local documents and what becomes of them, read off the recorders' loaders.
namespace dosimeter::rules::test {

struct DocumentCase {
  // As in docs/rule-documents.md; empty where that does not show it.
  std::string title;
  std::string text;
  // One letter for each of documented, xray-python, xray-node, xray-go, xray-java, xray-ruby,
  // xray-dotnet, envoy: accepted, partly loaded, refused, or the built-in document instead.
  std::string outcome;
};

inline const std::string kDefault = R"({"fixed_target": 1, "rate": 0.05})";

inline std::string document(const std::string& version, const std::string& fallback,
                            const std::string& rules = "[]") {
  return "{\"version\": " + version + ",\n \"default\": " + fallback + ",\n \"rules\": " + rules +
         "}";
}

// A rule of version 2 with these patterns and numbers, then whatever else.
inline std::string rule(const std::string& path, const std::string& target, const std::string& rate,
                        const std::string& rest = "") {
  return R"({"host": "*", "http_method": "*", "url_path": )" + path +
         ", \"fixed_target\": " + target + ", \"rate\": " + rate + rest + "}";
}

inline std::string with_rule(const std::string& text) {
  return document("2", kDefault, "[" + text + "]");
}
inline std::string with_path(const std::string& path) {
  return with_rule(rule(path, "1", "0.1"));
}
inline std::string with_target(const std::string& target) {
  return with_rule(rule("\"*\"", target, "0.1"));
}
inline std::string with_rate(const std::string& rate) {
  return with_rule(rule("\"*\"", "1", rate));
}
// One more member after the others.
inline std::string with_member(const std::string& member) {
  return with_rule(rule("\"*\"", "1", "0.1", ", " + member));
}
inline std::string with_default(const std::string& member, const std::string& version = "2") {
  return document(version, R"({"fixed_target": 1, "rate": 0.05, )" + member + "}");
}
inline std::string version_1_rule(const std::string& rest = "") {
  return document("1", kDefault,
                  R"([{"service_name": "*", "http_method": "*", "url_path": "*", )"
                  R"("fixed_target": 1, "rate": 0.1)" +
                      rest + "}]");
}

inline std::vector<DocumentCase> document_cases() {
  const std::string plain = with_rule(rule("\"*\"", "1", "0.1"));
  const std::string no_host =
      R"({"http_method": "*", "url_path": "*", "fixed_target": 1, "rate": 0.1})";
  const std::string no_method = R"({"host": "*", "url_path": "*", "fixed_target": 1, "rate": 0.1})";
  const std::string no_path =
      R"({"host": "*", "http_method": "*", "fixed_target": 1, "rate": 0.1})";
  const std::string no_target =
      R"({"host": "*", "http_method": "*", "url_path": "*", "rate": 0.1})";
  const std::string no_rate =
      R"({"host": "*", "http_method": "*", "url_path": "*", "fixed_target": 1})";
  return {
      {"version 2, nothing odd", plain, "aaaaaaaa"},
      {"version 1, nothing odd", version_1_rule(), "aaaaaaab"},
      {"`version` 3", document("3", kDefault), "rrrrrrrb"},
      {"`version` missing", "{\"default\": " + kDefault + "}", "rrrrrrrb"},
      {"`version` `\"2\"`", document("\"2\"", kDefault), "rrrrarrb"},
      {"`version` 2.0", document("2.0", kDefault), "raaraara"},
      {"`version` 2.5", document("2.5", kDefault), "rrrrarrb"},
      {"", document("0", kDefault), "rrrrrrrb"},
      {"", document("-1", kDefault), "rrrrrrrb"},
      {"", document("null", kDefault), "rrrrrrrb"},
      {"", document("true", kDefault), "rarrbrrb"},
      {"", document("false", kDefault), "rrrrbrrb"},
      {"", document("\"two\"", kDefault), "rrrrbrrb"},
      {"", document("\"3\"", kDefault), "rrrrrrrb"},
      {"", document("[2]", kDefault), "rrrrbrrb"},

      {"`default` missing", R"({"version": 2, "rules": []})", "rrrrrrrb"},
      {"`default` `null`", document("2", "null"), "rrrrrrrb"},
      {"`default` no object", document("2", "5"), "rrrrbrrb"},
      {"", document("2", "[]"), "rrrrbrrb"},
      {"", document("2", "\"ab\""), "rrrrbrrb"},
      {"`host` in `default`", with_default(R"("host": "*")"), "rrrarrra"},
      {"`http_method` or `url_path` in `default`", with_default(R"("http_method": "*")"),
       "rrrrrrra"},
      {"", with_default(R"("url_path": "*")"), "rrrrrrra"},
      {"`service_name` in `default`, version 2", with_default(R"("service_name": "*")"),
       "rarraaaa"},
      {"`service_name` in `default`, version 1", with_default(R"("service_name": "*")", "1"),
       "rrrraaab"},
      {"`host` in `default`, version 1", with_default(R"("host": "*")", "1"), "rararrrb"},
      {"`url_path` `\"\"` in `default`", with_default(R"("url_path": "")"), "rararrra"},
      {"`url_path` `null` in `default`", with_default(R"("url_path": null)"), "raraaaab"},
      {"", with_default(R"("host": null)"), "raraaaab"},
      {"", with_default(R"("service_name": null)"), "raraaaaa"},
      {"", with_default(R"("service_name": 5)"), "rarraara"},
      {"", with_default(R"("url_path": false)"), "rarrrarb"},
      {"", with_default(R"("url_path": 0)"), "rarrrrrb"},
      {"", with_default(R"("url_path": 5)"), "rrrrrrrb"},
      {"", with_default(R"("url_path": [])"), "rarrbrrb"},
      {"", with_default(R"("url_path": {"a": 1})"), "rrrrbrrb"},
      {"`description` or an unknown key in `default`", with_default(R"("description": "d")"),
       "aaraaaaa"},
      {"", with_default(R"("zone": 1)"), "aaraaaaa"},
      {"", with_default(R"("description": 5)"), "raraaara"},

      {"an unknown key in a rule, such as `id`", with_member(R"("id": 1)"), "aaraaaaa"},
      {"", with_member(R"("description": "d")"), "aaaaaaaa"},
      {"", with_member(R"("description": null)"), "raaaaaaa"},
      {"a `description` that is no string", with_member(R"("description": 5)"), "raaaaara"},
      {"`service_name` beside `host`, version 2", with_member(R"("service_name": "*")"),
       "aarraara"},
      {"`host` beside `service_name`, version 1", version_1_rule(R"(, "host": "*")"), "aarraarb"},
      {"", with_member(R"("service_name": "")"), "aaraaara"},
      {"", with_member(R"("service_name": null)"), "aaraaaaa"},
      {"", with_member(R"("service_name": 5)"), "aarraara"},
      {"", with_member(R"("service_name": {})"), "aarrbara"},
      {"`service_name` for `host`, version 2",
       with_rule(
           R"({"service_name": "*", "http_method": "*", "url_path": "*", "fixed_target": 1, "rate": 0})"),
       "rrrrrrra"},
      {"a pattern missing", with_rule(no_host), "rrrrrrra"},
      {"", with_rule(no_method), "rrrrrrra"},
      {"", with_rule(no_path), "rrrrrrra"},
      {"", with_rule("{}"), "rrrrrrrp"},
      {"a pattern `\"\"`", with_path("\"\""), "rrrraaaa"},
      {"a pattern `null`", with_path("null"), "rrrrrrrp"},
      {"a pattern that is a number", with_path("5"), "raaraarp"},
      {"", with_path("0"), "rraraarp"},
      {"", with_path("0.0"), "rraraarp"},
      {"", with_path("true"), "raaraarp"},
      {"", with_path("false"), "rrrrarrp"},
      {"", with_path("[]"), "rrarbarp"},
      {"a pattern that is an array", with_path("[\"*\"]"), "raarbarp"},
      {"", with_path("{}"), "rrarbarp"},

      {"`fixed_target` -1", with_target("-1"), "rrrrrrrp"},
      {"`fixed_target` -5", with_target("-5"), "rrrrrrap"},
      {"", document("2", R"({"fixed_target": -5, "rate": 0})"), "rrrrrrab"},
      {"", document("2", R"({"fixed_target": -1, "rate": 0})"), "rrrrrrrb"},
      {"", with_target("0"), "aaaaaaaa"},
      {"", with_target("-0"), "aaaaaaaa"},
      {"`fixed_target` 0.5", with_target("0.5"), "rarraarp"},
      {"", with_target("-0.5"), "rrrrarrp"},
      {"`fixed_target` 1.0", with_target("1.0"), "aaaraara"},
      {"", with_target("1e0"), "aaaraara"},
      {"`fixed_target` 600000000", with_target("600000000"), "raaaaaaa"},
      {"`fixed_target` 2147483648", with_target("2147483648"), "raaabara"},
      {"", with_target("4294967296"), "raaabarp"},
      {"", with_target("9223372036854775808"), "raarbarp"},
      {"", with_target("-2147483649"), "rrrrbrrp"},
      {"`fixed_target` missing", with_rule(no_target), "rrrarrrp"},
      {"", document("2", R"({"rate": 0})"), "rrrarrrb"},
      {"`default` `{}`", document("2", "{}"), "rrrrrrrb"},
      {"", document("2", R"({"description": "d"})"), "rrrrrrrb"},
      {"`fixed_target` `null`", with_target("null"), "rrraarrp"},
      {"", document("2", R"({"fixed_target": null, "rate": 0})"), "rrraarrb"},
      {"`fixed_target` `\"1\"`", with_target("\"1\""), "rrrrarrp"},
      {"", with_target("\"+1\""), "rrrrarrp"},
      {"", with_target("\" 1 \""), "rrrrarrp"},
      {"", with_target("\"\""), "rrrrarrp"},
      {"", with_target("\"1.5\""), "rrrrbrrp"},
      {"", with_target("\"-1\""), "rrrrrrrp"},
      {"", with_target("\"many\""), "rrrrbrrp"},
      {"", with_target("\"99999999999999999999\""), "rrrrbrrp"},
      {"`fixed_target` `true`", with_target("true"), "rarrbrrp"},
      {"", with_target("[]"), "rrrrbrrp"},

      {"`rate` 1.5", with_rate("1.5"), "raraaaap"},
      {"", document("2", R"({"fixed_target": 0, "rate": 1.5})"), "raraaaab"},
      {"", with_rate("1"), "aaaaaaaa"},
      {"", with_rate("5e-2"), "aaaaaaaa"},
      {"`rate` -0.5", with_rate("-0.5"), "rrrrrrap"},
      {"`rate` -1", with_rate("-1"), "rrrrrrrp"},
      {"", with_rate("-1.0"), "rrrrrrrp"},
      {"`rate` missing", with_rule(no_rate), "rrrarrrp"},
      {"`rate` `null`", with_rate("null"), "rrraarrp"},
      {"`rate` `\"0.05\"`", with_rate("\"0.05\""), "rrrrarrp"},
      {"", with_rate("\"lots\""), "rrrrbrrp"},
      {"", with_rate("false"), "rarrbrrp"},
      {"", with_rate("[]"), "rrrrbrrp"},

      {"`rules` missing", "{\"version\": 2, \"default\": " + kDefault + "}", "aaaaaraa"},
      {"`rules` `null`", document("2", kDefault, "null"), "rraaarap"},
      {"`rules` `{}`", document("2", kDefault, "{}"), "raarbaap"},
      {"", document("2", kDefault, R"({"a": 1})"), "rrarbrap"},
      {"", document("2", kDefault, "\"\""), "raarbrrp"},
      {"`rules` a string or a number", document("2", kDefault, "5"), "rrarbrrp"},
      {"", document("2", kDefault, "\"a\""), "rrarbrrp"},
      {"a rule `null`", with_rule("null"), "rrrrrrrp"},
      {"a rule that is a number", with_rule("5"), "rrrrbrrp"},
      {"", with_rule("[]"), "rrrrbrrp"},
      {"", with_rule(rule("\"*\"", "1", "0.1") + ", " + no_path), "rrrrrrra"},
      {"", with_rule(rule("\"*\"", "1", "0.1") + ", 5"), "rrrrbrrp"},
      {"", document("3", kDefault, "[{\"host\": {}}]"), "rrrrbrrb"},

      {"a comment, `//` or `/* */`", "// rules\n" + plain, "rrrrarab"},
      {"", "{\"version\": 2, /* the \"last\" */ \"default\": " + kDefault + ", \"rules\": []}",
       "rrrrarab"},
      {"", document("2", kDefault, "[ // none\n ]"), "rrrrarab"},
      {"", with_path("\"//*/*\""), "aaaaaaaa"},
      {"more after the document", plain + "\n}", "rrrrarab"},
      {"a byte order mark", "\xEF\xBB\xBF" + plain, "aarraaaa"},
      {"`Version`, `Default`",
       R"({"Version": 2, "Default": {"Fixed_Target": 1, "RATE": 0}, "rules": []})", "rrrarrrb"},
      {"", R"({"version": 2, "default": {"fixed_target": 1, "rate": 0}, "rules": [], "zone": {}})",
       "aaaaaaaa"},
      {"text that is no JSON", "{\"version\": 2,", "rrrrbrrb"},
      {"an empty file", "", "rrrrbrrb"},
      {"", "5", "rrrrbrrb"},
      {"a key twice in one object", with_member(R"("rate": 0.1)"), "rrrrrrrr"},
  };
}

}  // namespace dosimeter::rules::test
