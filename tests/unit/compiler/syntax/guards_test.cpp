// Input made to hurt: every case must end soon, with an AST or one clean diagnostic. All run on the stack that the
// compiler gives the parser. The bound is on processor time and many times what an unoptimised build with sanitizers
// needs; anything quadratic needs minutes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <time.h>

#include "compiler/support/big_stack.h"
#include "eqlc/limits.hpp"
#include "tests/unit/compiler/syntax/parsed_query.h"

namespace eqlc {
namespace {

using testing::StartsWith;

constexpr double kMaxSeconds = 10;

double ThreadSeconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::string Repeat(std::string_view text, size_t n) {
  std::string out;
  out.reserve(text.size() * n);
  for (size_t i = 0; i < n; ++i) out += text;
  return out;
}

struct Outcome {
  bool parsed = false;
  bool round_trip = true;  // where parsed
  std::string error;
  size_t findings = 0;
};

Outcome ParseWithinBound(const std::string& query, Syntax syntax = Syntax::kUnion) {
  Outcome outcome;
  double seconds = 0;
  const Status status = RunOnBigStack(limits::kParserStackBytes, [&] {
    const ParsedQuery parsed(query, syntax);
    outcome.parsed = parsed.ast.has_value();
    outcome.error = parsed.Error();
    outcome.findings = parsed.findings.size();
    if (parsed.ast) {
      const ParsedQuery again(PrintQuery(*parsed.ast), syntax);
      outcome.round_trip = again.ast && EqualAst(*parsed.ast, *again.ast) && !DumpAst(*parsed.ast).empty();
    }
    seconds = ThreadSeconds();
  });
  EXPECT_TRUE(status.ok());
  EXPECT_LT(seconds, kMaxSeconds);
  return outcome;
}

void ExpectRefused(const std::string& query, const std::string& error, Syntax syntax = Syntax::kUnion) {
  const Outcome outcome = ParseWithinBound(query, syntax);
  EXPECT_FALSE(outcome.parsed);
  EXPECT_THAT(outcome.error, StartsWith(error));
  EXPECT_EQ(outcome.findings, 1u);
}

void ExpectParsed(const std::string& query, Syntax syntax = Syntax::kUnion) {
  const Outcome outcome = ParseWithinBound(query, syntax);
  EXPECT_TRUE(outcome.parsed) << outcome.error;
  EXPECT_TRUE(outcome.round_trip);
}

constexpr size_t kMany = 100'000;
constexpr size_t kDeepest = limits::kMaxQueryNesting;

TEST(Guards, BracketsWithoutEnd) {
  ExpectRefused("p where " + Repeat("(", kMany), "E0104 1:1009 the query is nested deeper than 1000 levels");
  ExpectRefused("p where " + Repeat("(", kMany) + "a" + Repeat(")", kMany), "E0104");
  ExpectRefused("p where " + Repeat("f(", kMany), "E0104");
  ExpectRefused("p where " + Repeat("child of [p where ", 50'000), "E0104");
  ExpectRefused("sequence " + Repeat("[", kMany), "E0104");
  ExpectRefused("sequence " + Repeat("![", kMany), "E0104");
  ExpectRefused("p where " + Repeat("{", kMany), "E0102");
  ExpectRefused("p where " + Repeat(")", kMany), "E0101");
}

TEST(Guards, BracketsAtTheLimit) {
  ExpectParsed("p where " + Repeat("(", kDeepest) + "a" + Repeat(")", kDeepest));
  ExpectRefused("p where " + Repeat("(", kDeepest + 1) + "a" + Repeat(")", kDeepest + 1), "E0104");
  // An AST as deep as brackets can make it: the leaf is a level, too.
  ExpectParsed("p where " + Repeat("f(", kDeepest - 1) + "a" + Repeat(")", kDeepest - 1));
  ExpectRefused("p where " + Repeat("f(", kDeepest) + "a" + Repeat(")", kDeepest), "E0104");
  ExpectParsed("p where " + Repeat("child of [p where ", kDeepest - 1) + "a" + Repeat("]", kDeepest - 1));
  ExpectParsed("p where " + Repeat("a and (b or (", kDeepest / 2 - 1) + "c" + Repeat("))", kDeepest / 2 - 1));
}

TEST(Guards, SyntaxErrorAtTheBottom) {
  ExpectRefused("p where " + Repeat("(", kDeepest) + "=" + Repeat(")", kDeepest), "E0101");
  ExpectRefused("p where " + Repeat("(", kDeepest) + "a" + Repeat(")", kDeepest - 1), "E0101");
}

TEST(Guards, ChainsThatNestInTheTree) {
  ExpectRefused("p where " + Repeat("not ", kMany) + "a", "E0104 1:396009 the expression is nested deeper than");
  ExpectRefused("p where " + Repeat("-", kMany) + "a", "E0104");
  ExpectRefused("p where " + Repeat("- +", kMany / 2) + "a", "E0104");
  ExpectRefused("p where a" + Repeat("+1", 90'000), "E0104");
  ExpectRefused("p where a" + Repeat("*1", 90'000), "E0104");
  ExpectParsed("p where " + Repeat("not ", kDeepest - 1) + "a");
  ExpectParsed("p where " + Repeat("-", kDeepest - 1) + "a");
  ExpectParsed("p where a" + Repeat("+1", kDeepest - 1));
  ExpectRefused("p where " + Repeat("not ", kMany), "E0101");
}

TEST(Guards, FlatChainsOfAnyLength) {
  ExpectParsed("p where a" + Repeat(" or a", 50'000));
  ExpectParsed("p where a" + Repeat(" and not a", 50'000));
  ExpectParsed("p where a in (1" + Repeat(",1", 90'000) + ")");
  ExpectParsed("p where a : (\"x\"" + Repeat(",\"x\"", 90'000) + ")");
  ExpectParsed("p where a" + Repeat(".a", 90'000));
  ExpectParsed("p where f(1" + Repeat(",1", 90'000) + ")");
  ExpectParsed("p where true" + Repeat(" | head 1", 50'000));
  ExpectParsed("sequence" + Repeat(" [p where true]", 30'000));
  ExpectParsed("sequence by a" + Repeat(", a", 50'000) + " [p where true]");
}

TEST(Guards, TokensAndBytes) {
  ExpectRefused("p where a" + Repeat(" or a", limits::kMaxQueryTokens / 2), "E0103 1:");
  ExpectRefused(std::string(10 << 20, 'a'), "E0103");
  ExpectRefused(std::string(limits::kMaxQueryBytes + 1, ' '), "E0103 1:1 the query has 1048577 bytes");
  ExpectRefused(std::string(limits::kMaxQueryBytes, ' '), "E0101");
  ExpectRefused(std::string(limits::kMaxQueryBytes, 'a'), "E0101");
  ExpectRefused(std::string(limits::kMaxQueryBytes, '^'), "E0102");
  ExpectRefused(std::string(limits::kMaxQueryBytes, '"'), "E0101");
  ExpectRefused(std::string(limits::kMaxQueryBytes, '`'), "E0101");
  ExpectRefused(std::string(limits::kMaxQueryBytes, '\0'), "E0102");
  ExpectRefused(std::string(limits::kMaxQueryBytes, '\xff'), "E0007");
  ExpectRefused("p where " + std::string(limits::kMaxQueryBytes - 8, '7'), "E0106");
}

TEST(Guards, LongTokens) {
  const size_t room = limits::kMaxQueryBytes - 20;
  ExpectParsed("p where a == \"" + std::string(room / 2, 'x') + "\"");
  ExpectParsed("p where a == \"" + Repeat("漢", room / 3) + "\"");
  ExpectParsed("p where a == \"" + Repeat("\\\\", room / 2) + "\"");
  ExpectParsed("p where `" + std::string(room, '-') + "`");
  ExpectParsed("p where a == 0." + std::string(room, '1'));
  ExpectParsed("p where true //" + std::string(room, '/'));
  ExpectRefused("p where \"" + std::string(room, 'x'), "E0102");
  ExpectRefused("p where \"\"\"" + std::string(room, 'x'), "E0102");
  ExpectRefused("p where " + Repeat("\"\"\"x ", room / 6), "E0101");
  ExpectRefused("p where " + Repeat("?\"\\\"", room / 4), "E0102");
}

TEST(Guards, Comments) {
  ExpectParsed("p where " + Repeat("/*", kMany) + Repeat("*/", kMany) + " true");
  ExpectRefused("p where " + Repeat("/*", 500'000), "E0108 1:9");
  ExpectRefused("p where " + Repeat("/*", kMany) + Repeat("*/", kMany - 1), "E0108 1:9");
  ExpectParsed("p where true " + Repeat("/**/", 200'000));
}

// Each use of a name is a copy of what it stands for, and copies multiply.
TEST(Guards, MacrosAndConstantsMultiply) {
  const auto macro = [](const std::string& body, const std::string& arg) {
    return "macro M(x) " + body + "\nany where M(" + arg + ")";
  };
  const std::string argument = "a == 1" + Repeat(" or a == 1", 2'999);
  ExpectRefused(macro("x" + Repeat(" or x", 2'999), argument), "E0103 1:", Syntax::kPython);
  ExpectParsed(macro("x" + Repeat(" or x", 9), argument), Syntax::kPython);
  ExpectRefused(macro("x" + Repeat(" or x", 9'999), "\"" + std::string(300'000, 'z') + "\""),
                "E0103 1:", Syntax::kPython);
  ExpectRefused("const S = \"" + std::string(300'000, 'z') + "\"\nany where a in (S" + Repeat(", S", 50'000) + ")",
                "E0103 2:", Syntax::kPython);
  std::string doubling = "macro M0(x) x\n";
  for (int i = 1; i < 8; ++i) {
    const std::string use = "M" + std::to_string(i - 1) + "(x)";
    doubling += "macro M" + std::to_string(i) + "(x) " + use + Repeat(" or " + use, 20) + "\n";
  }
  ExpectRefused(doubling + "any where M7(a)", "E0103", Syntax::kPython);
  ExpectRefused(doubling + "macro M8(x) M7(x) any where M8(a)", "E0104", Syntax::kPython);
}

TEST(Guards, MacrosOfManyParameters) {
  std::string params = "p0", uses = "p0", values = "a";
  for (int i = 1; i < 30'000; ++i) {
    params += ",p" + std::to_string(i);
    uses += " or p" + std::to_string(i);
    values += ",a";
  }
  ExpectParsed("macro M(" + params + ") " + uses + " any where M(" + values + ")", Syntax::kPython);
}

}  // namespace
}  // namespace eqlc
