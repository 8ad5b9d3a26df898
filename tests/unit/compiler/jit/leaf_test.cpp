// Leaves of every shape, compiled at every level, against expected answers and the interpreter's.
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <limits>

#include "tests/unit/compiler/jit/rules_under_test.h"

namespace eqlc::testing {
namespace {

using abi::Bool;
using abi::Double;
using abi::Int;
using abi::String;

class LeafTest : public ::testing::TestWithParam<OptLevel> {
 protected:
  // Events in which the leaf is true, and events in which it is false. Field names are made known first.
  void Check(ExprId argument, const std::vector<std::vector<FieldValue>>& matching,
             const std::vector<std::vector<FieldValue>>& others) {
    for (const auto* events : {&matching, &others}) {
      for (const auto& event : *events) {
        for (const FieldValue& v : event) rules_.module().Field(v.field);
      }
    }
    const abi::ConditionId condition = rules_.LeafCondition(argument);
    const abi::ConditionId negated = rules_.Condition(rules_.module().Negate(rules_.Leaf(argument)));
    rules_.Build(GetParam());
    if (HasFatalFailure()) return;
    for (size_t i = 0; i < matching.size(); ++i) CheckEvent(condition, negated, matching[i], true, i);
    for (size_t i = 0; i < others.size(); ++i) CheckEvent(condition, negated, others[i], false, i);
  }

  void CheckEvent(abi::ConditionId condition, abi::ConditionId negated, const std::vector<FieldValue>& event,
                  bool expected, size_t index) {
    SCOPED_TRACE(std::string(expected ? "matching" : "other") + " event " + std::to_string(index));
    FrameBuffer native = rules_.NewFrame();
    Fill(rules_, native, event);
    EXPECT_EQ(rules_.Native(condition, native), expected);
    EXPECT_EQ(rules_.Native(negated, native), !expected);
    FrameBuffer interpreted = rules_.NewFrame();
    Fill(rules_, interpreted, event);
    EXPECT_EQ(rules_.Interpreted(condition, interpreted), expected);
  }

