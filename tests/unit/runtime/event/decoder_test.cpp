#include "runtime/event/decoder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <random>

#include "eqlc/limits.hpp"
#include "tests/unit/runtime/event/frame_text.h"
#include "tests/unit/runtime/event/json_oracle.h"

namespace eqlc {
namespace {

using testing::DecodeWithOracle;
using ::testing::ElementsAre;
using testing::FlatEvent;
using ::testing::HasSubstr;
using testing::RenderFrame;

constexpr std::string_view kFields[] = {"a", "a.b", "a.b.c", "a.d", "x.y", "n", "deep.er.still", "\\", "with\"quote"};

// A decoder, a frame, and lines without a readable byte behind them.
class Fixture {
 public:
  explicit Fixture(std::span<const std::string_view> fields, const FieldSelection& selection = {})
      : fields_(fields), decoder_(fields, {}, {}, selection), frame_(fields.size(), 4) {}

  Status Decode(std::string_view line) {
    line_ = std::make_unique<char[]>(line.size());
    std::copy(line.begin(), line.end(), line_.get());
    return decoder_.Decode({line_.get(), line.size()}, frame_);
  }
  FlatEvent fields() { return RenderFrame(frame_.frame(), fields_); }
  std::string_view text() const { return decoder_.text(); }
  std::string_view line(size_t size) const { return {line_.get(), size}; }
  FrameBuffer& frame() { return frame_; }

 private:
  std::span<const std::string_view> fields_;
  std::unique_ptr<char[]> line_;
  Decoder decoder_;
  FrameBuffer frame_;
};

struct Case {
  std::string_view line;
  FlatEvent fields;
};

TEST(DecoderTest, FlattensLikeTheIndexDoes) {
  const Case cases[] = {
      {R"({})", {}},
      {R"( { "a" : 1 } )", {{"a", {"i:1"}}}},
      {R"({"a.b":"v"})", {{"a.b", {"s:v"}}}},
      {R"({"a":{"b":"v"}})", {{"a.b", {"s:v"}}}},
      {R"({"a":{"b.c":"v"}})", {{"a.b.c", {"s:v"}}}},
      {R"({"a.b":{"c":"v"}})", {{"a.b.c", {"s:v"}}}},
      {R"({"a.b":1,"z":0,"a":{"b":2},"a.b":3})", {{"a.b", {"i:1", "i:2", "i:3"}}}},
      {R"({"a":[1,{"b":2},[3,[{"b":[4,5]}]]]})", {{"a", {"i:1", "i:3"}}, {"a.b", {"i:2", "i:4", "i:5"}}}},
      {R"({"a":null,"n":[],"x":{"y":[null]}})", {}},
      {R"({"a":{},"x.y":{"z":1}})", {}},
      {R"({"n":""})", {{"n", {"s:"}}}},
      {R"({"n":[true,false]})", {{"n", {"b:1", "b:0"}}}},
      {R"({"deep":{"er":[{"still":1},{"still":2,"no":3}]}})", {{"deep.er.still", {"i:1", "i:2"}}}},
      {R"({"deep":{"er.still":1},"deep.er":{"still":2}})", {{"deep.er.still", {"i:1", "i:2"}}}},
      {R"({"a.":1,".a":2,"a..b":3,"":4,".":5})", {}},
      {R"({"unused":{"a":1,"b":[{"n":2}]},"n":3})", {{"n", {"i:3"}}}},
  };
  Fixture f(kFields);
  for (const Case& c : cases) {
    const Status status = f.Decode(c.line);
    ASSERT_TRUE(status.ok()) << c.line << ": " << status.error().message;
    EXPECT_EQ(f.fields(), c.fields) << c.line;
  }
}

TEST(DecoderTest, KeepsTheKindOfEveryNumber) {
  const std::pair<std::string_view, std::string> cases[] = {
      {"0", "i:0"},
      {"-0", "i:0"},
      {"-9223372036854775808", "i:-9223372036854775808"},
      {"9223372036854775807", "i:9223372036854775807"},
      {"9223372036854775808", "u:9223372036854775808"},
      {"18446744073709551615", "u:18446744073709551615"},
      {"18446744073709551616", testing::RenderDouble(18446744073709551616.0)},
      {"-9223372036854775809", testing::RenderDouble(-9223372036854775808.0)},
      {"1.0", testing::RenderDouble(1)},
      {"1e3", testing::RenderDouble(1000)},
      {"-2.5E-1", testing::RenderDouble(-0.25)},
      {"1e400", testing::RenderDouble(HUGE_VAL)},
      {"-1e400", testing::RenderDouble(-HUGE_VAL)},
      {"1e-400", testing::RenderDouble(0)},
  };
  Fixture f(kFields);
  for (const auto& [token, rendered] : cases) {
    ASSERT_TRUE(f.Decode("{\"n\":" + std::string(token) + "}").ok()) << token;
    EXPECT_EQ(f.fields(), (FlatEvent{{"n", {rendered}}})) << token;
  }
}

TEST(DecoderTest, DecodesEscapesInStringsAndKeys) {
  const Case cases[] = {
      {R"({"n":"a\"b\\c\/\b\f\n\r\t"})", {{"n", {"s:a\"b\\c/\b\f\n\r\t"}}}},
      {R"({"n":"\u0041\u00e9\u20AC\ud83d\ude00"})", {{"n", {"s:A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"}}}},
      {R"({"\u0061":{"\u0062\u002ec":1}})", {{"a.b.c", {"i:1"}}}},
      {R"({"\\":1,"with\"quote":2})", {{"\\", {"i:1"}}, {"with\"quote", {"i:2"}}}},
      // Lone halves of surrogate pairs, which Windows file names can hold.
      {R"({"n":"\ud83d"})", {{"n", {"s:\xEF\xBF\xBD"}}}},
      {R"({"n":"\ude00\ud83dx"})", {{"n", {"s:\xEF\xBF\xBD\xEF\xBF\xBDx"}}}},
      {R"({"n":"\ud83d\ud83d\ude00"})", {{"n", {"s:\xEF\xBF\xBD\xF0\x9F\x98\x80"}}}},
  };
  Fixture f(kFields);
  for (const Case& c : cases) {
    ASSERT_TRUE(f.Decode(c.line).ok()) << c.line;
    EXPECT_EQ(f.fields(), c.fields) << c.line;
  }
}

