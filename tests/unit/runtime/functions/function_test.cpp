// The function table, its lookup, the checks of CallFunction, and every example of every function.
#include "runtime/functions/function.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "runtime/value/compare.h"
#include "runtime/value/number.h"

namespace eqlc {
namespace {

using abi::Value;

// Reads `name~(literal, ...)`; strings take no escapes but `\\` and `\"`.
class CallReader {
 public:
  explicit CallReader(std::string_view text) : rest_(text) {}

  std::string Evaluate() {
    const size_t open = rest_.find('(');
    if (open == std::string_view::npos) return "error: no call";
    std::string_view name = rest_.substr(0, open);
    const bool fold = name.ends_with('~');
    if (fold) name.remove_suffix(1);
    const Function* function = FindFunction(name);
    if (function == nullptr) return "error: unknown function";
    if (fold && !function->has_fold_form) return "error: no ~ form";
    rest_.remove_prefix(open + 1);
    std::vector<Value> args;
    while (!Take(")")) {
      const std::optional<Value> literal = TakeLiteral();
      if (!literal) return "error: bad literal";
      args.push_back(*literal);
      Take(", ");
    }
    if (args.size() < function->min_args() || args.size() > function->max_args()) return "error: arguments";
    return Show(CallFunction(*function, CallContext{scratch_, fold}, args));
  }

 private:
  bool Take(std::string_view token) {
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }

