#include "runtime/value/json_text.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace eqlc::json {
namespace {

using Members = std::vector<std::pair<std::string, std::string>>;

Members MembersOf(std::string_view text) {
  Members members;
  for (Reader r(text); r.Next();) members.emplace_back(r.key(), r.value());
  return members;
}

TEST(JsonReader, MembersInOrderAsWritten) {
  EXPECT_EQ(MembersOf(R"( { "b" : 1.0 , "a":{"x":[1,{"}":"]"}]}, "c\u0064\n":"q\"uo,te" } )"),
            (Members{{"b", "1.0"}, {"a", R"({"x":[1,{"}":"]"}]})"}, {"cd\n", R"("q\"uo,te")"}}));
  EXPECT_EQ(MembersOf("[1, \"a\" ,null,[ ],true]"),
            (Members{{"", "1"}, {"", "\"a\""}, {"", "null"}, {"", "[ ]"}, {"", "true"}}));
  EXPECT_EQ(MembersOf("{}"), Members{});
  EXPECT_EQ(MembersOf("[]"), Members{});
}

TEST(JsonReader, BrokenTextEndsTheWalk) {
  for (const char* text : {"", " ", "x", "{", "[", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":}", "{a:1}", "{\"\\", "[,",
                           "{\"a\" 1}", "}", "[}", "\"\\", "{\"a\":1 \"b\":2}"}) {
    EXPECT_LE(MembersOf(text).size(), 1u) << text;
  }
  EXPECT_EQ(MembersOf("{\"a\":[1,2"), (Members{{"a", "[1,2"}}));
}

TEST(JsonReader, DeepNestingNeedsNoStack) {
  const std::string deep = "{\"a\":" + std::string(1'000'000, '[') + std::string(1'000'000, ']') + ",\"b\":1}";
  EXPECT_EQ(MembersOf(deep).size(), 2u);
  EXPECT_EQ(FirstText(json::Members(deep), "b"), "1");
  EXPECT_EQ(FirstText(json::Members(deep), "a"), "");
}

TEST(TextOf, Scalars) {
  const std::pair<const char*, std::string> kCases[] = {
      {R"("plain")", "plain"},
      {R"("a\"\\\/\b\f\n\r\t")", "a\"\\/\b\f\n\r\t"},
      {R"("\u0041\u00e9\u20ac")", "A\xC3\xA9\xE2\x82\xAC"},
      {R"("\ud83d\ude00")", "\xF0\x9F\x98\x80"},
      {R"("\ud800x")", "\xEF\xBF\xBDx"},
      {R"("\udc00\u0041")",
       "\xEF\xBF\xBD"
       "A"},
      {R"("\ud800\u0041")",
       "\xEF\xBF\xBD"
       "A"},
      {R"("\u00g1")",
       "\xEF\xBF\xBD"
       "00g1"},
      {R"("\ud800\u12")",
       "\xEF\xBF\xBD\xEF\xBF\xBD"
       "12"},
      {R"("\q\'\u")", "q'\xEF\xBF\xBD"},
      {R"("a\)", "a\\"},
      {"12.50", "12.50"},
      {"true", "true"},
      {"null", ""},
      {"{}", ""},
      {"[1]", ""},
      {"", ""},
  };
  for (const auto& [value, text] : kCases) EXPECT_EQ(TextOf(value), text) << value;
}

TEST(Scalars, AllSpellingsOfAPath) {
  const struct {
    const char* event;
    const char* joined;
  } kCases[] = {
      {R"({"a":{"b":{"c":"x"}}})", "x"},
      {R"({"a.b.c":"x"})", "x"},
      {R"({"a":{"b.c":"x"}})", "x"},
      {R"({"a.b":{"c":"x"}})", "x"},
      {R"({"a":{"b":{"c":1}},"a.b.c":[2,null,3]})", "1,2,3"},
      {R"({"a":[{"b":{"c":1}},{"b":[{"c":[2,[3]]}]}]})", "1,2,3"},
      {R"({"a":{"b":{"c":{"d":1}}}})", ""},
      {R"({"a":{"b":{"c":null}}})", ""},
      {R"({"a":{"b":{"cc":1}}})", ""},
      {R"({"a":1})", ""},
      {R"([1])", ""},
      {R"()", ""},
  };
  for (const auto& c : kCases) EXPECT_EQ(JoinedText(json::Members(c.event), "a.b.c"), c.joined) << c.event;
  EXPECT_EQ(FirstText(json::Members(R"({"a":["x","y"]})"), "a"), "x");
  EXPECT_TRUE(Scalars(json::Members(R"({"":1})"), "").empty());
}

