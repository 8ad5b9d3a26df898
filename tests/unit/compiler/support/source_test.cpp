#include "compiler/support/source.h"

#include <gtest/gtest.h>

#include "eqlc/limits.hpp"

namespace eqlc {
namespace {

struct Expected {
  uint32_t begin, end;
  uint32_t line, column, length;
};

void ExpectRanges(const std::string& text, const std::vector<Expected>& cases) {
  const SourceFile file("f", text);
  for (const Expected& c : cases) {
    const SourceRange range = file.Locate(c.begin, c.end);
    SCOPED_TRACE(testing::Message() << '[' << c.begin << ", " << c.end << ')');
    EXPECT_EQ(range.line, c.line);
    EXPECT_EQ(range.column, c.column);
    EXPECT_EQ(range.length, c.length);
    EXPECT_EQ(range.file, "f");
  }
}

TEST(SourceFile, LocatesOnLines) {
  ExpectRanges("ab\ncde\n\nf", {{0, 1, 1, 1, 1},
                                {1, 2, 1, 2, 1},
                                {2, 3, 1, 3, 1},  // the line break belongs to the line it ends
                                {3, 6, 2, 1, 3},
                                {7, 8, 3, 1, 1},
                                {8, 9, 4, 1, 1},
                                {9, 9, 4, 2, 1}});
}

TEST(SourceFile, EmptyRangesHaveLengthOne) { ExpectRanges("abc", {{1, 1, 1, 2, 1}, {2, 1, 1, 3, 1}, {3, 3, 1, 4, 1}}); }

TEST(SourceFile, CutsAtTheEndOfTheLine) { ExpectRanges("abc\ndef", {{1, 6, 1, 2, 2}, {0, 100, 1, 1, 3}}); }

TEST(SourceFile, ClampsToTheFile) {
  ExpectRanges("ab", {{7, 9, 1, 3, 1}, {1, UINT32_MAX, 1, 2, 1}});
  ExpectRanges("", {{0, 0, 1, 1, 1}, {5, 9, 1, 1, 1}});
}

TEST(SourceFile, CarriageReturnsAreNoPartOfTheLine) {
  ExpectRanges("ab\r\ncd\r\n", {{0, 8, 1, 1, 2}, {2, 4, 1, 3, 1}, {4, 6, 2, 1, 2}, {8, 8, 3, 1, 1}});
  EXPECT_EQ(SourceFile("f", "ab\r\ncd").Locate(0, 1).line_text, "ab");
  EXPECT_EQ(SourceFile("f", "a\rb").Locate(0, 1).line_text, "a\rb");  // alone it breaks no line
}

TEST(SourceFile, ColumnsCountCodePointsAndTabsAsOne) {
  ExpectRanges("\tx", {{1, 2, 1, 2, 1}});
  ExpectRanges("\xC3\xA9\xF0\x9F\x98\x80z", {{0, 2, 1, 1, 1}, {2, 6, 1, 2, 1}, {6, 7, 1, 3, 1}, {0, 7, 1, 1, 3}});
}

TEST(SourceFile, RangesInsideACodePointCoverIt) {
  ExpectRanges("a\xC3\xA9z", {{2, 3, 1, 2, 1}, {0, 2, 1, 1, 2}, {2, 2, 1, 2, 1}});
}

TEST(SourceFile, BadBytesAreColumns) {
  ExpectRanges("\xFF\xFE z", {{1, 2, 1, 2, 1}, {3, 4, 1, 4, 1}, {0, 4, 1, 1, 4}});
}

TEST(SourceFile, KeepsAPrefixOfAnOverlongLine) {
  std::string line(limits::kMaxLineTextBytes - 1, 'x');
  const SourceRange range = SourceFile("f", line + "\xC3\xA9 end").Locate(limits::kMaxLineTextBytes + 3, UINT32_MAX);
  EXPECT_EQ(range.line_text, line);  // not half a letter
  EXPECT_EQ(range.column, limits::kMaxLineTextBytes + 3);
  EXPECT_EQ(range.length, 2u);
}

TEST(SourceFile, OffsetIsTheInverseOfLocate) {
  const std::string text = "a\xC3\xA9\n\r\n\tb\xFF\nlast";
  const SourceFile file("f", text);
  for (uint32_t offset = 0; offset <= text.size(); ++offset) {
    if (text[offset] == '\xA9' || text[offset] == '\n') continue;  // inside a letter; after a carriage return
    const SourceRange range = file.Locate(offset, offset);
    EXPECT_EQ(file.Offset(range.line, range.column), offset);
  }
}

TEST(SourceFile, OffsetIsClamped) {
  const SourceFile file("f", "ab\ncd");
  EXPECT_EQ(file.Offset(0, 5), 0u);
  EXPECT_EQ(file.Offset(1, 0), 0u);
  EXPECT_EQ(file.Offset(1, 99), 2u);
  EXPECT_EQ(file.Offset(2, 99), 5u);
  EXPECT_EQ(file.Offset(3, 1), 5u);
}

std::shared_ptr<const SourceFile> File(const std::string& text) {
  return std::make_shared<const SourceFile>("f", text);
}

TEST(SourceMap, WholeFile) {
  const SourceMap map(File("ab\ncd"));
  EXPECT_EQ(map.Locate({3, 5}).line, 2u);
  EXPECT_EQ(map.Locate({3, 5}).length, 2u);
  EXPECT_EQ(map.Locate({9, 12}).column, 3u);
}

// File:  q = "a\tbc"   Query: a<tab>bc
TEST(SourceMap, AnEscapeIsOneSpan) {
  const SourceMap map(File("q = \"a\\tbc\""), {{0, 5}, {2, 8}});
  EXPECT_EQ(map.Locate({0, 1}).column, 6u);
  EXPECT_EQ(map.Locate({1, 2}).column, 7u);
  EXPECT_EQ(map.Locate({1, 2}).length, 2u);
  EXPECT_EQ(map.Locate({2, 4}).column, 9u);
  EXPECT_EQ(map.Locate({2, 4}).length, 2u);
  EXPECT_EQ(map.Locate({0, 4}).length, 5u);
  EXPECT_EQ(map.Locate({4, 4}).column, 11u);
}

// File text that gives no query text lies between two runs with the same query offset.
TEST(SourceMap, SpansStopBeforeOmittedText) {
  const SourceMap map(File("ab\\  \n  cd"), {{0, 0}, {2, 2}, {2, 8}});
  EXPECT_EQ(map.Locate({0, 2}).length, 2u);
  EXPECT_EQ(map.Locate({2, 3}).line, 2u);
  EXPECT_EQ(map.Locate({2, 3}).column, 3u);
  EXPECT_EQ(map.Locate({1, 3}).column, 2u);
  EXPECT_EQ(map.Locate({1, 3}).length, 4u);  // to the end of the first line
}

TEST(Span, Join) {
  EXPECT_EQ(Span::Join({3, 5}, {1, 4}), (Span{1, 5}));
  EXPECT_EQ(Span::Join({1, 2}, {7, 9}), (Span{1, 9}));
}

}  // namespace
}  // namespace eqlc
