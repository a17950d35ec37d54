#include "tests/conformance/live/case_texts.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace dosimeter::conformance {
namespace {

using List = std::vector<std::string_view>;

/// Words that tell mappings of whole texts from those of single letters.
const List kWords = {"\u039F\u0394\u039F\u03A3",
                     "\u03BF\u03B4\u03BF\u03C2",
                     "\u03BF\u03B4\u03BF\u03C3",
                     "\u0391\u03A3",
                     "\u03B1\u03C2",
                     "\u03B1\u03C3",
                     "\u0130I",
                     "i\u0307i",
                     "\u0131I",
                     "stra\u00DFe",
                     "STRASSE",
                     "\uFB01x",
                     "FIX",
                     "Kk",
                     "\u212Ak",
                     "\u017FS",
                     "\U00010400a",
                     "\U00010428A",
                     "\U0001F600a",
                     "a\U0001F600",
                     "\u01C5a",
                     "\u01C6A",
                     "\u0130a*b",
                     "a\u0130",
                     "x\u0130/y",
                     "\u0149a",
                     "\u03A3\u03A3",
                     "\u00E91",
                     "\u1E9E",
                     "\u00C5",
                     "\u212B"};

/// Texts in which line breaks, wildcards and what counts as a character are of weight.
const List kMarked = {"a\nb",
                      "/login\n",
                      "\nb",
                      "a*b",
                      "*a",
                      "/f/*.t",
                      "*",
                      "b*a*",
                      "\U0001F600",
                      "a\U0001F600b",
                      "\U0001F600\U0001F600",
                      "\u00E9",
                      "-",
                      "a",
                      "?",
                      "a\u2028b",
                      "a\rb",
                      "b\n\na",
                      "a*",
                      "ab",
                      "/",
                      "\u4E2D"};

const List kServices = {"shop", "Shop", "shop-eu", "orders", "k\u00E4se", "K\u00C4SE", "a*b", "-"};
const List kPlatforms = {"AWS::EC2::Instance", "AWS::ECS::Container", "AWS::EKS::Container",
                         "AWS::ElasticBeanstalk::Environment", "AWS::Lambda::Function"};
const List kOtherTypes = {"aws::ec2::instance", "Host", "-"};
const List kHosts = {"shop.example",      "shop.example:8080",
                     "SHOP.Example",      "api.shop.example",
                     "10.0.0.1",          "[::1]:80",
                     "*.example",         "xn--caf-dma.example",
                     "caf\u00E9.example", "shop.example.:443",
                     "localhost",         "-",
                     "a?b.example",       "shop.example\n:8080",
                     "KIOSK.example"};
const List kMethods = {"GET", "POST", "PUT", "get", "OPTIONS", "DELETE", "G*T", "_OTHER", "-"};
const List kPaths = {"/",
                     "/login",
                     "/login?next=%2F",
                     "/LOGIN",
                     "/caf%C3%A9",
                     "/caf%c3%a9",
                     "/caf\u00E9",
                     "/CAF\u00C9",
                     "/files/*.txt",
                     "/files/a*b*c",
                     "/api/v1/users/42",
                     "/api/v1/users/42?x=1&y=*",
                     "/api/v1",
                     "//",
                     "/a b",
                     "/a%20b",
                     "*",
                     "**",
                     "?",
                     "/?",
                     "/index.html;jsessionid=7",
                     "http://shop.example/login",
                     "/ab",
                     "/aab",
                     "/aaab",
                     "/\U0001F600/x",
                     "/stra\u00DFe",
                     "/STRASSE",
                     "/\u0130stanbul",
                     "/istanbul",
                     "/x\ny",
                     "/x\ry",
                     "/x\u2028y",
                     "/x\u0085y",
                     "/login\n"};
const List kArns = {"arn:aws:ecs:us-east-1:123456789012:container/a",
                    "arn:aws:lambda:x:1:function:f",
                    "ARN:aws:ecs:us-east-1:123456789012:container/A", "*", "a"};

/// Characters that some mapping of letter case takes for one another.
const std::vector<List> kCases = {
    {"i", "I", "\u0130", "\u0131", "i\u0307"},
    {"s", "S", "\u017F"},
    {"k", "K", "\u212A"},
    {"\u03C3", "\u03C2", "\u03A3"},
    {"\u00DF", "\u1E9E", "ss", "SS"},
    {"\u00E5", "\u00C5", "\u212B"},
    {"\u00E9", "\u00C9"},
    {"\u01C6", "\u01C5", "\u01C4"},
    {"\uFB01", "fi", "FI"},
    {"\u03C9", "\u03A9", "\u2126"},
    {"\u03B8", "\u03D1", "\u0398", "\u03F4"},
    {"\u00B5", "\u03BC", "\u039C"},
    {"\U00010428", "\U00010400"},
    {"\u2177", "\u2167"},
    {"\u1FB3", "\u1FBC"},
    {"\u0149", "\u02BCn"},
    {"a", "A"},
    {"\u03B1", "\u0391"},
    {"\u0436", "\u0416"},
};
const List kUncased = {"/", ".",  "-",  "1",      "\U0001F600", "\u4E2D", "*",
                       "?", "\n", "\r", "\u2028", "\u0085",     " "};

const List kNames = {"a",          "A",
                     "b",          "B",
                     "login",      "Login",
                     "log-in",     "log in",
                     "zz",         "Z",
                     "\u00E9",     "\u00C9",
                     "e",          "f",
                     "10",         "9",
                     "-",          "_",
                     "a-b",        "ab",
                     "a b",        "a_b",
                     "co-op",      "coop",
                     "default",    "\U0001F600name",
                     "\uFF5Ename", "base",
                     "api",        "health",
                     "orders",     "users"};

/// Names that words, code points and UTF-16 units sort differently.
const List kUnusualNames = {"\U0001F600", "\uFF5E", "\U00010000",  "\uFF01", "\u00E9",
                            "z",          "Z",      "a",           "B",      "a-b",
                            "ab",         "\u4E2D", "\U00010428a", "\uFB01"};

std::vector<std::string> characters_of(std::string_view text) {
  std::vector<std::string> characters;
  for (const char c : text) {
    const bool continues = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
    if (continues && !characters.empty()) {
      characters.back() += c;
    } else {
      characters.emplace_back(1, c);
    }
  }
  return characters;
}

bool is_letter(std::string_view character) {
  if (character.size() == 1) {
    const char lower = static_cast<char>(character[0] | 0x20);
    return lower >= 'a' && lower <= 'z';
  }
  return std::find(kUncased.begin(), kUncased.end(), character) == kUncased.end() &&
         character != "\u0307";
}

}  // namespace