  RulesUnderTest rules_;
};

INSTANTIATE_TEST_SUITE_P(Levels, LeafTest, ::testing::Values(OptLevel::kO0, OptLevel::kO1, OptLevel::kO2),
                         [](const auto& level) { return "O" + std::to_string(static_cast<int>(level.param)); });

TEST_P(LeafTest, StringEquality) {
  Check(rules_.Match(Op::kEq, "x", {"powershell.exe"}),
        {{{"x", String("powershell.exe")}}, {{"x", Int(1)}, {"x", String("cmd")}, {"x", String("powershell.exe")}}},
        {{},
         {{"x", String("")}},
         {{"x", String("powershell.ex")}},
         {{"x", String("powershell.exe ")}},
         {{"x", String("Powershell.exe")}},
         {{"x", String("powershell.exf")}},
         {{"x", Int(5)}},
         {{"x", Bool(true)}}});
}

TEST_P(LeafTest, EmptyStringEquality) {
  Check(rules_.Match(Op::kEq, "x", {""}), {{{"x", String("")}}}, {{}, {{"x", String("a")}}, {{"x", Int(0)}}});
}

TEST_P(LeafTest, NumericTextEqualsNumber) {
  Check(rules_.Match(Op::kEq, "x", {"4"}), {{{"x", String("4")}}, {{"x", Int(4)}}, {{"x", Double(4.0)}}},
        {{{"x", String("4.0")}}, {{"x", Int(5)}}, {{"x", Bool(true)}}});
}

TEST_P(LeafTest, BooleanTextEqualsBoolean) {
  Check(rules_.Match(Op::kEq, "x", {"true"}), {{{"x", String("true")}}, {{"x", Bool(true)}}},
        {{{"x", Bool(false)}}, {{"x", String("TRUE")}}});
}

TEST_P(LeafTest, LongStringEquality) {
  const std::string text(100, 'q');
  Check(rules_.Match(Op::kEq, "x", {text}), {{{"x", String(text)}}},
        {{{"x", String(std::string_view(text).substr(1))}}, {{"x", String("q")}}});
}

TEST_P(LeafTest, IntegerComparisons) {
  struct Case {
    Op op;
    bool below, equal, above;
  };
  for (const Case& c :
       {Case{Op::kEq, false, true, false}, Case{Op::kLt, true, false, false}, Case{Op::kLe, true, true, false},
        Case{Op::kGt, false, false, true}, Case{Op::kGe, false, true, true}}) {
    SCOPED_TRACE(static_cast<int>(c.op));
    rules_ = {};
    std::vector<std::vector<FieldValue>> yes;
    std::vector<std::vector<FieldValue>> no = {{}, {{"x", String("word")}}, {{"x", Bool(true)}}};
    (c.below ? yes : no).push_back({{"x", Int(-3)}});
    (c.equal ? yes : no).push_back({{"x", Int(7)}});
    (c.equal ? yes : no).push_back({{"x", String("7")}});
    (c.equal ? yes : no).push_back({{"x", Double(7.0)}});
    (c.above ? yes : no).push_back({{"x", abi::Uint(std::numeric_limits<uint64_t>::max())}});
    (c.above ? yes : no).push_back({{"x", Double(7.5)}});
    Check(rules_.Make(c.op, {rules_.Field("x"), rules_.Const(int64_t{7})}), yes, no);
  }
}

TEST_P(LeafTest, ConstantOnTheLeft) {
  Check(rules_.Make(Op::kLt, {rules_.Const(int64_t{5}), rules_.Field("x")}), {{{"x", Int(6)}}},
        {{{"x", Int(5)}}, {{"x", Int(4)}}, {}});
}

TEST_P(LeafTest, DoubleAndTextOrder) {
  Check(rules_.Make(Op::kGt, {rules_.Field("x"), rules_.Const(1.5)}), {{{"x", Int(2)}}, {{"x", String("1.75")}}},
        {{{"x", Int(1)}}, {{"x", String("z")}}});
  rules_ = {};
  Check(rules_.Make(Op::kGe, {rules_.Field("x"), rules_.Text("1000")}), {{{"x", String("2")}}, {{"x", Int(1000)}}},
        {{{"x", String("0999")}}, {{"x", Int(2)}}});
}

TEST_P(LeafTest, BooleanFields) {
  Check(rules_.Field("x"), {{{"x", Bool(true)}}, {{"x", Bool(false)}, {"x", Bool(true)}}},
        {{}, {{"x", Bool(false)}}, {{"x", Int(1)}}, {{"x", String("true")}}});
  rules_ = {};
  Check(rules_.Make(Op::kEq, {rules_.Field("x"), rules_.Const(false)}),
        {{{"x", Bool(false)}}, {{"x", String("false")}}}, {{}, {{"x", Bool(true)}}, {{"x", Int(0)}}});
}

TEST_P(LeafTest, IsNull) {
  Check(rules_.Make(Op::kIsNull, {rules_.Field("x")}), {{}, {{"y", Int(1)}}},
        {{{"x", String("")}}, {{"x", Bool(false)}}});
}

TEST_P(LeafTest, SmallSets) {
  Check(rules_.Match(Op::kIn, "x", {"cmd.exe", "sh", "zsh", "a*"}),
        {{{"x", String("cmd.exe")}}, {{"x", String("sh")}}, {{"x", String("zsh")}}, {{"x", String("a*")}}},
        {{{"x", String("abc")}}, {{"x", String("SH")}}, {{"x", String("bash")}}, {{"x", Int(3)}}, {}});
  rules_ = {};
  Check(rules_.Match(Op::kIn, "x", {"Cmd.exe", "sh", "5"}, abi::kFold),
        {{{"x", String("CMD.EXE")}}, {{"x", String("sH")}}, {{"x", Int(5)}}}, {{{"x", String("cmd.ex\xE5")}}});
}

TEST_P(LeafTest, LargeSets) {
  std::vector<std::string> words;
  for (int i = 0; i < 500; ++i) words.push_back("word" + std::to_string(i));
  Check(rules_.Match(Op::kIn, "x", words), {{{"x", String("word0")}}, {{"x", String("word499")}}},
        {{{"x", String("word500")}}, {{"x", Int(1)}}, {}});
}

TEST_P(LeafTest, Globs) {
  Check(rules_.Match(Op::kLike, "x", {"*.exe", "C:\\*", "a*z", "exact"}, abi::kFold),
        {{{"x", String("a.EXE")}},
         {{"x", String(".exe")}},
         {{"x", String("c:\\")}},
         {{"x", String("az")}},
         {{"x", String("A---Z")}},
         {{"x", String("EXACT")}}},
        {{{"x", String("exe")}}, {{"x", String("a")}}, {{"x", String("exacts")}}, {{"x", Int(1)}}, {}});
}

TEST_P(LeafTest, OverlapOfHeadAndTailDoesNotMatch) {
  Check(rules_.Match(Op::kLike, "x", {"aba*ba"}), {{{"x", String("ababa")}}, {{"x", String("aba ba")}}},
        {{{"x", String("aba")}}, {{"x", String("abba")}}});
}

TEST_P(LeafTest, StarMatchesEveryString) {
  Check(rules_.Match(Op::kLike, "x", {"*"}), {{{"x", String("")}}, {{"x", String("a")}}},
        {{}, {{"x", Int(1)}}, {{"x", Bool(true)}}});
  rules_ = {};
  Check(rules_.Match(Op::kLike, "x", {"a**", "***b"}), {{{"x", String("a")}}, {{"x", String("b")}}},
        {{{"x", String("")}}, {{"x", String("c")}}});
}

TEST_P(LeafTest, GlobsByHelper) {
  Check(rules_.Match(Op::kLike, "x", {"*mid*", "a?c"}), {{{"x", String("amidst")}}, {{"x", String("a\u00e9c")}}},
        {{{"x", String("MID")}}, {{"x", String("ac")}}, {{"x", Int(1)}}, {}});
}

TEST_P(LeafTest, FoldsLettersOnly) {
  // These differ from the pattern by bit 0x20 where it holds no letter.
  Check(rules_.Match(Op::kLike, "x", {"a@[1-Z"}, abi::kFold), {{{"x", String("A@[1-z")}}},
        {{{"x", String("a`[1-z")}},
         {{"x", String("a@{1-z")}},
         {{"x", String("a@[\x11-z")}},
         {{"x", String("a@[1\r"
                       "z")}}});
}

TEST_P(LeafTest, CidrBlocks) {
  Check(rules_.Call("cidrMatch", {rules_.Field("ip"), rules_.Text("10.0.0.0/8"), rules_.Text("fe80::/10")}),
        {{{"ip", String("10.1.2.3")}}, {{"ip", String("1.1.1.1")}, {"ip", String("fe80::1")}}},
        {{{"ip", String("11.0.0.1")}}, {{"ip", String("junk")}}, {{"ip", Int(10)}}, {}});
}

TEST_P(LeafTest, FunctionOverOneField) {
  const ExprId length = rules_.Call("length", {rules_.Field("x")});
  Check(rules_.Make(Op::kGt, {length, rules_.Const(int64_t{3})}),
        {{{"x", String("four")}}, {{"x", String("a")}, {"x", String("abcde")}}},
        {{}, {{"x", String("abc")}}, {{"x", Int(12345)}}});
}

TEST_P(LeafTest, AnyCombinationOfTwoFields) {
  Check(rules_.Call("startsWith", {rules_.Field("x"), rules_.Field("y")}, abi::kFold),
        {{{"x", String("b")}, {"x", String("Abc")}, {"y", String("q")}, {"y", String("aB")}}},
        {{{"x", String("abc")}}, {{"y", String("abc")}}, {{"x", String("abc")}, {"y", String("bc")}}, {}});
}

TEST_P(LeafTest, SameFieldTwiceIsOneVariable) {
  const ExprId x = rules_.Field("x");
  Check(rules_.Make(Op::kEq, {rules_.Call("concat", {x, x}), rules_.Text("ab")}), {},
        {{{"x", String("a")}, {"x", String("b")}}});
}

TEST_P(LeafTest, MissingFieldIsNullBelowALeaf) {
  const ExprId unknown = rules_.Make(Op::kGt, {rules_.Field("x"), rules_.Const(int64_t{-1})});
  Check(rules_.Make(Op::kIsNull, {unknown}), {{}, {{"x", String("a")}}}, {{{"x", Int(1)}}, {{"x", Int(-5)}}});
}

TEST_P(LeafTest, ThreeValuedLogic) {
  const ExprId x = rules_.Field("x");
  const ExprId y = rules_.Field("y");
  const ExprId both_false = rules_.Make(Op::kEq, {rules_.Make(Op::kAnd, {x, y}), rules_.Const(false)});
  Check(both_false, {{{"x", Bool(false)}}, {{"y", Bool(false)}}, {{"x", Bool(true)}, {"y", Bool(false)}}},
        {{}, {{"x", Bool(true)}}, {{"x", Bool(true)}, {"y", Bool(true)}}});
  rules_ = {};
  const ExprId either = rules_.Make(Op::kOr, {rules_.Field("x"), rules_.Field("y")});
  Check(rules_.Make(Op::kNot, {either}), {{{"x", Bool(false)}, {"y", Bool(false)}}},
        {{}, {{"x", Bool(false)}}, {{"x", Bool(true)}}, {{"x", Bool(false)}, {"y", Int(0)}}});
}

TEST_P(LeafTest, Arithmetic) {
  const ExprId sum = rules_.Make(Op::kAdd, {rules_.Field("x"), rules_.Field("y")});
  Check(rules_.Make(Op::kEq, {rules_.Make(Op::kNeg, {sum}), rules_.Const(int64_t{-5})}),
        {{{"x", Int(2)}, {"y", Int(3)}}, {{"x", Double(2.5)}, {"y", Double(2.5)}}},
        {{{"x", Int(5)}}, {{"x", Int(2)}, {"y", Int(2)}}, {{"x", String("2")}, {"y", Int(3)}}});
  rules_ = {};
  Check(rules_.Make(Op::kIsNull, {rules_.Make(Op::kNeg, {rules_.Field("x")})}),
        {{}, {{"x", Int(std::numeric_limits<int64_t>::min())}}, {{"x", String("a")}}}, {{{"x", Int(1)}}});
}

// Texts at both edges of a page between two that cannot be read.
TEST_P(LeafTest, ReadsNothingOutsideTheText) {
  const auto page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  void* pages = mmap(nullptr, 3 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(pages, MAP_FAILED);
  char* readable = static_cast<char*>(pages) + page;
  ASSERT_EQ(mprotect(readable, page, PROT_READ | PROT_WRITE), 0);
  std::memset(readable, 'a', page);

  std::vector<std::pair<abi::ConditionId, size_t>> exact;
  std::vector<abi::ConditionId> ends;
  for (size_t size = 0; size <= 66; ++size) {
    const std::string text(size, 'a');
    for (const uint8_t flags : {uint8_t{0}, uint8_t{abi::kFold}}) {
      exact.emplace_back(rules_.LeafCondition(rules_.Match(Op::kLike, "x", {text}, flags)), size);
      ends.push_back(rules_.LeafCondition(rules_.Match(Op::kLike, "x", {text + "*b", "b*" + text}, flags)));
    }
  }
  rules_.Build(GetParam());
  FrameBuffer frame = rules_.NewFrame();
  for (size_t size = 0; size <= 66; ++size) {
    for (const char* start : {static_cast<const char*>(readable), static_cast<const char*>(readable + page - size)}) {
      Fill(rules_, frame, {{"x", String({start, size})}});
      for (const auto& [condition, length] : exact) EXPECT_EQ(rules_.Native(condition, frame), size == length);
      for (const abi::ConditionId condition : ends) EXPECT_FALSE(rules_.Native(condition, frame));
    }
  }
  munmap(pages, 3 * page);
}

}  // namespace
}  // namespace eqlc::testing
