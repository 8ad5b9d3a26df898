// Reads every #include of the tree and fails on an edge that the architecture forbids (HACKING.md, "Who may include
// whom"). Data flows one way; this test is what keeps it so.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Rooms = std::set<std::string>;

// A room is a folder that holds sources; it may include itself, include/eqlc and the rooms named here.
const std::map<std::string, Rooms> kAllowed = {
    {"include/eqlc", {}},
    {"runtime/support", {}},
    {"runtime/abi", {}},
    {"runtime/value", {"runtime/abi"}},
    {"runtime/functions", {"runtime/abi", "runtime/value"}},
    {"runtime/program", {"runtime/abi", "runtime/value", "runtime/functions"}},
    {"runtime/interp", {"runtime/abi", "runtime/value", "runtime/functions", "runtime/program"}},
    {"runtime/event", {"runtime/support", "runtime/abi", "runtime/value"}},
    {"runtime/match", {"runtime/abi", "runtime/value", "runtime/program", "runtime/interp", "runtime/event"}},
    {"runtime/keys", {"runtime/support", "runtime/abi", "runtime/value", "runtime/event"}},
    {"runtime/sequence", {"runtime/abi", "runtime/event", "runtime/program", "runtime/keys"}},
    {"runtime/sample", {"runtime/abi", "runtime/event", "runtime/program", "runtime/keys"}},
    {"runtime/lineage", {"runtime/abi", "runtime/value"}},
    {"runtime/pipe",
     {"runtime/support", "runtime/abi", "runtime/value", "runtime/program", "runtime/interp", "runtime/event"}},
    {"runtime/alert", {"runtime/value"}},
    {"runtime/source", {}},
    {"runtime/sink", {"runtime/value", "runtime/alert"}},
    {"runtime/session",
     {"runtime/support", "runtime/abi", "runtime/value", "runtime/program", "runtime/source", "runtime/event",
      "runtime/match", "runtime/keys", "runtime/sequence", "runtime/sample", "runtime/lineage", "runtime/pipe"}},
    {"runtime/measure",
     {"runtime/abi", "runtime/value", "runtime/source", "runtime/event", "runtime/match", "runtime/program"}},
    {"compiler/support", {"runtime/support", "runtime/value"}},
    {"compiler/diag", {"compiler/support", "runtime/value"}},
    {"compiler/cache",
     {"compiler/support", "compiler/rulefile", "compiler/schema", "compiler/ir", "compiler/native", "runtime/abi",
      "runtime/value", "runtime/program"}},
    {"compiler/schema", {"compiler/support", "compiler/diag", "runtime/abi", "runtime/value"}},
    {"compiler/rulefile", {"compiler/support", "compiler/diag", "runtime/abi", "runtime/value"}},
    {"compiler/syntax", {"compiler/support", "compiler/diag", "runtime/value"}},
    {"compiler/sema",
     {"compiler/support", "compiler/diag", "compiler/schema", "compiler/syntax", "runtime/abi", "runtime/value",
      "runtime/functions"}},
    {"compiler/ir",
     {"compiler/support", "compiler/diag", "compiler/schema", "compiler/rulefile", "compiler/syntax", "compiler/sema",
      "runtime/abi", "runtime/value", "runtime/functions", "runtime/program", "runtime/interp"}},
    {"compiler/opt", {"compiler/ir", "runtime/abi", "runtime/value"}},
    {"compiler/index", {"compiler/support", "compiler/ir", "compiler/opt", "runtime/abi", "runtime/value"}},
    {"compiler/codegen", {"compiler/ir", "compiler/opt", "runtime/abi", "runtime/value"}},
    {"compiler/jit", {"compiler/support", "compiler/ir", "compiler/codegen", "runtime/abi", "runtime/program"}},
    {"compiler/native", {"compiler/support", "compiler/ir", "compiler/jit", "runtime/abi", "runtime/program"}},
    {"compiler/measure",
     {"compiler/rulefile", "runtime/value", "runtime/event", "runtime/match", "runtime/measure", "runtime/program"}},
    {"compiler",
     {"compiler/support", "compiler/diag", "compiler/schema", "compiler/rulefile", "compiler/syntax", "compiler/sema",
      "compiler/ir", "compiler/opt", "compiler/index", "compiler/native", "compiler/cache", "runtime/abi",
      "runtime/value", "runtime/program"}},
    {"cli",
     {"runtime/source", "runtime/sink", "runtime/measure", "compiler/rulefile", "compiler/support",
      "compiler/measure"}},
    {"examples", {}},
};