  std::optional<Value> TakeLiteral() {
    if (Take("null")) return abi::Null();
    if (Take("true")) return abi::Bool(true);
    if (Take("false")) return abi::Bool(false);
    if (Take("\"")) {
      std::string text;
      while (!rest_.empty() && !Take("\"")) {
        if (rest_[0] == '\\') rest_.remove_prefix(1);
        text += rest_[0];
        rest_.remove_prefix(1);
      }
      return abi::String(literals_.Copy(text));
    }
    const size_t size = std::min(rest_.find_first_of(",)"), rest_.size());
    const Value number = ParseNumber(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return number.is_null() ? std::nullopt : std::optional(number);
  }

  static std::string Show(const Value& value) {
    if (value.is_null()) return "null";
    NumberBuffer buffer;
    const std::string text(TextOf(value, buffer));
    return value.is_string() ? '"' + text + '"' : text;
  }

  std::string_view rest_;
  Scratch scratch_;
  Scratch literals_;
};

std::string Evaluate(std::string_view expression) { return CallReader(expression).Evaluate(); }

struct Row {
  std::string_view expression;
  std::string_view result;
};

void Check(std::initializer_list<Row> rows) {
  for (const Row& row : rows) EXPECT_EQ(Evaluate(row.expression), row.result) << row.expression;
}

TEST(FunctionTest, TableIsSortedAndComplete) {
  const std::set<std::string_view> expected = {
      "add",    "between",  "cidrMatch", "concat", "divide",     "endsWith", "indexOf",        "length",
      "modulo", "multiply", "number",    "string", "startsWith", "subtract", "stringContains", "substring"};
  std::set<std::string_view> names;
  for (const Function* function : Functions()) names.insert(function->name);
  EXPECT_TRUE(std::includes(names.begin(), names.end(), expected.begin(), expected.end()));
  EXPECT_EQ(names.size(), Functions().size()) << "two functions have one name";
  for (const Function* function : Functions()) {
    SCOPED_TRACE(function->name);
    EXPECT_EQ(FindFunction(function->name), function);
    EXPECT_FALSE(function->help.empty());
    EXPECT_TRUE(function->help.ends_with('.'));
    EXPECT_FALSE(function->parameters.empty());
    EXPECT_GE(function->examples.size(), 2u);
    EXPECT_NE(function->body, nullptr);
  }
}

TEST(FunctionTest, LookupIgnoresCase) {
  EXPECT_EQ(FindFunction("CIDRMATCH"), FindFunction("cidrMatch"));
  EXPECT_EQ(FindFunction("startswith")->name, "startsWith");
  for (const std::string_view name : {"", "lengths", "lengt", "wildcard", "a", "zzz"}) {
    EXPECT_EQ(FindFunction(name), nullptr) << name;
  }
}

TEST(FunctionTest, OnlyFiveFunctionsFold) {
  std::set<std::string_view> names;
  for (const Function* function : Functions()) {
    if (function->has_fold_form && !function->name.starts_with("python.")) names.insert(function->name);
  }
  EXPECT_EQ(names, (std::set<std::string_view>{"between", "endsWith", "indexOf", "startsWith", "stringContains"}));
}

TEST(FunctionTest, ExamplesGiveWhatTheySay) {
  for (const Function* function : Functions()) {
    for (const FunctionExample& example : function->examples) {
      EXPECT_EQ(Evaluate(example.expression), example.result) << example.expression;
    }
  }
}

TEST(FunctionTest, ArgumentCounts) {
  EXPECT_EQ(FindFunction("add")->min_args(), 2u);
  EXPECT_EQ(FindFunction("add")->max_args(), 2u);
  EXPECT_EQ(FindFunction("between")->min_args(), 3u);
  EXPECT_EQ(FindFunction("between")->max_args(), 4u);
  EXPECT_EQ(FindFunction("cidrMatch")->min_args(), 2u);
  EXPECT_EQ(FindFunction("cidrMatch")->max_args(), SIZE_MAX);
  EXPECT_EQ(FindFunction("concat")->min_args(), 1u);
  Scratch scratch;
  const std::vector<Value> args(3, abi::Int(1));
  EXPECT_TRUE(CallFunction(*FindFunction("add"), {scratch, false}, args).is_null());
  EXPECT_TRUE(CallFunction(*FindFunction("add"), {scratch, false}, std::span(args).first(1)).is_null());
  EXPECT_TRUE(CallFunction(*FindFunction("concat"), {scratch, false}, {}).is_null());
}

TEST(FunctionTest, WrongTypesAndNullsGiveNull) {
  const Value samples[] = {abi::Null(),      abi::Bool(true),       abi::Int(1),
                           abi::Double(1.5), abi::Uint(UINT64_MAX), abi::String("x")};
  Scratch scratch;
  for (const Function* function : Functions()) {
    for (size_t wrong = 0; wrong < function->parameters.size(); ++wrong) {
      for (const Value& sample : samples) {
        std::vector<Value> args;
        for (const Parameter& parameter : function->parameters) {
          const bool text = parameter.type == ParamType::kString || parameter.type == ParamType::kAny ||
                            parameter.type == ParamType::kIp;
          args.push_back(text ? abi::String("1") : parameter.type == ParamType::kBool ? abi::Bool(true) : abi::Int(1));
        }
        args[wrong] = sample;
        const ParamType type = function->parameters[wrong].type;
        const bool mistyped = (type == ParamType::kString && !sample.is_string()) ||
                              (type == ParamType::kNumber && !sample.is_number()) ||
                              (type == ParamType::kBool && sample.kind != abi::ValueKind::kBool) ||
                              (type == ParamType::kInteger && sample.kind == abi::ValueKind::kDouble);
        const Value result = CallFunction(*function, {scratch, false}, args);
        // Where null in one place has a meaning, it is that of the parameters behind the first; python-eql's functions
        // say themselves what they make of it.
        const bool own = function->name.starts_with("python.");
        const bool null_means_something = !function->null_strict && (wrong > 0 || own);
        if (sample.is_null() ? !null_means_something : mistyped) {
          EXPECT_TRUE(result.is_null()) << function->name << " argument " << wrong;
        }
      }
    }
  }
}

TEST(FunctionTest, Between) {
  Check({{R"(between("run the program now", "the", "o"))", R"(" pr")"},
         {R"(between("run the program now", "the", "o", true))", R"(" program n")"},
         {R"(between("run the program now", "the", "o", false))", R"(" pr")"},
         {R"(between("Some Text", "t", "x"))", R"("")"},
         {R"(between~("Some Text", "t", "t"))", R"("ex")"},
         {R"(between("abc", "a", "z"))", R"("")"},
         {R"(between("abc", "z", "c"))", R"("")"},
         {R"(between("xaby", "b", "a", true))", R"("")"},
         {R"(between("aa", "a", "a"))", R"("")"},
         {R"(between("aba", "ab", "ba", true))", R"("")"},
         {R"(between("", "a", "b"))", R"("")"},
         {R"(between("abc", "a", ""))", R"("abc")"},
         {R"(between("abc", null, "c"))", "null"},
         {R"(between("abc", "a", null))", "null"},
         {R"(between("abc", "a", "c", null))", "null"}});
}

TEST(FunctionTest, CidrMatch) {
  Check({{R"(cidrMatch("10.6.4.2", "10.200.1.1/8"))", "true"},
         {R"(cidrMatch("10.6.4.2", "10.6.4.3"))", "false"},
         {R"(cidrMatch("10.6.4.2", "10.6.4.2"))", "true"},
         {R"(cidrMatch("2001:db8::9", "2001:db8::/32"))", "true"},
         {R"(cidrMatch("", "10.0.0.0/8"))", "false"},
         {R"(cidrMatch(10, "10.0.0.0/8"))", "false"},
         {R"(cidrMatch("10.0.0.1", "10.0.0.0/8", null))", "null"}});
}

TEST(FunctionTest, Concat) {
  Check({{R"(concat("", ""))", R"("")"},
         {R"(concat(1, 2))", R"("12")"},
         {R"(concat(-1, true, false))", R"("-1truefalse")"},
         {R"(concat(1.0, "|", 10000000000.0))", R"("1.0|1.0E10")"},
         {R"(concat(null))", "null"},
         {R"(concat(18446744073709551615))", R"("18446744073709551615")"}});
}

TEST(FunctionTest, IndexOf) {
  Check({{R"(indexOf("mail@host.example", "@"))", "4"},
         {R"(indexOf("a.b.c", ".", 1))", "1"},
         {R"(indexOf("a.b.c", ".", 5))", "null"},
         {R"(indexOf("a.b.c", ".", 99))", "null"},
         {R"(indexOf("abc", "a", -9223372036854775808))", "0"},
         {R"(indexOf("abc", "a", 18446744073709551615))", "null"},
         {R"(indexOf("abc", "", 0))", "0"},
         {R"(indexOf("abc", "", 3))", "3"},
         {R"(indexOf("abc", "", 4))", "null"},
         {R"(indexOf("", ""))", "0"},
         {R"(indexOf("ééa", "a", 2))", "2"},
         {R"(indexOf("ééa", "", 3))", "3"},
         {R"(indexOf("ééa", "", 4))", "null"},
         {R"(indexOf~("abcABC", "C", 3))", "5"},
         {R"(indexOf("abc", null))", "null"},
         {R"(indexOf("abc", "a", 0.5))", "null"}});
}

TEST(FunctionTest, Number) {
  Check({{R"(number("1337"))", "1337"},
         {R"(number("1337.5"))", "1337.5"},
         {R"(number("0X539"))", "1337"},
         {R"(number("-0xfa"))", "-250"},
         {R"(number("fa", 16))", "250"},
         {R"(number("-0xfa", 16))", "-250"},
         {R"(number("052403", 8))", "21763"},
         {R"(number("52403", 7))", "12890"},
         {R"(number("z", 36))", "35"},
         {R"(number(" 1337 ", 10))", "1337"},
         {R"(number(" ff ", 16))", "null"},
         {R"(number("2", 2))", "null"},
         {R"(number("1", 1))", "null"},
         {R"(number("1", 37))", "null"},
         {R"(number("1", 18446744073709551615))", "null"},
         {R"(number("0x"))", "null"},
         {R"(number("0x-5"))", "null"},
         {R"(number("--5"))", "null"},
         {R"(number("+5"))", "5"},
         {R"(number("-9223372036854775808"))", "-9223372036854775808"},
         {R"(number("-0x8000000000000000"))", "-9223372036854775808"},
         {R"(number("0xffffffffffffffff"))", "18446744073709551615"},
         {R"(number("0x10000000000000000"))", "null"},
         {R"(number("abc"))", "null"},
         {R"(number(" "))", "null"},
         {R"(number(null, 16))", "null"}});
}

TEST(FunctionTest, Substring) {
  Check({{R"(substring("good morning", -7))", R"("morning")"},
         {R"(substring("good morning", -7, -1))", R"("mornin")"},
         {R"(substring("good morning", 4, -1))", R"(" mornin")"},
         {R"(substring("good morning", -60, 4))", R"("good")"},
         {R"(substring("good morning", 0, 500))", R"("good morning")"},
         {R"(substring("good morning", 5, 2))", R"("")"},
         {R"(substring("good morning", 500))", R"("")"},
         {R"(substring("good morning", 18446744073709551615))", R"("")"},
         {R"(substring("good", -9223372036854775808, 18446744073709551615))", R"("good")"},
         {R"(substring("日本語", 1))", R"("本語")"},
         {R"(substring("日本語", -1))", R"("語")"},
         {R"(substring("", 0))", R"("")"},
         {R"(substring("abc", null))", R"("abc")"},
         {R"(substring("abc", null, 2))", R"("ab")"},
         {R"(substring("abc", 1.0))", "null"}});
}

TEST(FunctionTest, TheOthers) {
  Check({{R"(endsWith("abc", "abc"))", "true"},
         {R"(startsWith("", ""))", "true"},
         {R"(startsWith("a*", "*"))", "false"},
         {R"(stringContains("", ""))", "false"},
         {R"(stringContains("", "a"))", "false"},
         {R"(stringContains("abc", "B"))", "false"},
         {R"(stringContains~("abc", "B"))", "true"},
         {R"(length("日本語"))", "3"},
         {R"(length(5))", "null"},
         {R"(string(1.5))", R"("1.5")"},
         {R"(string(10000000000.0))", R"("1.0E10")"},
         {R"(string(-42))", R"("-42")"},
         {R"(add(1, "2"))", "null"},
         {R"(add(true, 1))", "null"},
         {R"(divide(4, 3))", "1"},
         {R"(modulo(10, -6))", "4"},
         {R"(modulo(-10, 6))", "-4"},
         {R"(subtract(-9223372036854775808, 1))", "null"}});
}

TEST(FunctionTest, RefusedMemoryGivesNull) {
  Scratch scratch;
  while (scratch.Allocate(1 << 16) != nullptr) {
  }
  while (scratch.Allocate(1) != nullptr) {
  }
  const Value number = abi::Int(12345);
  EXPECT_TRUE(CallFunction(*FindFunction("string"), {scratch, false}, std::span(&number, 1)).is_null());
  EXPECT_TRUE(CallFunction(*FindFunction("concat"), {scratch, false}, std::span(&number, 1)).is_null());
  const std::string big(20u << 20, 'x');
  Scratch fresh;
  const Value text = abi::String(big);
  EXPECT_TRUE(CallFunction(*FindFunction("concat"), {fresh, false}, std::span(&text, 1)).is_null());
}

}  // namespace
}  // namespace eqlc
