#include "compiler/rulefile/toml_string.h"

#include <gtest/gtest.h>

namespace eqlc {
namespace {

TEST(TomlString, Values) {
  const struct {
    std::string token, value;
  } cases[] = {
      {R"("")", ""},
      {R"("abc")", "abc"},
      {R"("a\tb\n\r\b\f\"\\")", "a\tb\n\r\b\f\"\\"},
      {R"("\u00e9\U0001F600")", "\u00E9\U0001F600"},
      {R"('')", ""},
      {R"('a\tb"')", "a\\tb\""},
      {"\"\"\"\"\"\"", ""},
      {"\"\"\"\nabc\n\"\"\"", "abc\n"},
      {"\"\"\"\r\na\r\nb\"\"\"", "a\nb"},
      {"\"\"\"\n\nabc\"\"\"", "\nabc"},
      {"\"\"\"a \\\n   \n\t b\\\r\n c\"\"\"", "a bc"},
      {"\"\"\"a \\  \n b\"\"\"", "a b"},
      {"\"\"\"a \\\n\"\"\"", "a "},
      {"\"\"\"one \" two \"\" three \\\"\"\"\"\"", "one \" two \"\" three \"\""},
      {"\"\"\"x\"\"\"\"", "x\""},
      {"\"\"\"x\"\"\"\"\"", "x\"\""},
      {"'''\na\\\n'b' ''c'''''", "a\\\n'b' ''c''"},
  };
  for (const auto& c : cases) {
    const std::optional<TomlString> decoded = DecodeTomlString("key = " + c.token + " # rest", 6);
    ASSERT_TRUE(decoded) << c.token;
    EXPECT_EQ(decoded->value, c.value) << c.token;
  }
}

TEST(TomlString, RefusesWhatIsNoString) {
  const std::string cases[] = {"",
                               "abc",
                               "\"",
                               "'",
                               "\"abc",
                               "\"\"\"abc\"\"",
                               "'''abc''",
                               "\"a\nb\"",
                               "'a\r\nb'",
                               "\"\\x41\"",
                               "\"\\u12\"",
                               "\"\\u12G4\"",
                               "\"\\uD800\"",
                               "\"\\U00110000\"",
                               "\"\\UFFFFFFFF\"",
                               "\"\\ \n\"",
                               "\"\\"};
  for (const std::string& token : cases) EXPECT_FALSE(DecodeTomlString(token, 0)) << token;
  EXPECT_FALSE(DecodeTomlString("\"a\"", 9));
}

// Each byte of the value must stand where the map says; escapes are named by their first byte.
TEST(TomlString, RunsLeadBackToTheFile) {
  const std::string file = "q = \"\"\"\r\nab\\\\c\\u00e9d \\\r\n   \t e\r\nf\\\n\n  g\"\"\"";
  const std::optional<TomlString> decoded = DecodeTomlString(file, 4);
  ASSERT_TRUE(decoded);
  ASSERT_EQ(decoded->value, "ab\\c\u00E9d e\nfg");
  const SourceMap map(std::make_shared<const SourceFile>("f", file), decoded->runs);
  const struct {
    std::string_view found;
    uint32_t line, column, length;
  } cases[] = {{"a", 2, 1, 1},  {"b", 2, 2, 1}, {"\\", 2, 3, 2}, {"c", 2, 5, 1}, {"\u00E9", 2, 6, 6}, {"d", 2, 12, 1},
               {" ", 2, 13, 1}, {"e", 3, 6, 1}, {"\n", 3, 7, 1}, {"f", 4, 1, 1}, {"g", 6, 3, 1}};
  for (const auto& c : cases) {
    const auto begin = static_cast<uint32_t>(decoded->value.find(c.found));
    const SourceRange range = map.Locate({begin, begin + static_cast<uint32_t>(c.found.size())});
    EXPECT_EQ(range.line, c.line) << c.found;
    EXPECT_EQ(range.column, c.column) << c.found;
    EXPECT_EQ(range.length, c.length) << c.found;
  }
}

TEST(TomlString, OffsetsCountFromTheFile) {
  const std::optional<TomlString> decoded = DecodeTomlString("xx'ab'", 2);
  ASSERT_TRUE(decoded);
  ASSERT_EQ(decoded->runs.size(), 1u);
  EXPECT_EQ(decoded->runs[0].query, 0u);
  EXPECT_EQ(decoded->runs[0].file, 3u);
}

}  // namespace
}  // namespace eqlc