// Libraries that one place alone may know.
struct External {
  const char* pattern;
  Rooms rooms;
};
const std::vector<External> kExternals = {
    {R"(antlr4-runtime.*|Eql(Lexer|Parser)\.h)", {"compiler/syntax"}},
    {R"((llvm(-c)?|lld)/.*)", {"compiler/codegen", "compiler/jit"}},
    {R"(toml\+\+/.*)", {"compiler/rulefile"}},
    {R"(simdjson\.h)", {"runtime/event", "runtime/measure"}},
    {R"(CLI/.*)", {"cli"}},
};

struct Include {
  std::string file;  // who, from the root
  std::string room;  // of the includer
  std::string path;  // as written
};

// A folder below a room belongs to it: compiler/syntax/antlr is compiler/syntax.
std::string RoomOf(const fs::path& relative) {
  fs::path room = relative.parent_path();
  while (std::distance(room.begin(), room.end()) > 2) room = room.parent_path();
  return room.generic_string();
}

std::vector<Include> ReadIncludes(const fs::path& root) {
  static const std::regex kInclude(R"re(^\s*#\s*include\s*["<]([^">]+)[">])re");
  std::vector<Include> includes;
  for (const char* top : {"include", "runtime", "compiler", "cli", "examples"}) {
    if (!fs::exists(root / top)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const std::string extension = entry.path().extension();
      if (extension != ".h" && extension != ".hpp" && extension != ".cpp") continue;
      const fs::path relative = fs::relative(entry.path(), root);
      std::ifstream in(entry.path());
      std::smatch m;
      for (std::string line; std::getline(in, line);) {
        if (std::regex_search(line, m, kInclude)) includes.push_back({relative.string(), RoomOf(relative), m[1]});
      }
    }
  }
  return includes;
}

// The room an include reaches, or "" for the standard library and other externals.
std::string TargetRoom(const std::string& path) {
  if (path.rfind("eqlc/", 0) == 0) return "include/eqlc";
  if (path.rfind("runtime/", 0) == 0 || path.rfind("compiler/", 0) == 0) return RoomOf(path);
  return "";
}

const std::vector<Include>& Includes() {
  static const std::vector<Include> includes = ReadIncludes(EQLC_SOURCE_DIR);
  return includes;
}

TEST(IncludeGraph, FindsTheTree) { EXPECT_GT(Includes().size(), 300u); }

TEST(IncludeGraph, EveryFolderIsARoomWithRules) {
  for (const Include& include : Includes()) EXPECT_TRUE(kAllowed.count(include.room)) << include.file;
}

TEST(IncludeGraph, HasNoForbiddenEdge) {
  for (const Include& include : Includes()) {
    const std::string target = TargetRoom(include.path);
    if (target.empty() || target == include.room || target == "include/eqlc") continue;
    const auto rules = kAllowed.find(include.room);
    if (rules == kAllowed.end()) continue;
    EXPECT_TRUE(rules->second.count(target)) << include.file << " must not include " << include.path;
  }
}

TEST(IncludeGraph, RuntimeNeverIncludesCompiler) {
  for (const Include& include : Includes()) {
    if (include.room.rfind("runtime", 0) != 0) continue;
    EXPECT_NE(include.path.rfind("compiler/", 0), 0u) << include.file << " includes " << include.path;
  }
}

TEST(IncludeGraph, LibrariesStayInTheirRooms) {
  for (const External& external : kExternals) {
    const std::regex pattern(external.pattern);
    for (const Include& include : Includes()) {
      if (!std::regex_match(include.path, pattern)) continue;
      EXPECT_TRUE(external.rooms.count(include.room)) << include.file << " includes " << include.path;
    }
  }
}

TEST(IncludeGraph, RulesHaveNoCycle) {
  // Rooms are removed as soon as all they may include is gone; what stays is a cycle.
  std::map<std::string, Rooms> left = kAllowed;
  for (bool progress = true; progress;) {
    progress = false;
    for (auto room = left.begin(); room != left.end();) {
      bool free = true;
      for (const std::string& target : room->second) free = free && !left.count(target);
      progress = progress || free;
      room = free ? left.erase(room) : std::next(room);
    }
  }
  EXPECT_TRUE(left.empty()) << "cycle at " << left.begin()->first;
}

}  // namespace