TEST(DecoderTest, PointsIntoTheLineForStringsWithoutEscapes) {
  constexpr std::string_view kLine = R"({"n":"plain"})";
  Fixture f(kFields);
  ASSERT_TRUE(f.Decode(kLine).ok());
  const abi::EventFrame& frame = f.frame().frame();
  EXPECT_EQ(frame.values[frame.slots[5].first].payload.str, f.line(kLine.size()).data() + 6);
}

TEST(DecoderTest, RefusesWhatIsNoJsonObject) {
  constexpr std::string_view kLines[] = {
      "",
      " ",
      "x",
      "1",
      "\"s\"",
      "null",
      "[]",
      "[{}]",
      "{",
      "}",
      "{\"a\"",
      "{\"a\":",
      "{\"a\":1",
      "{\"a\":1,",
      "{\"a\":1,}",
      "{\"a\" 1}",
      "{a:1}",
      "{\"a\":1}}",
      "{\"a\":1}{}",
      "{\"a\":1} x",
      "{\"a\":1],",
      "{\"a\":[1}",
      "{\"a\":[1,]}",
      "{\"a\":[,1]}",
      "{\"a\":tru}",
      "{\"a\":truex}",
      "{\"a\":nul}",
      "{\"a\":01}",
      "{\"a\":+1}",
      "{\"a\":1.}",
      "{\"a\":.5}",
      "{\"a\":1e}",
      "{\"a\":-}",
      "{\"a\":\"\\q\"}",
      "{\"a\":\"\\u12g4\"}",
      "{\"a\":\"\\u12\"}",
      "{\"a\":\"open}",
      "{\"a\":\"tab\there\"}",
      "{\"a\":1 2}",
      "{\"a\":\"x\"\"y\"}",
      "{\"a\":x\"y\"}",
      "{,}",
      "{\"a\":}",
      "{:1}",
      "{\"a\":{]}",
      // In parts that no rule needs.
      "{\"z\":{]}",
      "{\"z\":[1,{]}",
      "{\"z\":[}",
      "{\"z\":x}",
      "{\"z\":}",
      "{\"z\":[x]}",
      "{\"z\":{\"y\":\"open}}",
      "{\"z\":[1",
      "{\"z\":",
  };
  Fixture f(kFields);
  for (const std::string_view line : kLines) {
    const Status status = f.Decode(line);
    ASSERT_FALSE(status.ok()) << line;
    EXPECT_FALSE(status.error().message.empty());
    EXPECT_TRUE(f.fields().empty()) << line;
  }
}