std::string CaseTexts::joined(const Characters& characters) const {
  std::string text;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    // Letters beyond the basic plane are none to Java where it looks for the end of a word.
    constexpr std::size_t kBeyondTheBasicPlane = 4;
    const auto stands_alone = [&](std::size_t at) {
      return at < characters.size() &&
             (!is_letter(characters[at]) || characters[at].size() == kBeyondTheBasicPlane);
    };
    const bool beside_another = (i > 0 && stands_alone(i - 1)) || stands_alone(i + 1);
    const bool unclear = sigma_among_letters_alone_ && characters[i] == "\u03A3" && beside_another;
    text += unclear ? "\u03C3" : characters[i];
  }
  return text;
}

std::string CaseTexts::soup() {
  Characters made;
  for (std::size_t length = 1 + random_.below(6); length > 0; --length) {
    if (random_.chance(0.2)) {
      made.emplace_back(kUncased[random_.below(kUncased.size())]);
    } else {
      const List& letters = kCases[random_.below(kCases.size())];
      made.emplace_back(letters[random_.below(letters.size())]);
    }
  }
  std::string text;
  for (const std::string& part : made) text += part;
  return joined(characters_of(text));
}

std::string CaseTexts::word() {
  if (random_.chance(0.25)) return soup();
  return in_other_case(std::string(kWords[random_.below(kWords.size())]));
}

std::string CaseTexts::marked() {
  return std::string(kMarked[random_.below(kMarked.size())]);
}

