#include "runtime/value/json_scalar.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>
#include <string>

namespace eqlc {
namespace {

// With `behind` bytes readable behind the text. In memory of exactly the sizes, so that sanitizers notice more.
std::string Unescape(std::string_view raw, size_t behind = 0) {
  const size_t readable = raw.size() + behind;
  const auto copy = std::make_unique<char[]>(readable);
  std::ranges::fill_n(std::ranges::copy(raw, copy.get()).out, static_cast<ptrdiff_t>(behind), '\\');
  const auto room = std::make_unique<char[]>(raw.size() + kUnescapeOverrun);
  const auto text = UnescapeJson({copy.get(), raw.size()}, readable, room.get());
  return text ? std::string(*text) : "<error>";
}

// One character after the other.
std::string UnescapeSlowly(std::string_view raw) {
  std::string text;
  while (!raw.empty()) {
    if (raw.front() != '\\') {
      text += raw.front();
      raw.remove_prefix(1);
      continue;
    }
    char character[4];
    const char* const end = TakeJsonEscape(raw, character);
    if (end == nullptr) return "<error>";
    text.append(static_cast<const char*>(character), end);
  }
  return text;
}

TEST(UnescapeJsonTest, DecodesEveryEscape) {
  EXPECT_EQ(Unescape(""), "");
  EXPECT_EQ(Unescape("plain"), "plain");
  EXPECT_EQ(Unescape(R"(\"\\\/\b\f\n\r\t)"), "\"\\/\b\f\n\r\t");
  EXPECT_EQ(Unescape(R"(\u0000)"), std::string(1, '\0'));
  EXPECT_EQ(Unescape(R"(\u007F\u0080\u07ff\u0800\uFFFF)"), "\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF");
  EXPECT_EQ(Unescape(R"(\ud800\udc00\udbff\udfff)"), "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF");
}

// It looks at 64 bytes at a time; escapes of any size stand where they end.
TEST(UnescapeJsonTest, KnowsNoBlocks) {
  const std::string_view parts[] = {R"(\\)", R"(\")", R"(\n)",          R"(\u0041)", R"(\ud83d\ude00)",
                                    "C:",    "é",     "a longer text ", "\\"};
  std::mt19937 random(1);
  size_t without_error = 0;
  for (int i = 0; i < 50'000; ++i) {
    const size_t kinds = std::size(parts) - (i % 4 == 0 ? 0 : 1);  // the last one spoils what follows
    std::string raw(random() % 80, 'x');
    for (size_t part = random() % 20; part > 0; --part) raw += parts[random() % kinds];
    const std::string expected = UnescapeSlowly(raw);
    ASSERT_EQ(Unescape(raw), expected) << raw;
    ASSERT_EQ(Unescape(raw, random() % 100), expected) << raw;
    without_error += expected != "<error>";
  }
  EXPECT_GT(without_error, 30'000u);
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