TEST(MemberOf, TheLastOneCounts) {
  EXPECT_EQ(MemberOf(R"({"a":1,"b":2,"a":3})", "a"), "3");
  EXPECT_EQ(MemberOf(R"({"a":1})", "b"), "");
  EXPECT_EQ(MemberOf("[1]", ""), "");
}

TEST(SourceOf, SearchHitsAreToldByTheirFirstKey) {
  const std::pair<const char*, const char*> kCases[] = {
      {R"({"_id":"x","_source":{"a":1}})", R"({"a":1})"},
      {R"({"_source":{"a":1},"_source":{"a":2}})", R"({"a":1})"},
      {R"({"a":0,"_source":{"a":1}})", R"({"a":0,"_source":{"a":1}})"},
      {R"({"_id":"x","_source":[1]})", R"({"_id":"x","_source":[1]})"},
      {"{}", "{}"},
      {"", ""},
  };
  for (const auto& [line, source] : kCases) EXPECT_EQ(SourceOf(line), source) << line;
}

TEST(AppendString, EscapesAndReplacesBadBytes) {
  const std::pair<std::string, const char*> kCases[] = {
      {"a\"\\/", R"("a\"\\/")"},
      {std::string("\0\x1f\x7f", 3), "\"\\u0000\\u001f\x7f\""},
      {"\b\f\n\r\t\v", R"("\b\f\n\r\t\u000b")"},
      {"\xC3\xA9\xF0\x9F\x98\x80", "\"\xC3\xA9\xF0\x9F\x98\x80\""},
      {"\xFF"
       "a\xC3",
       "\"\xEF\xBF\xBD"
       "a\xEF\xBF\xBD\""},
      {"\xC0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},
      {"\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
  };
  for (const auto& [text, json] : kCases) {
    std::string out;
    AppendString(out, text);
    EXPECT_EQ(out, json);
  }
}

TEST(AppendOneLine, DropsBlanksOnlyWhenThereIsALineBreak) {
  const auto one_line = [](std::string_view value) {
    std::string out;
    AppendOneLine(out, value);
    return out;
  };
  EXPECT_EQ(one_line(R"({"a": 1, "b": "x y"})"), R"({"a": 1, "b": "x y"})");
  EXPECT_EQ(one_line("{\n  \"a b\": [1,\r\n 2],\t\"c\": \"x \\\" y\"\n}"), R"({"a b":[1,2],"c":"x \" y"})");
  EXPECT_EQ(one_line("\"a\nb\rc\""), R"("a\nb\rc")");
}

// Strings are read and written several bytes at a time: wherever the one that matters stands, it counts.
TEST(AppendString, EveryByteAtEveryPlace) {
  for (size_t size = 1; size <= 20; ++size) {
    for (size_t at = 0; at < size; ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(size, 'x');
        text[at] = static_cast<char>(byte);
        std::string expected = byte == '"' || byte == '\\' ? std::string("\\") + text[at]
                               : byte >= 0x80              ? "\xEF\xBF\xBD"
                                                           : std::string(1, text[at]);
        constexpr char kHex[] = "0123456789abcdef";
        constexpr std::string_view kShort = "\b\f\n\r\t", kLetters = "bfnrt";
        const size_t letter = kShort.find(static_cast<char>(byte));
        if (letter != std::string_view::npos) {
          expected = std::string("\\") + kLetters[letter];
        } else if (byte < 0x20) {
          expected = std::string("\\u00") + kHex[byte / 16] + kHex[byte % 16];
        }
        const std::string inside = text.substr(0, at) + expected + text.substr(at + 1);
        std::string written;
        AppendString(written, text);
        ASSERT_EQ(written, '"' + inside + '"') << size << ' ' << at << ' ' << byte;
        if (byte < 0x80) {
          ASSERT_EQ(TextOf(written), text);
        }
        const std::string list = "[" + written + ",1]";
        Reader reader(list);
        ASSERT_TRUE(reader.Next() && reader.Next() && reader.value() == "1") << size << ' ' << at << ' ' << byte;
      }
    }
  }
}

TEST(Members, AreThoseOfReader) {
  const std::string text = R"( {"a":1,"\u0062":{"c":[2]},"a":"x"} )";
  const json::Members members(text);
  std::string seen;
  for (const json::Members::Member& member : members) {
    seen += std::string(member.key) + ' ' + std::string(member.raw_key) + ' ' + std::string(member.value) + '\n';
  }
  EXPECT_EQ(seen, "a \"a\" 1\nb \"\\u0062\" {\"c\":[2]}\na \"a\" \"x\"\n");
  EXPECT_EQ(members.Find("a"), "\"x\"") << "the last one counts";
  EXPECT_EQ(members.Find("c"), "");
  EXPECT_EQ(FirstText(members, "b.c"), "2");
  const json::Members none("[1]");
  EXPECT_EQ(none.begin(), none.end());
}

}  // namespace
}  // namespace eqlc::json
