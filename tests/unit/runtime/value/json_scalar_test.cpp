#include "runtime/value/json_scalar.h"

#include <gtest/gtest.h>

#include <cmath>

namespace eqlc {
namespace {

std::string Unescape(std::string_view raw) {
  std::string room(raw.size(), '\0');
  const auto text = UnescapeJson(raw, room.data());
  return text ? std::string(*text) : "<error>";
}

TEST(UnescapeJsonTest, DecodesEveryEscape) {
  EXPECT_EQ(Unescape(""), "");
  EXPECT_EQ(Unescape("plain"), "plain");
  EXPECT_EQ(Unescape(R"(\"\\\/\b\f\n\r\t)"), "\"\\/\b\f\n\r\t");
  EXPECT_EQ(Unescape(R"(\u0000)"), std::string(1, '\0'));
  EXPECT_EQ(Unescape(R"(\u007F\u0080\u07ff\u0800\uFFFF)"), "\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF");
  EXPECT_EQ(Unescape(R"(\ud800\udc00\udbff\udfff)"), "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF");
}

TEST(UnescapeJsonTest, ReplacesLoneSurrogates) {
  for (const char* raw : {R"(\ud800)", R"(\udfff)", R"(\ud800\n)", R"(\ud800x)", R"(\ud800\u0041)"}) {
    EXPECT_TRUE(Unescape(raw).starts_with("\xEF\xBF\xBD")) << raw;
  }
  EXPECT_EQ(Unescape(R"(\ud800\u0041)"),
            "\xEF\xBF\xBD"
            "A");
}

TEST(UnescapeJsonTest, RefusesOtherEscapes) {
  for (const char* raw :
       {"\\", "x\\", R"(\x41)", R"(\')", R"(\0)", R"(\u)", R"(\u123)", R"(\u12G4)", R"(\U0041)", R"(\ud800\u12)"}) {
    EXPECT_EQ(Unescape(raw), "<error>") << raw;
  }
}

TEST(ParseJsonNumberTest, RefusesWhatIsNoJsonNumber) {
  for (const char* token : {"", "-", "+1", "01", "-01", "1.", ".5", "1.e5", "1e", "1e+", "0x10", "1_000", "inf", "nan",
                            "1 ", " 1", "1f", "--1"}) {
    EXPECT_FALSE(ParseJsonNumber(token)) << token;
  }
}

TEST(ParseJsonNumberTest, SendsWhatNoDoubleHoldsToZeroOrInfinity) {
  const std::string zeros(400, '0');
  const std::pair<std::string, double> cases[] = {
      {"1e309", HUGE_VAL},
      {"-1e309", -HUGE_VAL},
      {"1" + zeros, HUGE_VAL},
      {"1" + zeros + "e-50", HUGE_VAL},
      {"0." + zeros + "1", 0.0},
      {"0." + zeros + "1e50", 0.0},
      {"1e99999999999999999999", HUGE_VAL},
      {"1e-99999999999999999999", 0.0},
      {"0e99999999999999999999", 0.0},
      {"0.0e400", 0.0},
      {"1e+400", HUGE_VAL},
  };
  for (const auto& [token, expected] : cases) {
    const auto value = ParseJsonNumber(token);
    ASSERT_TRUE(value && value->kind == abi::ValueKind::kDouble) << token;
    EXPECT_EQ(value->payload.f64, expected) << token;
  }
}

}  // namespace
}  // namespace eqlc
