// Random conditions on random events: generated code and interpreter must agree.
#include <random>

#include "tests/unit/compiler/jit/rules_under_test.h"

namespace eqlc::testing {
namespace {

constexpr int kConditions = 150;
constexpr int kEvents = 300;
const std::vector<std::string> kFields = {"a", "b", "c", "d"};
// Few and short, so that random values meet random constants.
const std::vector<std::string> kTexts = {"",  "a",  "A",   "ab",   "aB",    "abc", "abcd",   "ABCDE",     "abcdefgh",
                                         "7", "-1", "1.5", "true", "false", "a*",  "\u00e9", "abcdefghi", "10.0.0.1"};
const std::vector<std::string> kGlobs = {"*", "a*", "*c", "a*c", "?", "a?c", "*b*", "abc", "ABCDE*", "*fgh", "**d"};

// Builds random expressions. `seed` decides everything.
class Generator {
 public:
  Generator(RulesUnderTest& rules, uint32_t seed) : rules_(rules), random_(seed) {}

  ExprId Condition(int depth) {
    switch (depth == 0 ? 0 : Below(4)) {
      case 0:
        return rules_.Leaf(Boolean(2));
      case 1:
        return rules_.module().Negate(Condition(depth - 1));
      case 2:
        return rules_.Make(Op::kAll, Several([&] { return Condition(depth - 1); }));
      default:
        return rules_.Make(Op::kAny, Several([&] { return Condition(depth - 1); }));
    }
  }

  abi::Value FieldValue() {
    switch (Below(8)) {
      case 0:
        return abi::Int(static_cast<int64_t>(Below(9)) - 1);
      case 1:
        return abi::Bool(Below(2) != 0);
      case 2:
        return abi::Double(static_cast<double>(Below(8)) / 2);
      case 3:
        return abi::Uint(uint64_t{1} << 63);
      default:
        return abi::String(Pick(kTexts));
    }
  }

  uint32_t Below(uint32_t n) { return static_cast<uint32_t>(random_() % n); }

 private:
  template <typename T>
  const T& Pick(const std::vector<T>& list) {
    return list[Below(static_cast<uint32_t>(list.size()))];
  }

  template <typename Make>
  std::vector<ExprId> Several(Make make) {
    std::vector<ExprId> list;
    for (uint32_t n = 1 + Below(3); n > 0; --n) list.push_back(make());
    return list;
  }

  ExprId Field() { return rules_.Field(Pick(kFields)); }

  ExprId Constant() {
    switch (Below(4)) {
      case 0:
        return rules_.Const(static_cast<int64_t>(Below(9)) - 1);
      case 1:
        return rules_.Const(Below(2) != 0);
      case 2:
        return rules_.Const(static_cast<double>(Below(8)) / 2);
      default:
        return rules_.Text(Pick(kTexts));
    }
  }

  ExprId Value(int depth) {
    if (depth == 0) return Below(3) == 0 ? Constant() : Field();
    switch (Below(8)) {
      case 0:
        return rules_.Make(Op::kAdd, {Value(depth - 1), Value(depth - 1)});
      case 1:
        return rules_.Make(Op::kNeg, {Value(depth - 1)});
      case 2:
        return rules_.Call("concat", Several([&] { return Value(depth - 1); }));
      case 3:
        return rules_.Call("length", {Value(depth - 1)});
      case 4:
        return Boolean(depth - 1);
      default:
        return Field();
    }
  }

  ExprId Boolean(int depth) {
    const uint8_t fold = Below(2) != 0 ? abi::kFold : 0;
    switch (Below(depth == 0 ? 7 : 12)) {
      case 0:
        return Field();
      case 1:
      case 2:
        return rules_.Make(static_cast<Op>(static_cast<uint32_t>(Op::kEq) + Below(5)), {Field(), Constant()});
      case 3:
        return rules_.Make(static_cast<Op>(static_cast<uint32_t>(Op::kEq) + Below(5)), {Constant(), Field()});
      case 4:
        return rules_.Make(Op::kIsNull, {Field()});
      case 5: {
        std::vector<ExprId> args = {Field()};
        for (uint32_t n = 1 + Below(10); n > 0; --n)
          args.push_back(Below(4) == 0 ? Constant() : rules_.Text(Pick(kTexts)));
        return rules_.Make(Op::kIn, args, fold);
      }
      case 6:
        return Like(Field(), fold);
      case 7:
        return rules_.Make(Op::kAnd, Several([&] { return Value(depth - 1); }));
      case 8:
        return rules_.Make(Op::kOr, Several([&] { return Value(depth - 1); }));
      case 9:
        return rules_.Make(Op::kNot, {Value(depth - 1)});
      case 10:
        return rules_.Make(Op::kEq, {Value(depth - 1), Value(depth - 1)});
      default:
        return Like(Value(depth - 1), fold);
    }
  }

  ExprId Like(ExprId operand, uint8_t fold) {
    std::vector<ExprId> args = {operand};
    for (uint32_t n = 1 + Below(3); n > 0; --n) args.push_back(rules_.Text(Pick(kGlobs)));
    return rules_.Make(Op::kLike, args, fold);
  }

  RulesUnderTest& rules_;
  std::mt19937 random_;
};

class DifferentialTest : public ::testing::TestWithParam<OptLevel> {};

INSTANTIATE_TEST_SUITE_P(Levels, DifferentialTest, ::testing::Values(OptLevel::kO0, OptLevel::kO1, OptLevel::kO2),
                         [](const auto& level) { return "O" + std::to_string(static_cast<int>(level.param)); });

TEST_P(DifferentialTest, GeneratedCodeAgreesWithInterpreter) {
  RulesUnderTest rules;
  Generator generator(rules, 2026 + static_cast<uint32_t>(GetParam()));
  for (const std::string& field : kFields) rules.module().Field(field);
  std::vector<abi::ConditionId> conditions;
  for (int i = 0; i < kConditions; ++i) conditions.push_back(rules.Condition(generator.Condition(2)));
  rules.Build(GetParam());
  if (HasFatalFailure()) return;

  FrameBuffer native = rules.NewFrame();
  FrameBuffer interpreted = rules.NewFrame();
  int matches = 0;
  for (int event = 0; event < kEvents; ++event) {
    native.Clear();
    interpreted.Clear();
    for (const std::string& field : kFields) {
      for (uint32_t n = generator.Below(4); n > 0; --n) {
        const abi::Value value = generator.FieldValue();
        native.Append(rules.module().Field(field), value);
        interpreted.Append(rules.module().Field(field), value);
      }
    }
    for (const abi::ConditionId condition : conditions) {
      const bool expected = rules.Interpreted(condition, interpreted);
      matches += expected;
      ASSERT_EQ(rules.Native(condition, native), expected)
          << "event " << event << ", " << ir::PrintExpr(rules.module(), rules.module().conditions()[condition]);
    }
  }
  EXPECT_GT(matches, kEvents);  // a test of falsehoods alone would prove little
  EXPECT_LT(matches, kEvents * kConditions * 9 / 10);
}

}  // namespace
}  // namespace eqlc::testing
