#include "sim/log/input_paths.h"
#include "tests/support/catch.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

using namespace dosimeter::sim;
namespace fs = std::filesystem;

/// A directory that is there as long as the value is.
class Directory {
 public:
  Directory() {
    fs::remove_all(path_);
    fs::create_directory(path_);
  }
  ~Directory() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  void file(const std::string& name) const { std::ofstream(path_ / name) << name; }
  void directory(const std::string& name) const { fs::create_directory(path_ / name); }
  std::string at(const std::string& name) const { return (path_ / name).string(); }
  std::string path() const { return path_.string(); }
  const fs::path& where() const { return path_; }

 private:
  fs::path path_ =
      fs::temp_directory_path() / ("dosimeter-test-inputs-" + std::to_string(::getpid()));
};

using Paths = std::vector<std::string>;

Paths expanded(const Paths& given) {
  const auto paths = expand_input_paths(given);
  if (!paths)
    return {"failed " + std::to_string(static_cast<int>(paths.error().code)) + ": " +
            paths.error().message};
  return paths.value();
}

}  // namespace

TEST_CASE("input paths: what names no directory and no pattern stands for itself") {
  CHECK(expanded({"-", "no/such.csv", "/dev/null"}) == Paths{"-", "no/such.csv", "/dev/null"});
  CHECK(expanded({"/dev/null", "/dev/null"}) == Paths{"/dev/null", "/dev/null"});
  CHECK(expanded({}).empty());
}

TEST_CASE("input paths: a directory stands for its files in the order of their names") {
  const Directory logs;
  for (const char* name : {"b.gz", "a.gz", "B.gz", ".hidden", "a b", "a-1"}) logs.file(name);
  logs.directory("deeper");
  logs.file("deeper/c.gz");
  const Paths files = {logs.at("B.gz"), logs.at("a b"), logs.at("a-1"), logs.at("a.gz"),
                       logs.at("b.gz")};
  CHECK(expanded({logs.path()}) == files);
  CHECK(expanded({logs.path() + "/"}) == files);
  CHECK(expanded({logs.at("deeper"), logs.path()}).front() == logs.at("deeper/c.gz"));
}

TEST_CASE("input paths: a directory without a file is an error") {
  const Directory logs;
  logs.file(".hidden");
  logs.directory("deeper");
  CHECK(expanded({logs.path()}) ==
        Paths{"failed 3: there is no log in the directory \"" + logs.path() +
              "\": its own directories and files with a dot in front are not read"});
}

TEST_CASE("input paths: patterns that the shell left alone") {
  const Directory logs;
  for (const char* name : {"a1.gz", "a2.gz", "b1.csv", ".a3.gz", "[x].gz"}) logs.file(name);
  for (const char* name : {"d1", "d2"}) logs.directory(name);
  for (const char* name : {"d1/x.gz", "d2/x.gz", "d2/y.gz"}) logs.file(name);
  CHECK(expanded({logs.at("a*.gz")}) == Paths{logs.at("a1.gz"), logs.at("a2.gz")});
  CHECK(expanded({logs.at("?1.*")}) == Paths{logs.at("a1.gz"), logs.at("b1.csv")});
  CHECK(expanded({logs.at("[!a]1.csv")}) == Paths{logs.at("b1.csv")});
  CHECK(expanded({logs.at("d?/x*")}) == Paths{logs.at("d1/x.gz"), logs.at("d2/x.gz")});
  CHECK(expanded({logs.at("d*")}) ==
        Paths{logs.at("d1/x.gz"), logs.at("d2/x.gz"), logs.at("d2/y.gz")});
  CHECK(expanded({logs.at("[x].gz")}) == Paths{logs.at("[x].gz")});
  CHECK(expanded({logs.at("c*")}) == Paths{"failed 3: no file matches \"" + logs.at("c*") + "\""});
}

TEST_CASE("input paths: a file under two names is one file") {
  const Directory logs;
  logs.file("a.gz");
  fs::create_symlink(logs.at("a.gz"), logs.at("b.gz"));
  CHECK(expanded({logs.at("a.gz"), logs.at("a.gz")}) ==
        Paths{"failed 2: --log must name a file once, got \"" + logs.at("a.gz") + "\" twice"});
  CHECK(expanded({logs.path()}) ==
        Paths{"failed 2: --log must name a file once, got \"" + logs.at("a.gz") + "\" and \"" +
              logs.at("b.gz") + "\", which are one"});
  fs::remove(logs.where() / "b.gz");
  CHECK(expanded({logs.path(), logs.at("*.gz")}).front().find("failed 2: ") == 0);
}

TEST_CASE("input paths: a link to nowhere is kept, so that it is missed") {
  const Directory logs;
  fs::create_symlink(logs.at("gone"), logs.at("a.gz"));
  CHECK(expanded({logs.path()}) == Paths{logs.at("a.gz")});
}
