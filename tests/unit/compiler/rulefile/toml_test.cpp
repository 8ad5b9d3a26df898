#include "compiler/rulefile/toml.h"

#include <gtest/gtest.h>

#include <sstream>

#include "compiler/rulefile/toml_json.h"

namespace eqlc {
namespace {

// Of every node and key: its place, its type, and its value.
void Describe(const toml::node& node, std::ostream& out) {
  out << node.source() << ' ' << node.type() << ' ';
  if (const toml::table* table = node.as_table()) {
    for (auto&& [key, value] : *table) out << key.source() << ' ' << key.str() << " = ", Describe(value, out);
  } else if (const toml::array* array = node.as_array()) {
    for (const toml::node& value : *array) Describe(value, out);
  } else {
    node.visit([&](const auto& value) {
      if constexpr (toml::is_value<decltype(value)>) out << value.get();
    });
  }
  out << '\n';
}

std::string Described(const toml::table& table) {
  std::ostringstream out;
  Describe(table, out);
  return out.str();
}

std::string ReadByUs(const std::string& text) {
  const std::variant<toml::table, TomlFault> parsed = ParseToml(text);
  if (const auto* fault = std::get_if<TomlFault>(&parsed)) return std::to_string(fault->offset) + fault->message;
  return Described(std::get<toml::table>(parsed));
}

std::string ReadByToml(const std::string& text) {
  try {
    return Described(toml::parse(std::string_view(text)));
  } catch (const toml::parse_error& error) {
    size_t offset = 0;
    for (uint32_t line = 1; line < error.source().begin.line; ++line) offset = text.find('\n', offset) + 1;
    return std::to_string(offset + error.source().begin.column - 1) + std::string(error.description());
  }
}

TEST(Toml, LongStringsChangeNothingElse) {
  const std::string cases[] = {
      "a = \"\"\"\none\n  two\n\"\"\"\nb = '''x''' # c\nc = \"\"\"\"\"\"\n",
      "a = [\"\"\"x\"\"\", '''\ny''', \"z\", [ '''q''' ]]\nb = { c = \"\"\"d\"\"\", e = 1 }\n[[t]]\nf = '''\ng\n'''\n",
      "a = \"\"\"\r\n\\u00e9\\t\\\r\n   x\r\n\"\"\" \r\nb = 1\r\n",
      "a = \"\"\"x \"\" y \\\"\"\" z\"\"\"\"\" ; b\n",
      "a = \"\"\"x\n  y\"\"\" b\n",
      "a = '''x\n  y''' b = 2\n",
      "a = \"\"\"\\q\"\"\"\nb = '''x'''\n",
      "a = \"\"\"\\\n\n  x\"\"\"\nb = '''x\x01'''\n",
      "a = '''\n''''''''\n",
      "'''a\nb''' = 1\n",
      "a = '''x'''\na = '''y'''\n",
      "a = '''x'''\nb = \"\"\"y",
      "a = \"\"\"x\"\"\"\nb = \"\"\"\\uD800\"\"\"",
      "a = 1\n",
      "",
  };
  for (const std::string& text : cases) EXPECT_EQ(ReadByUs(text), ReadByToml(text)) << text;
}

TEST(Toml, PlacesCountCharacters) {
  const std::string text = "a = [ \"\u00e9\", \"\"\"\n\u00e9\u00e9 \U0001F600\"\"\", 'b', '''\u00e9''', 'c' ]\n";
  EXPECT_EQ(ReadByUs(text), ReadByToml(text));
}

TEST(Toml, FaultsStandInTheText) {
  for (const auto& [text, offset] : {std::pair<std::string, uint32_t>{"a = '''\n\u00e9\n''' x", 15},
                                     {"\u00e9 = 1", 0},
                                     {"a.b.", 4},
                                     {"a = 1\n\nb", 8}}) {
    const std::variant<toml::table, TomlFault> parsed = ParseToml(text);
    const auto* fault = std::get_if<TomlFault>(&parsed);
    ASSERT_TRUE(fault) << text;
    EXPECT_EQ(fault->offset, offset) << text << ": " << fault->message;
    EXPECT_FALSE(fault->message.empty());
  }
}

TEST(Toml, RefusesWhatIsTooDeep) {
  const std::variant<toml::table, TomlFault> parsed = ParseToml("a = " + std::string(100'000, '['));
  ASSERT_TRUE(std::holds_alternative<TomlFault>(parsed));
  EXPECT_EQ(std::get<TomlFault>(parsed).message, "values are nested deeper than 64 levels");
}

}  // namespace
}  // namespace eqlc