// Wherever it ends, nothing behind it is read (which the sanitizers see) and nothing of it is kept.
TEST(DecoderTest, RefusesWhatIsCutOffAnywhere) {
  for (const std::string_view whole :
       {R"({"a":{"b":1}})", R"({"_source":{"a":{"b":1},"n":[1,{"x":{"y":"v"}}]}})",
        R"({"a":{"b":"some text","d":[1,2,[3]]},"deep":{"er":{"still":"here"}},"z":[{}]})"}) {
    Fixture f(kFields);
    ASSERT_TRUE(f.Decode(whole).ok()) << whole;
    for (size_t size = 0; size < whole.size(); ++size) {
      EXPECT_FALSE(f.Decode(whole.substr(0, size)).ok()) << whole.substr(0, size);
      EXPECT_TRUE(f.fields().empty()) << whole.substr(0, size);
    }
  }
}

TEST(DecoderTest, SaysWhereALineIsBad) {
  Fixture f(kFields);
  const Status status = f.Decode(R"({"a":1,"n":tru})");
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().message, "malformed event: a value was expected (byte 12)");
}

TEST(DecoderTest, ReadsEventsThatAreNoUtf8) {
  Fixture f(kFields);
  ASSERT_TRUE(f.Decode("{\"z\":\"\xFF\",\"n\":\"a\xC3(b\xE2\x82\"}").ok());
  EXPECT_EQ(f.fields(), (FlatEvent{{"n", {"s:a\xEF\xBF\xBD(b\xEF\xBF\xBD\xEF\xBF\xBD"}}}));
  EXPECT_EQ(f.text(), "{\"z\":\"\xEF\xBF\xBD\",\"n\":\"a\xEF\xBF\xBD(b\xEF\xBF\xBD\xEF\xBF\xBD\"}");
}

TEST(DecoderTest, SkipsAByteOrderMark) {
  Fixture f(kFields);
  ASSERT_TRUE(f.Decode("\xEF\xBB\xBF{\"n\":1}").ok());
  EXPECT_EQ(f.text(), "{\"n\":1}");
}

TEST(DecoderTest, TakesEnvelopesOff) {
  Fixture f(kFields);
  ASSERT_TRUE(f.Decode(R"({"_index":"i","n":0,"_source":{"n":1,"a":{"b":2}},"x":{"y":3}})").ok());
  EXPECT_EQ(f.fields(), (FlatEvent{{"n", {"i:1"}}, {"a.b", {"i:2"}}}));
  EXPECT_EQ(f.text(), R"({"n":1,"a":{"b":2}})");
}

TEST(DecoderTest, LeavesEventsThatOnlyLookLikeEnvelopes) {
  Fixture f(kFields);
  for (const std::string_view line : {R"({"_id":"i","n":1})", R"({"_id":"i","n":1,"_source":"s"})",
                                      R"({"_id":{"_source":{"n":2}},"n":1})", R"({"n":1,"_source":{"n":2}})"}) {
    ASSERT_TRUE(f.Decode(line).ok()) << line;
    EXPECT_EQ(f.fields(), (FlatEvent{{"n", {"i:1"}}})) << line;
    EXPECT_EQ(f.text(), line);
  }
}

