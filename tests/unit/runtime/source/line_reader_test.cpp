#include "runtime/source/line_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "eqlc/limits.hpp"
#include "tests/support/temp_folder.h"
#include "tests/unit/runtime/source/compress.h"

namespace eqlc {
namespace {

using ::testing::HasSubstr;
using testing::TempFolder;

// `number@offset text`, one per event; `error: ...` last if there was one.
std::vector<std::string> ReadAll(const std::string& path) {
  std::vector<std::string> lines;
  auto reader = LineReader::Open(path);
  if (!reader) return {"error: " + reader.error().message};
  InputLine line;
  while (true) {
    const auto more = reader->Next(line);
    if (!more) lines.push_back("error: " + more.error().message);
    if (!more || !*more) return lines;
    lines.push_back(std::to_string(line.number) + "@" + std::to_string(line.offset) + " " +
                    (line.too_long ? "<too long>" : std::string(line.text)));
  }
}

struct Case {
  const char* name;
  std::string_view contents;
  std::vector<std::string> lines;
};

TEST(LineReaderTest, ReadsEveryFormat) {
  const Case cases[] = {
      {"empty", "", {}},
      {"blank", " \n\r\n\t\n", {}},
      {"lines", "{\"a\":1}\n{\"a\":2}\n", {"1@0 {\"a\":1}", "2@8 {\"a\":2}"}},
      {"no last newline", "{}\n{}", {"1@0 {}", "2@3 {}"}},
      {"blank last line", "{}\n  ", {"1@0 {}"}},
      {"carriage returns", "{}\r\n\r\n{} \r\n", {"1@0 {}", "3@6 {} "}},
      {"byte order mark", "\xEF\xBB\xBF{}\n", {"1@3 {}"}},
      {"leading blanks", "\n\n {}\n", {"3@2  {}"}},
      {"text", "hello\nworld\n", {"1@0 hello", "2@6 world"}},
      {"short", "x", {"1@0 x"}},
      {"array", "[{\"a\":1},{\"b\":[2,{}]}]", {"1@1 {\"a\":1}", "1@9 {\"b\":[2,{}]}"}},
      {"array over lines", "\n[\n  {\n \"a\": \"}],\\\"\"\n},\r\n {}\n]\n", {"3@5 {  \"a\": \"}],\\\"\" }", "6@26 {}"}},
      {"empty array", "[]", {}},
      {"array of other things",
       "[1, \"a,b\" ,null,[{}],x]",
       {"1@1 1", "1@4 \"a,b\"", "1@11 null", "1@16 [{}]", "1@21 x"}},
      {"array cut off", "[{\"a\":1},{\"a\":", {"1@1 {\"a\":1}", "1@9 {\"a\":"}},
      {"arrays in a row", "[{}]\n[{}]", {"1@1 {}", "2@6 {}"}},
      {"stray bracket", "[{}]}]", {"1@1 {}", "1@4 }", "1@5 ]"}},
      {"pretty values", "{\n\"a\":1\n}\n{\n}\n", {"1@0 { \"a\":1 }", "4@10 { }"}},
      {"values touching", "{\n}{\"a\":\"\\\\\"}", {"1@0 { }", "2@3 {\"a\":\"\\\\\"}"}},
  };
  const TempFolder folder;
  for (const Case& c : cases) EXPECT_EQ(ReadAll(folder.Write("in", c.contents)), c.lines) << c.name;
}

TEST(LineReaderTest, ReadsLinesAcrossBufferBoundaries) {
  const TempFolder folder;
  for (const bool array : {false, true}) {
    std::string text = array ? "[" : "";
    std::vector<std::string> lines;
    for (size_t i = 0; text.size() < 3'000'000; ++i) {
      const std::string event = "{\"i\":\"" + std::string(i * 37 % 5000, 'x') + "\"}";
      lines.push_back(std::to_string(i + 1) + "@" + std::to_string(text.size()) + " " + event);
      text += event + (array ? ",\n" : "\n");
    }
    EXPECT_EQ(ReadAll(folder.Write("plain", text)), lines);
    EXPECT_EQ(ReadAll(folder.Write("packed", testing::Zstd(text))), lines);
    EXPECT_EQ(ReadAll(folder.Write("packed", testing::Gzip(text))), lines);
  }
}

TEST(LineReaderTest, SkipsLongLines) {
  const TempFolder folder;
  const std::string fits(limits::kMaxEventBytes, 'x');
  const std::string size = std::to_string(fits.size());
  EXPECT_EQ(ReadAll(folder.Write("fits", "{}\n" + fits + "\r\n{}\n"))[1], "2@3 " + fits);
  const std::string after = std::to_string(3 + fits.size() + 2);
  EXPECT_EQ(ReadAll(folder.Write("long", "{}\n" + fits + "x\n{}\n")),
            (std::vector<std::string>{"1@0 {}", "2@3 <too long>", "3@" + after + " {}"}));
  EXPECT_EQ(ReadAll(folder.Write("last", fits + fits)), (std::vector<std::string>{"1@0 <too long>"}));
  EXPECT_EQ(ReadAll(folder.Write("array", "[\"" + fits + "\",{}]")),
            (std::vector<std::string>{"1@1 <too long>", "1@" + std::to_string(fits.size() + 4) + " {}"}));
}

TEST(LineReaderTest, SaysWhatItCannotRead) {
  const TempFolder folder;
  EXPECT_THAT(ReadAll(folder.path("missing"))[0], HasSubstr("missing': No such file"));
  EXPECT_THAT(ReadAll(folder.Write("utf16", std::string_view("\xFF\xFE{\0}\0", 6)))[0], HasSubstr("is UTF-16"));
  const auto lines = ReadAll(folder.Write("cut", testing::Gzip(std::string(100, 'x') + "\n").substr(0, 20)));
  EXPECT_THAT(lines.back(), HasSubstr("cut' ends in the middle of compressed data"));
}

TEST(LineReaderTest, EndsWhenStopped) {
  const TempFolder folder;
  std::atomic<bool> stop{false};
  auto reader = LineReader::Open(folder.Write("in", "{}\n{}\n{}\n"), &stop);
  ASSERT_TRUE(reader.ok());
  InputLine line;
  EXPECT_TRUE(*reader->Next(line));
  stop = true;
  EXPECT_FALSE(*reader->Next(line));
}

}  // namespace
}  // namespace eqlc
