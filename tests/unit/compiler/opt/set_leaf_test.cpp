// Sets of one operand: a pair of them means the same as its union, and includes what it says.
#include "compiler/opt/set_leaf.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "runtime/value/compare.h"
#include "runtime/value/glob.h"
#include "runtime/value/value_set.h"
#include "tests/unit/compiler/opt/optimized.h"

namespace eqlc::opt {
namespace {

// Values that tell spellings apart.
const std::vector<abi::Value>& Values() {
  static const std::vector<abi::Value> values = {
      abi::String(""),    abi::String("a"),   abi::String("A"),    abi::String("ab"),   abi::String("AB"),
      abi::String("a*"),  abi::String("A?b"), abi::String("b"),    abi::String("4"),    abi::String("4.0"),
      abi::String("1e3"), abi::String("1E3"), abi::String("true"), abi::String("TRUE"), abi::String("/"),
      abi::String("é"),   abi::String("É"),   abi::Int(4),         abi::Double(4.5),    abi::Int(1000),
      abi::Bool(true),    abi::Bool(false),   abi::Null()};
  return values;
}

const std::vector<std::string>& Tests() {
  static const std::vector<std::string> tests = {"x == \"a\"",
                                                 "x == \"A\"",
                                                 "x : \"a\"",
                                                 "x in~ (\"A\", \"b\")",
                                                 "x in (\"a\", 4)",
                                                 "x == \"4\"",
                                                 "x : \"4\"",
                                                 "x == 4",
                                                 "x == \"a*\"",
                                                 "x like \"a*\"",
                                                 "x : \"A*\"",
                                                 "x like \"*\"",
                                                 "x : \"?b\"",
                                                 "x : \"a?\"",
                                                 "x in~ (\"TRUE\")",
                                                 "x : \"true\"",
                                                 "x == \"true\"",
                                                 "x == true",
                                                 "x == \"1E3\"",
                                                 "x in~ (\"1e3\")",
                                                 "x == \"1e3\"",
                                                 "x in (\"1e3\", \"b\")",
                                                 "x : (\"/\", \"1*\")",
                                                 "x == \"/\"",
                                                 "x == \"é\"",
                                                 "x : \"É\"",
                                                 "startsWith(x, \"a\")",
                                                 "endsWith~(x, \"B\")",
                                                 "stringContains(x, \"b\")",
                                                 "x like (\"4\", \"a\")",
                                                 "x : \"\"",
                                                 "x like \"a**\""};
  return tests;
}

// What the set says of a value, by the runtime's own sets.
bool Contains(const SetLeaf& set, const abi::Value& value) {
  const bool fold = (set.flags & abi::kFold) != 0;
  if (set.op == ir::Op::kLike) {
    std::vector<std::string_view> patterns;
    for (const ir::Literal& member : set.members) patterns.push_back(member.text);
    return value.is_string() && GlobSet(patterns, fold).Matches(value.text());
  }
  std::vector<abi::Value> members;
  for (const ir::Literal& member : set.members) members.push_back(member.value());
  return ValueSet(members, fold).Contains(value);
}

class SetLeafTest : public ::testing::Test {
 protected:
  // The leaf of `any where <test>`, as it is written.
  ir::ExprId LeafOf(const std::string& test) {
    testing::AddRule("any where " + test, module_);
    return module_.conditions()[module_.rules().back().items[0].condition];
  }
  SetLeaf Written(const std::string& test) { return *ReadSetLeaf(module_, LeafOf(test)); }
  // In the one spelling.
  ir::ExprId SpelledLeaf(const std::string& test) { return SpellSetLeaf(module_, LeafOf(test)); }
  SetLeaf SetOf(const std::string& test) { return *ReadSetLeaf(module_, SpelledLeaf(test)); }

  ir::Module module_;
};

TEST_F(SetLeafTest, TheOneSpellingMeansTheSame) {
  for (const std::string& test : Tests()) {
    const SetLeaf written = Written(test), spelled = SetOf(test);
    for (const abi::Value& value : Values()) {
      EXPECT_EQ(Contains(written, value), Contains(spelled, value)) << test << " of kind " << int(value.kind);
    }
  }
}

// A leaf that looks right at a glance is what would be made of it.
TEST_F(SetLeafTest, SpellingIsDoneOnce) {
  for (const std::string& test : Tests()) {
    const ir::ExprId spelled = SpelledLeaf(test);
    EXPECT_EQ(SpellSetLeaf(module_, spelled), spelled) << test;
    EXPECT_EQ(MakeSetLeaf(module_, *ReadSetLeaf(module_, spelled)), spelled) << test;
    EXPECT_EQ(MakeSetLeaf(module_, Written(test)), spelled) << test;
  }
}

TEST_F(SetLeafTest, UnionsHoldTheMembersOfBoth) {
  size_t united = 0;
  for (const std::string& first : Tests()) {
    for (const std::string& second : Tests()) {
      const SetLeaf a = SetOf(first), b = SetOf(second);
      SetLeaf both = a;
      if (!Unite(both, b)) continue;
      ++united;
      for (const abi::Value& value : Values()) {
        EXPECT_EQ(Contains(both, value), Contains(a, value) || Contains(b, value)) << first << " or " << second;
      }
    }
  }
  EXPECT_GT(united, 300u);
}

TEST_F(SetLeafTest, WhatIsIncludedIsInThere) {
  size_t included = 0;
  for (const std::string& first : Tests()) {
    for (const std::string& second : Tests()) {
      const ir::ExprId leaf_a = SpelledLeaf(first), leaf_b = SpelledLeaf(second);
      if (!Includes(module_, *ViewSet(module_, leaf_b), *ViewSet(module_, leaf_a))) continue;
      ++included;
      const SetLeaf a = *ReadSetLeaf(module_, leaf_a), b = *ReadSetLeaf(module_, leaf_b);
      for (const abi::Value& value : Values()) {
        EXPECT_TRUE(!Contains(a, value) || Contains(b, value)) << first << " is in " << second;
      }
    }
  }
  EXPECT_GT(included, 60u);
}

TEST_F(SetLeafTest, ReadsNothingElse) {
  for (const char* test : {"x > 1", "x == null", "x regex \"a\"", "length(x) > 1", "cidrMatch(x, \"::1/128\")"}) {
    testing::AddRule("any where " + std::string(test), module_);
    EXPECT_FALSE(ReadSetLeaf(module_, module_.conditions()[module_.rules().back().items[0].condition])) << test;
  }
}

TEST_F(SetLeafTest, UnionsThatAreTooLargeForTheIndexStayTwo) {
  SetLeaf set = SetOf("x == \"a\""), other = set;
  set.members.resize(2'048, set.members[0]);
  EXPECT_FALSE(Unite(set, other));
  EXPECT_EQ(set.members.size(), 2'048u);
}

}  // namespace
}  // namespace eqlc::opt