TEST(DecoderTest, CapsNestingInUsedAndSkippedParts) {
  Fixture f(kFields);
  for (const std::string key : {"a", "z"}) {
    const auto nested = [&](size_t depth) {
      return "{\"" + key + "\":" + std::string(depth, '[') + "1" + std::string(depth, ']') + "}";
    };
    EXPECT_TRUE(f.Decode(nested(limits::kMaxEventNesting - 1)).ok()) << key;
    const Status status = f.Decode(nested(limits::kMaxEventNesting));
    ASSERT_FALSE(status.ok()) << key;
    EXPECT_THAT(status.error().message, HasSubstr("nested too deep"));
    EXPECT_FALSE(f.Decode(nested(100'000)).ok()) << key;
  }
}

TEST(DecoderTest, CapsValues) {
  std::string line = "{\"n\":[1";
  for (uint32_t i = 1; i < limits::kMaxValuesPerEvent; ++i) line += ",1";
  Fixture f(kFields);
  EXPECT_TRUE(f.Decode(line + "]}").ok());
  const Status status = f.Decode(line + ",1]}");
  ASSERT_FALSE(status.ok());
  EXPECT_THAT(status.error().message, HasSubstr("too many values"));
}

TEST(DecoderTest, ForgetsTheLastEvent) {
  Fixture f(kFields);
  ASSERT_TRUE(f.Decode(R"({"a":1,"n":2})").ok());
  ASSERT_TRUE(f.Decode(R"({"x.y":3})").ok());
  EXPECT_EQ(f.fields(), (FlatEvent{{"x.y", {"i:3"}}}));
}

TEST(DecoderTest, NeedsNoFields) {
  Fixture f({});
  EXPECT_TRUE(f.Decode(R"({"a":1})").ok());
  EXPECT_FALSE(f.Decode(R"({"a":1)").ok());
}

// Random documents whose keys often lie on fields' paths.
class RandomJson {
 public:
  explicit RandomJson(uint32_t seed) : random_(seed) {}

  std::string Object(int depth) {
    std::string text = "{";
    for (int i = Below(5); i > 0; --i) {
      text += Blank() + "\"" + Key() + "\"" + Blank() + ":" + Blank() + Value(depth) + Blank() + (i > 1 ? "," : "");
    }
    return text + "}";
  }

 private:
  int Below(int n) { return static_cast<int>(random_() % static_cast<uint32_t>(n)); }
  std::string Blank() { return std::string(static_cast<size_t>(Below(8) == 0 ? Below(70) : 0), ' '); }

  std::string Key() {
    static constexpr std::string_view kParts[] = {
        "a", "b", "c", "d", "x", "y", "n", "deep", "er", "still", "\\u0061", "", "long-key-beyond-eight"};
    std::string key(kParts[Below(std::size(kParts))]);
    while (Below(3) == 0) key += "." + std::string(kParts[Below(std::size(kParts))]);
    return key;
  }

  std::string Value(int depth) {
    static constexpr std::string_view kScalars[] = {"null",
                                                    "true",
                                                    "false",
                                                    "0",
                                                    "-17",
                                                    "18446744073709551615",
                                                    "1e99",
                                                    "0.1",
                                                    "-0.0",
                                                    "123456789012345678901234567890",
                                                    "\"\"",
                                                    "\"text\"",
                                                    "\"{\\\"}],[\"",
                                                    "\"\\\\\"",
                                                    "\"\\u20ac\\n\"",
                                                    "\"\xC3\xA9\"",
                                                    "[]",
                                                    "{}"};
    const int kind = depth > 0 ? Below(4) : 3;
    if (kind == 0) return Object(depth - 1);
    if (kind == 1) return Array(depth - 1);
    return std::string(kScalars[Below(std::size(kScalars))]);
  }

  std::string Array(int depth) {
    std::string text = "[";
    for (int i = Below(4); i > 0; --i) text += Value(depth) + (i > 1 ? "," : "");
    return text + "]";
  }

  std::mt19937 random_;
};

TEST(DecoderTest, AgreesWithTheOracleOnRandomDocuments) {
  Fixture f(kFields);
  for (uint32_t seed = 0; seed < 3000; ++seed) {
    const std::string line = RandomJson(seed).Object(5);
    const auto expected = DecodeWithOracle(line);
    ASSERT_TRUE(expected.has_value()) << line;
    FlatEvent wanted;
    for (const std::string_view field : kFields) {
      if (const auto it = expected->fields.find(field); it != expected->fields.end()) wanted.insert(*it);
    }
    ASSERT_TRUE(f.Decode(line).ok()) << line;
    ASSERT_EQ(f.fields(), wanted) << line;
  }
}

TEST(DecoderTest, SurvivesEveryPrefixAndEveryBadByte) {
  constexpr std::string_view kLine =
      R"({"a":{"b":["x\n",{"c":-1.5e3}]},"z":[{"q":"\u0041"},true],"n":null,"x.y":18446744073709551615})";
  Fixture f(kFields);
  ASSERT_TRUE(f.Decode(kLine).ok());
  for (size_t size = 0; size < kLine.size(); ++size) EXPECT_FALSE(f.Decode(kLine.substr(0, size)).ok()) << size;
  for (size_t i = 0; i < kLine.size(); ++i) {
    for (const char c : {'\0', '"', '\\', '{', '}', '[', ']', ',', ':', '\x0C', '\x1A', '\xFF', '1'}) {
      std::string line(kLine);
      line[i] = c;
      const bool accepted = f.Decode(line).ok();
      // What the other parser reads, the decoder reads.
      EXPECT_TRUE(accepted || !DecodeWithOracle(line)) << line;
    }
  }
}

TEST(DecoderTest, AWholeFieldIsTheOneValueAtItsPath) {
  const std::vector<std::string_view> fields = {"a", "a", "a.b", "a.b"};
  const std::vector<abi::FieldRole> roles = {abi::FieldRole::kValue, abi::FieldRole::kWhole, abi::FieldRole::kValue,
                                             abi::FieldRole::kWhole};
  Decoder decoder(fields, {}, roles);
  FrameBuffer frame(fields.size(), 0);
  const auto decoded = [&](std::string_view line) {
    EXPECT_TRUE(decoder.Decode(line, frame).ok()) << line;
    std::vector<std::string> all;
    for (abi::FieldId field = 0; field < fields.size(); ++field) {
      std::string text;
      for (const std::string& value : testing::RenderField(frame.frame(), field)) text += value + ';';
      all.push_back(text);
    }
    return all;
  };
  EXPECT_THAT(decoded(R"({"a": "x\ty"})"), ElementsAre("s:x\ty;", "s:x\ty;", "", ""));
  EXPECT_THAT(decoded(R"({"a": [1, "x"]})"), ElementsAre("i:1;s:x;", R"(j:[1, "x"];)", "", ""));
  EXPECT_THAT(decoded(R"({"a": {"b": 1}})"), ElementsAre("", R"(j:{"b": 1};)", "i:1;", "i:1;"));
  EXPECT_THAT(decoded(R"({"a.b": {}})"), ElementsAre("", "", "", "j:{};"));
  EXPECT_THAT(decoded(R"({"a": [{"b": 1}]})"), ElementsAre("", R"(j:[{"b": 1}];)", "i:1;", ""))
      << "no path of a whole value leads through an array";
  EXPECT_THAT(decoded(R"({"a": null})"), ElementsAre("", "", "", ""));
}

TEST(DecoderTest, ReadsFieldsAsTheirMappingSays) {
  const std::vector<std::string_view> fields = {"a", "day", "plain"};
  const std::vector<FieldReading> readings = {{.null_value = abi::String("none"), .date_formats = {}},
                                              {.null_value = abi::Null(), .date_formats = "dd-MM-yyyy"},
                                              {}};
  Decoder decoder(fields, readings);
  FrameBuffer frame(3, 0);
  ASSERT_TRUE(decoder.Decode(R"({"a": [null, "x"], "day": ["02-01-1970", "soon", null], "plain": null})", frame).ok());
  EXPECT_THAT(testing::RenderField(frame.frame(), 0), ElementsAre("s:none", "s:x"));
  EXPECT_THAT(testing::RenderField(frame.frame(), 1), ElementsAre("i:86400000", "s:soon"));
  EXPECT_THAT(testing::RenderField(frame.frame(), 2), ElementsAre());
  ASSERT_TRUE(decoder.Decode(R"({"day": []})", frame).ok());
  EXPECT_THAT(testing::RenderField(frame.frame(), 0), ElementsAre()) << "absent is not null";
}

// Events of kind `p` need a, those of kind `f` need b.c; of others nothing matters behind `time`.
constexpr std::string_view kSelectedFields[] = {"time", "event.kind", "a", "b.c", "b.d"};
FieldSelection Selection() {
  constexpr uint64_t kAlways = 1 << 0 | 1 << 1, kA = 1 << 2, kC = 1 << 3;
  return {.by = 1, .kinds = {{"p", {kAlways | kA}}, {"f", {kAlways | kC}}}, .others = {kAlways}, .others_end = 0};
}

TEST(DecoderTest, LeavesOutWhatAKindOfEventDoesNotNeed) {
  const Case cases[] = {
      {R"({"event":{"kind":"p"},"a":1,"b":{"c":2,"d":3}})", {{"event.kind", {"s:p"}}, {"a", {"i:1"}}}},
      {R"({"event.kind":["F"],"a":1,"b":{"d":3,"c":2}})", {{"event.kind", {"s:F"}}, {"b.c", {"i:2"}}}},
      {R"({"a":1,"b.d":3,"event.kind":"f","b.c":2})",
       {{"event.kind", {"s:f"}}, {"a", {"i:1"}}, {"b.d", {"i:3"}}, {"b.c", {"i:2"}}}},
      // A kind that does not show leaves nothing out.
      {R"({"event.kind":["p","f"],"a":1,"b.d":3})", {{"event.kind", {"s:p", "s:f"}}, {"a", {"i:1"}}, {"b.d", {"i:3"}}}},
      {R"({"event.kind":7,"a":1,"b.d":3})", {{"event.kind", {"i:7"}}, {"a", {"i:1"}}, {"b.d", {"i:3"}}}},
      {R"({"event.kind":null,"a":1})", {{"a", {"i:1"}}}},
      {R"({"event":{"kind":{"p":"p"}},"a":1})", {{"a", {"i:1"}}}},
  };
  Fixture f(kSelectedFields, Selection());
  for (const Case& c : cases) {
    const Status status = f.Decode(c.line);
    ASSERT_TRUE(status.ok()) << c.line << ": " << status.error().message;
    EXPECT_EQ(f.fields(), c.fields) << c.line;
  }
}

TEST(DecoderTest, AKindThatIsToldAgainLeavesNothingOut) {
  const FlatEvent all = {{"time", {"i:0"}}, {"event.kind", {"s:p", "s:f"}}, {"a", {"i:1"}}, {"b.c", {"i:2"}}};
  Fixture f(kSelectedFields, Selection());
  ASSERT_TRUE(f.Decode(R"({"time":0,"event.kind":"p","a":1,"b.c":2,"event":{"kind":"f"}})").ok());
  EXPECT_EQ(f.fields(), all);
  ASSERT_TRUE(f.Decode(R"({"time":0,"event.kind":"p","a":1,"b.c":2,"event":{"k\u0069nd":"f"}})").ok());
  EXPECT_EQ(f.fields(), all);
  for (const char* again : {R"("event":{"kind":"p"})", R"("event":{"k\u0069nd":"p"})"}) {
    ASSERT_TRUE(f.Decode(R"({"time":0,"event.kind":"x","a":1,)" + std::string(again) + "}").ok());
    EXPECT_EQ(f.fields().at("event.kind"), (std::vector<std::string>{"s:x", "s:p"})) << again;
    EXPECT_EQ(f.fields().at("a"), (std::vector<std::string>{"i:1"})) << again;
  }
}

TEST(DecoderTest, StopsAtAKindThatNothingIsAskedAbout) {
  Fixture f(kSelectedFields, Selection());
  ASSERT_TRUE(f.Decode(R"({"time":5,"event":{"kind":"x"},"a":1,"b":[}})").ok());  // nobody looks there
  EXPECT_EQ(f.fields(), (FlatEvent{{"time", {"i:5"}}, {"event.kind", {"s:x"}}}));
  EXPECT_FALSE(f.Decode(R"({"event":{"kind":"x"},"a":1,"b":[}})").ok()) << "the time may still come";
  EXPECT_FALSE(f.Decode(R"({"time":5,"event":{"kind":"x"},"a":1,"b":{"c":2)").ok()) << "cut off";
  ASSERT_TRUE(f.Decode(R"({"event":{"kind":"x"},"a":1,"time":5})").ok());
  EXPECT_EQ(f.fields(), (FlatEvent{{"time", {"i:5"}}, {"event.kind", {"s:x"}}}));
  ASSERT_TRUE(f.Decode(R"({"event":{"kind":"p"},"a":1})").ok()) << "the next event";
  EXPECT_EQ(f.fields(), (FlatEvent{{"event.kind", {"s:p"}}, {"a", {"i:1"}}}));
}

}  // namespace
}  // namespace eqlc
