#include "compiler/index/requirement.h"

#include <gtest/gtest.h>

#include <string>

#include "compiler/index/build_index.h"
#include "tests/unit/compiler/ir/built_rule.h"

namespace eqlc::index {
namespace {

// The requirement of `any where <text>`, one clause a line, as `dump --stage=index` shows it.
std::string RequirementOf(const std::string& text) {
  ir::Module module;
  const std::vector<std::string> findings = testing::AddRule("any where " + text, module);
  if (module.rules().empty()) return findings.empty() ? "no rule" : findings[0];
  AddRequirements(module);
  ChooseSignature(module);
  EXPECT_EQ(ir::Verify(module), "") << "the index must leave the module as it was";
  const std::string printed = PrintIndex(module);
  const size_t at = printed.find("condition #0");
  return printed.substr(printed.find('\n', at) + 1);
}

struct Case {
  const char* condition;
  const char* requirement;
};

void Check(std::initializer_list<Case> cases) {
  for (const Case& c : cases) EXPECT_EQ(RequirementOf(c.condition), c.requirement) << c.condition;
}

TEST(RequirementTest, OfValues) {
  Check({
      {R"(x == "a")", "  x = \"a\"\n"},
      {R"(x == 4)", "  x = 4\n"},
      {R"(x == true)", "  x = true\n"},
      {R"(x)", "  x = true\n"},
      {R"(x in ("b", "a"))", "  x = \"a\" or x = \"b\"\n"},
      {R"(x in~ ("a", 4))", "  x = 4 or x = \"a\"\n"},
      {R"(x : "a")", "  x = \"a\"\n"},
      {R"(x > 4)", "  x present\n"},
      {R"(x regex "a.*")", "  x present\n"},
      {R"(x regex~ "Cmd\\.exe|pwsh\\.exe")", "  x = \"cmd.exe\" or x = \"pwsh.exe\"\n"},
      {R"(x regex (".*\\.dll", "ab.*"))", "  x begins \"ab\" or x ends \".dll\"\n"},
      {R"(x regex (".*\\.dll", "a.*"))", "  x present\n"},
      {R"(x != null)", "  x present\n"},
      {R"(cidrMatch(x, "10.0.0.0/8"))", "  x present\n"},
      {R"(startsWith(x, "abc"))", "  x begins \"abc\"\n"},
      {R"(endsWith~(x, "abc"))", "  x ends \"abc\"\n"},
      {R"(stringContains(x, "abcd"))", "  x contains \"abcd\"\n"},
      {R"(stringContains(x, "ab"))", "  x present\n"},
  });
}

TEST(RequirementTest, OfPatterns) {
  Check({
      {R"(x : "abc*")", "  x begins \"abc\"\n"},
      {R"(x like "*.exe")", "  x ends \".exe\"\n"},
      {R"(x : "*temp*")", "  x contains \"temp\"\n"},
      {R"(x : "?:\\Windows\\*")", "  x begins ?\":\\\\Windows\\\\\"\n"},
      {R"(x : "C:\\*\\AppData\\Local\\*.exe")", "  x contains \"\\\\AppData\\\\Local\\\\\"\n"},
      {R"(x : "ab?de*")", "  x begins \"ab\"\n"},
      {R"(x : ("nc", "ncat*"))", "  x = \"nc\" or x begins \"ncat\"\n"},
      // Too short to tell anything.
      {R"(x : "*")", "  x present\n"},
      {R"(x : "?*")", "  x present\n"},
      {R"(x : "*a*")", "  x present\n"},
      {R"(x : ("nc", "*"))", "  x present\n"},
  });
}

TEST(RequirementTest, OfAnd) {
  Check({
      {R"(x == "a" and y : "b*c")", "  x = \"a\"\n  y present\n"},
      // A field may have both values; either clause will do, but they do not intersect.
      {R"(x == "a" and x == "b")", "  x = \"a\"\n"},
      {R"(x in ("a", "b") and x : "abc*")", "  x = \"a\" or x = \"b\"\n  x begins \"abc\"\n"},
      {R"(x == "a" and x != null)", "  x = \"a\"\n"},
      {R"(x == "a" and not y == "b")", "  x = \"a\"\n"},
      {R"(x == "a" and length(y) > 3)", "  x = \"a\"\n"},
  });
}

TEST(RequirementTest, OfOr) {
  Check({
      {R"(x == "a" or x == "b")", "  x = \"a\" or x = \"b\"\n"},
      {R"(x == "a" or y == "b")", "  x = \"a\" or y = \"b\"\n"},
      {R"(x == "a" or x > 4)", "  x present\n"},
      {R"(x == "a" or not y == "b")",
       "  always, at a cost of 4: one side of an `or` needs nothing: a negation holds where the field is "
       "missing: (never (leaf (eq y \"b\")))\n"},
      // What both sides ask for, and what each asks for besides.
      {R"((x == "a" and y == "1") or (x == "b" and z == "2"))", "  x = \"a\" or x = \"b\"\n  y = \"1\" or z = \"2\"\n"},
  });
}

TEST(RequirementTest, OfNothing) {
  Check({
      {R"(not x == "a")",
       "  always, at a cost of 2: a negation holds where the field is missing: (never (leaf (eq x \"a\")))\n"},
      {R"(x == null)", "  always, at a cost of 1: no value to look up in (leaf (is_null x))\n"},
      {R"(length(x) == 3)", "  always, at a cost of 9: no value to look up in (leaf (eq (call length x) 3))\n"},
      {R"(true)", "  always, at a cost of 0: it is true for every event\n"},
  });
}

// `or` over more fields than a clause may have asks for nothing rather than for too much.
TEST(RequirementTest, IsBounded) {
  std::string many = "f0 == 1";
  for (int i = 1; i < 30; ++i) many += " or f" + std::to_string(i) + " == 1";
  EXPECT_EQ(RequirementOf(many), "  always, at a cost of 60: the sides of an `or` have too little in common\n");
  std::string deep = "x == 1";
  for (int i = 0; i < 400; ++i) deep = "(y == 2 or (z == 3 and " + deep + "))";
  EXPECT_EQ(RequirementOf(deep), "  y = 2 or z = 3\n");
}

// Python-eql's null-strict leaves ask for the field; its other operators are not looked into.
TEST(RequirementTest, OfPythonEql) {
  const Case cases[] = {
      {"x == 'a'", "  x = \"a\"\n"},
      {"x == 'a*'", "  x present\n"},
      {"x == 'abc?*'", "  x begins \"abc\"\n"},
      {"x in ('b', null, 'a')", "  x = \"b\" or x = \"a\"\n"},
      {"x < 4", "  x present\n"},
      {"x != 'a'", ""},
      {"x", ""},
      {"x.y[0] == 'a'", ""},
      {"arraySearch(x, e, e == 'a')", ""},
      {"stringContains(x, 'abcd')", ""},
  };
  for (const Case& c : cases) {
    const std::string query = std::string("any where ") + c.condition;
    ir::Module module;
    testing::AddRule(query, module, Dialect::kPython);
    ASSERT_EQ(module.rules().size(), 1u) << query;
    AddRequirements(module);
    ChooseSignature(module);
    const std::string printed = PrintIndex(module);
    const size_t line = printed.find('\n', printed.find("condition #0"));
    const std::string requirement = printed.substr(line + 1);
    if (*c.requirement != '\0') {
      EXPECT_EQ(requirement, c.requirement) << query;
    } else {
      EXPECT_TRUE(Derive(module, module.conditions()[0]).empty()) << query << requirement;
    }
  }
}

}  // namespace
}  // namespace eqlc::index