std::string CaseTexts::text(Field field) {
  const auto one_of = [&](const List& list) {
    return std::string(list[random_.below(list.size())]);
  };
  if (field == Field::service_type) {
    return platforms_alone_ || random_.chance(0.7) ? one_of(kPlatforms) : one_of(kOtherTypes);
  }
  if (field == Field::resource_arn) return one_of(kArns);
  if (field == Field::url_path && random_.chance(0.3)) {
    return random_.chance(0.7) ? "/" + word() : word();
  }
  if (random_.chance(0.15)) return word();
  if (field == Field::service_name) return one_of(kServices);
  if (field == Field::host) return one_of(kHosts);
  return one_of(field == Field::http_method ? kMethods : kPaths);
}

std::string CaseTexts::in_other_case(const std::string& text) {
  Characters characters = characters_of(text);
  for (std::string& character : characters) {
    if (random_.chance(0.4)) continue;
    for (const List& letters : kCases) {
      if (std::find(letters.begin(), letters.end(), character) == letters.end()) continue;
      character = letters[random_.below(letters.size())];
      break;
    }
    const char c = character.size() == 1 ? character[0] : '\0';
    const bool is_ascii_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (is_ascii_letter && random_.chance(0.5)) character[0] = static_cast<char>(c ^ 0x20);
  }
  std::string made;
  for (const std::string& character : characters) made += character;
  return joined(characters_of(made));
}

std::string CaseTexts::pattern(const std::string& text) {
  if (random_.chance(0.06)) {
    constexpr std::array<std::string_view, 5> kPlain = {"**", "*?*", "?", "/", ""};
    return std::string(kPlain[random_.below(kPlain.size())]);
  }
  Characters characters =
      characters_of(random_.chance(0.4) ? in_other_case(text) : joined(characters_of(text)));
  if (!characters.empty() && random_.chance(0.25)) {
    for (std::size_t times = 1 + random_.below(2); times > 0; --times) {
      characters[random_.below(characters.size())] = "?";
    }
  }
  if (random_.chance(0.5)) {
    for (std::size_t times = 1 + random_.below(3); times > 0; --times) {
      const std::size_t from = random_.below(characters.size() + 1);
      const std::size_t rest = characters.size() - from;
      // A run of nothing now and then, or all that is left.
      const std::size_t length =
          random_.chance(0.3) ? rest : random_.below(std::min<std::size_t>(rest, 4) + 1);
      const auto begin = characters.begin() + static_cast<std::ptrdiff_t>(from);
      characters.erase(begin, begin + static_cast<std::ptrdiff_t>(length));
      characters.insert(characters.begin() + static_cast<std::ptrdiff_t>(from), "*");
    }
  }
  if (!characters.empty() && random_.chance(0.12)) {
    const std::size_t at = random_.below(characters.size());
    const auto place = characters.begin() + static_cast<std::ptrdiff_t>(at);
    switch (random_.below(5)) {
      case 0:
        characters.erase(place);
        break;
      case 2:
        characters.erase(characters.begin(), place);
        break;
      case 3:
        characters.erase(place, characters.end());
        break;
      case 1:
        characters.push_back("?");
        break;
      default:
        characters.insert(place, "a");
    }
  }
  return joined(characters);
}

std::string CaseTexts::nearly(const std::string& text) {
  Characters characters = characters_of(in_other_case(text));
  const auto end = std::find(characters.begin(), characters.end(), "\n");
  if (random_.chance(0.5)) characters.erase(end, characters.end());  // one line of several
  if (!characters.empty() && random_.chance(0.2)) {
    characters[random_.below(characters.size())] = random_.chance(0.7) ? "?" : "*";
  }
  if (random_.chance(0.25)) {
    const std::size_t at = random_.below(characters.size() + 1);
    characters.insert(characters.begin() + static_cast<std::ptrdiff_t>(at), "*");
  }
  return joined(characters);
}

std::string CaseTexts::rule_name(bool unusual) {
  const List& names = unusual ? kUnusualNames : kNames;
  std::string name(names[random_.below(names.size())]);
  if (random_.chance(0.2)) name += std::to_string(random_.below(10));
  return name;
}

}  // namespace dosimeter::conformance
