#include "compiler/syntax/literals.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <memory>

#include "compiler/syntax/spelling.h"

namespace eqlc {
namespace {

// A sink and what it needs.
struct Reports {
  SourceMap map{std::make_shared<SourceFile>("query", std::string(200, ' '))};
  DiagnosticSink sink{map, ""};

  std::string First() {
    const auto findings = sink.Take();
    return findings.empty() ? "" : findings[0].code + " " + findings[0].message;
  }
};

TokenText At(std::string_view text, uint32_t begin = 0) {
  return {text, {begin, begin + static_cast<uint32_t>(text.size())}};
}

struct StringCase {
  const char* token;
  std::string value;
  ast::Quotes quotes = ast::Quotes::kStandard;
};

TEST(ParseString, Values) {
  const StringCase cases[] = {
      {R"("")", ""},
      {R"("a*b?")", "a*b?"},
      {R"("\b\t\n\f\r\"\'\\")", "\b\t\n\f\r\"'\\"},
      {R"("C:\\x\\")", "C:\\x\\"},
      {R"("\\u{41}")", "\\u{41}"},
      {R"("\u{41}\u{e9}\u{6F22}\u{0001f600}")", "Aé漢😀"},
      {R"("\u{00}x")", std::string("\0x", 2)},
      {R"("\u{d7ff}\u{e000}\u{10FFFF}")", "\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF"},
      {R"("""""")", ""},
      {R"("""C:\x\"y""")", "C:\\x\\\"y"},
      {R"("""a"""")", "a\""},
      {R"("""a""""")", "a\"\""},
      {R"('it\'s "x"')", "it's \"x\"", ast::Quotes::kSingle},
      {R"(?"C:\x\"y")", "C:\\x\"y", ast::Quotes::kRawDouble},
      {R"(?'"')", "\"", ast::Quotes::kRawSingle},
  };
  for (const StringCase& c : cases) {
    Reports reports;
    const auto literal = ParseString(At(c.token), reports.sink);
    ASSERT_TRUE(literal) << c.token << reports.First();
    EXPECT_EQ(literal->value, c.value) << c.token;
    EXPECT_EQ(literal->quotes, c.quotes) << c.token;
    Reports again;
    const auto respelt = ParseString(At(SpellString(literal->value, literal->quotes)), again.sink);
    ASSERT_TRUE(respelt) << c.token;
    EXPECT_EQ(respelt->value, c.value);
  }
}

TEST(ParseString, EachWrongEscapeIsReportedWhereItStands) {
  Reports reports;
  EXPECT_FALSE(ParseString(At(R"("ab\u{d}c\u{fffffffff}")", 10), reports.sink));
  const auto findings = reports.sink.Take();
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].range.column, 14u);
  EXPECT_EQ(findings[0].message, "Unicode sequence should use [2-8] hex digits, [\\u{d}] has [1]");
  EXPECT_EQ(findings[1].range.column, 20u);
  EXPECT_EQ(findings[1].message, "Unicode sequence should use [2-8] hex digits, [\\u{fffffffff}] has [9]");
}

TEST(ParseString, WrongCodePoints) {
  const std::pair<const char*, const char*> cases[] = {
      {R"("\u{D800}")", "E0105 Invalid unicode character code, [D800] is a surrogate code"},
      {R"("\u{00dfff}")", "E0105 Invalid unicode character code, [00dfff] is a surrogate code"},
      {R"("\u{110000}")", "E0105 Invalid unicode character code [110000]"},
      {R"("\u{FFFFFFFF}")", "E0105 Invalid unicode character code [FFFFFFFF]"},
  };
  for (const auto& [token, error] : cases) {
    Reports reports;
    EXPECT_FALSE(ParseString(At(token), reports.sink)) << token;
    EXPECT_EQ(reports.First(), error);
  }
}

TEST(ParseNumber, Integers) {
  const std::pair<const char*, uint64_t> cases[] = {
      {"0", 0}, {"007", 7}, {"2147483648", 2147483648}, {"18446744073709551615", UINT64_MAX}};
  for (const auto& [token, value] : cases) {
    Reports reports;
    const auto number = ParseNumber(At(token), reports.sink);
    ASSERT_TRUE(number && std::holds_alternative<ast::IntLiteral>(*number)) << token;
    EXPECT_EQ(std::get<ast::IntLiteral>(*number).value, value);
  }
}

TEST(ParseNumber, Doubles) {
  const std::pair<const char*, double> cases[] = {{"1.", 1},
                                                  {".5", 0.5},
                                                  {"0.1", 0.1},
                                                  {"5e14", 5e14},
                                                  {"1.5E+3", 1500},
                                                  {".5e-1", 0.05},
                                                  {"18446744073709551616", 18446744073709551616.0},
                                                  {"1e308", 1e308},
                                                  {"4.9e-324", 4.9e-324},
                                                  {"1e-400", 0},
                                                  {"0e99999999999999999999", 0},
                                                  {"1e-99999999999999999999", 0},
                                                  {"0.0e5", 0}};
  for (const auto& [token, value] : cases) {
    Reports reports;
    const auto number = ParseNumber(At(token), reports.sink);
    ASSERT_TRUE(number && std::holds_alternative<ast::DoubleLiteral>(*number)) << token;
    EXPECT_EQ(std::get<ast::DoubleLiteral>(*number).value, value) << token;
  }
}

TEST(ParseNumber, TooLarge) {
  for (const char* token : {"1e309", "2e99999999999999999999", "0.001e400", "1.8e308"}) {
    Reports reports;
    EXPECT_FALSE(ParseNumber(At(token), reports.sink)) << token;
    EXPECT_EQ(reports.First(), std::string("E0106 Number [") + token + "] is too large");
  }
  Reports reports;
  EXPECT_FALSE(ParseNumber(At(std::string(400, '9')), reports.sink));
  EXPECT_EQ(reports.First(), "E0106 Number [" + std::string(40, '9') + "...] is too large");
}

TEST(SpellDouble, ReadsBackAsTheSameDouble) {
  const double cases[] = {0,
                          1,
                          0.1,
                          1e21,
                          1e22,
                          1e-7,
                          123456789.125,
                          18446744073709551616.0,
                          std::numeric_limits<double>::max(),
                          std::numeric_limits<double>::denorm_min()};
  for (double value : cases) {
    Reports reports;
    const std::string spelt = SpellDouble(value);
    const auto number = ParseNumber(At(spelt), reports.sink);
    ASSERT_TRUE(number && std::holds_alternative<ast::DoubleLiteral>(*number)) << spelt;
    EXPECT_EQ(std::get<ast::DoubleLiteral>(*number).value, value);
  }
}

TEST(ParseTimeSpan, Units) {
  const std::pair<const char*, int64_t> cases[] = {{"ms", 1'000'000},
                                                   {"s", 1'000'000'000},
                                                   {"m", 60'000'000'000},
                                                   {"h", 3'600'000'000'000},
                                                   {"d", 86'400'000'000'000}};
  for (const auto& [unit, nanoseconds] : cases) {
    Reports reports;
    const auto span = ParseTimeSpan(At("3"), At(unit, 1), reports.sink);
    ASSERT_TRUE(span) << unit;
    EXPECT_EQ(span->count, 3u);
    EXPECT_EQ(span->unit, unit);
    EXPECT_EQ(span->nanoseconds, 3 * nanoseconds);
    EXPECT_EQ(span->span, (Span{0, 1 + static_cast<uint32_t>(std::string_view(unit).size())}));
  }
}

TEST(ParseTimeSpan, SpansBeyondTheClockAreUnbounded) {
  Reports reports;
  EXPECT_EQ(ParseTimeSpan(At("106751"), At("d"), reports.sink)->nanoseconds, 106751 * int64_t{86'400'000'000'000});
  EXPECT_EQ(ParseTimeSpan(At("106752"), At("d"), reports.sink)->nanoseconds, INT64_MAX);
  EXPECT_EQ(ParseTimeSpan(At("18446744073709551615"), At("ms"), reports.sink)->nanoseconds, INT64_MAX);
}

TEST(ParseTimeSpan, Errors) {
  struct Case {
    const char* number;
    const char* unit;  // nullptr: none
    const char* error;
  };
  const Case cases[] = {
      {"0", "s", "E0310 A positive maxspan value is required; found [0]"},
      {"000", "d", "E0310 A positive maxspan value is required; found [0]"},
      {"5", nullptr, "E0107 No time unit specified, did you mean [s] as in [5s]?"},
      {"5", "w", "E0107 Unrecognized time unit [w] in [5w], please specify one of [ms, s, m, h, d]"},
      {"5", "MS", "E0107 Unrecognized time unit [MS] in [5MS], please specify one of [ms, s, m, h, d]"},
      {"2.5", "h", "E0107 Decimal time interval [2.5h] not supported; please use an positive integer"},
      {"2.", nullptr, "E0107 Decimal time interval [2.] not supported; please use an positive integer"},
      {"2e3", "zz", "E0107 Decimal time interval [2e3zz] not supported; please use an positive integer"},
      {"99999999999999999999", "s", "E0106 Number [99999999999999999999] is too large"},
  };
  for (const Case& c : cases) {
    Reports reports;
    std::optional<TokenText> unit;
    if (c.unit) unit = At(c.unit, 1);
    EXPECT_FALSE(ParseTimeSpan(At(c.number), unit, reports.sink)) << c.error;
    EXPECT_EQ(reports.First(), c.error);
  }
}

TEST(UnquoteIdentifier, Values) {
  EXPECT_EQ(UnquoteIdentifier("``"), "");
  EXPECT_EQ(UnquoteIdentifier("`a b`"), "a b");
  EXPECT_EQ(UnquoteIdentifier("````"), "`");
  EXPECT_EQ(UnquoteIdentifier("```a``b```"), "`a`b`");
}

TEST(LegacyQuotesMessage, NamesTheForm) {
  EXPECT_EQ(LegacyQuotesMessage(ast::Quotes::kSingle),
            "Use double quotes [\"] to define string literals, not single quotes [']");
  EXPECT_EQ(LegacyQuotesMessage(ast::Quotes::kRawDouble),
            "Use triple double quotes [\"\"\"] to define unescaped string literals, not [?\"]");
  EXPECT_EQ(LegacyQuotesMessage(ast::Quotes::kRawSingle),
            "Use triple double quotes [\"\"\"] to define unescaped string literals, not [?']");
}

}  // namespace
}  // namespace eqlc
