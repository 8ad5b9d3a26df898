#include "compiler/rulefile/toml_shape.h"

#include <gtest/gtest.h>

#include "eqlc/limits.hpp"

namespace eqlc {
namespace {

constexpr uint32_t kParts = limits::kMaxTomlKeyParts;
constexpr uint32_t kNesting = limits::kMaxTomlNesting;

std::string Repeat(std::string_view text, uint32_t count) {
  std::string result;
  for (uint32_t i = 0; i < count; ++i) result += text;
  return result;
}

std::string DottedKey(uint32_t parts) { return "a" + Repeat(".a", parts - 1); }

// `levels` arrays around a number.
std::string Arrays(uint32_t levels) { return Repeat("[", levels) + "1" + Repeat("]", levels); }

TEST(TomlShape, AllowsWhatTheLimitsAllow) {
  const std::string cases[] = {
      "",
      DottedKey(kParts) + " = 1\n",
      "[" + DottedKey(kParts) + "]\nb = 1\n",
      "[[" + DottedKey(kParts) + "]]\n",
      "a = " + Arrays(kNesting - 1) + "\n",
      "a = [\n" + Repeat("  [1.5, 2.5],\n", 200) + "]\n",
      "a = 1.5\n" + Repeat("b.c = 1.5\n", 100),
      Repeat("[[t]]\nx = [[1], [2]]\n", 200),
      Repeat("[t] # " + Repeat("[", 100) + "\n", 10),
  };
  for (const std::string& text : cases) EXPECT_FALSE(ReadTomlShape(text).fault) << text;
}

TEST(TomlShape, RefusesLongDottedKeys) {
  const std::string cases[] = {
      DottedKey(kParts + 1) + " = 1",      "[" + DottedKey(kParts + 1) + "]",
      "[[" + DottedKey(kParts + 1) + "]]", "t = { " + DottedKey(kParts + 1) + " = 1 }",
      Repeat("'a' . ", kParts) + "b = 1",  DottedKey(200'000),
  };
  for (const std::string& text : cases) {
    const std::optional<TomlFault> fault = ReadTomlShape(text).fault;
    ASSERT_TRUE(fault) << text.substr(0, 80);
    EXPECT_EQ(fault->message, "a key has more than 32 dotted parts");
    EXPECT_EQ(text[fault->offset], '.');
  }
}

TEST(TomlShape, RefusesDeepNesting) {
  const std::string deep_header = "[" + DottedKey(kParts) + "]\n";
  const std::string cases[] = {
      "a = " + Arrays(kNesting),
      "a = " + Repeat("[", 1'000'000),
      "a = " + Repeat("{ a = ", kNesting),
      deep_header + "a = " + Arrays(kNesting - kParts),  // header and arrays together
      deep_header + DottedKey(kParts) + " = [1]",        // header, key and array
      "a = " + Repeat("{ a.a.a = ", kNesting / 4 + 1),   // three parts and a brace each
      "a = [\n[" + Arrays(kNesting - 2) + "\n]]",        // a bracket at a line's start is no header here
  };
  for (const std::string& text : cases) {
    const std::optional<TomlFault> fault = ReadTomlShape(text).fault;
    ASSERT_TRUE(fault) << text.substr(0, 80);
    EXPECT_EQ(fault->message, "values are nested deeper than 64 levels");
    EXPECT_TRUE(text[fault->offset] == '[' || text[fault->offset] == '{');
  }
}

TEST(TomlShape, StringsAndCommentsDoNotCount) {
  const std::string brackets = Repeat("[", kNesting + 1) + Repeat(".", kParts + 1);
  const std::string cases[] = {
      "a = \"" + brackets + "\"",
      "a = \"\\\"" + brackets + "\"",
      "a = '" + brackets + "\\'",
      "a = \"\"\"\n" + brackets + "\n\"\" \\\"\"\" " + brackets + "\"\"\"\"\"",
      "a = '''\n" + brackets + "\n'' " + brackets + "'''''",
      "# " + brackets + "\n\"" + brackets + "\" = '" + brackets + "' # " + brackets,
      "a = \"\" # " + brackets,
  };
  for (const std::string& text : cases) EXPECT_FALSE(ReadTomlShape(text).fault) << text;
}

TEST(TomlShape, CountsAgainAfterStrings) {
  const std::string deep = "b = " + Arrays(kNesting);
  const std::string cases[] = {"a = \"x\"\n",     "a = \"\"\n",     "a = 'x\\'\n", "a = \"\"\"x\"\"\"\"\"\n",
                               "a = ''''x''''\n", "a = \"\\\\\"\n", "a = '' # '\n"};
  for (const std::string& text : cases) EXPECT_TRUE(ReadTomlShape(text + deep).fault) << text;
}

TEST(TomlShape, SurvivesBrokenText) {
  const std::string cases[] = {
      "]]]}}}",   "a = \"unterminated\nb = '", "a = \"\"\"", "\\", "\"\\", "'''", "[", "[[[", "= = =", "[a\n]",
      "a = [\n\n"};
  for (const std::string& text : cases) EXPECT_FALSE(ReadTomlShape(text).fault) << text;
}

TEST(TomlShape, FindsLongStrings) {
  const std::string text = R"(# """
a = """x"" \"""""" # '''
b = ['''y''', "'''"]
c = """)";
  std::vector<std::string> found;
  for (const auto& [begin, end] : ReadTomlShape(text).long_strings) found.push_back(text.substr(begin, end - begin));
  EXPECT_EQ(found, (std::vector<std::string>{R"("""x"" \"""""")", "'''y'''"}));
}

}  // namespace
}  // namespace eqlc
