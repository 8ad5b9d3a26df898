#include "compiler/codegen/text_pattern.h"

#include <gtest/gtest.h>

#include <string>

namespace eqlc::codegen {
namespace {

struct Case {
  std::string glob;
  std::string head, tail;
  bool open;
};

TEST(TextPatternTest, GlobsThatAreTextsOrEnds) {
  for (const Case& c :
       {Case{"", "", "", false}, Case{"abc", "abc", "", false}, Case{"*", "", "", true}, Case{"***", "", "", true},
        Case{"a*", "a", "", true}, Case{"*a", "", "a", true}, Case{"a**b", "a", "b", true}}) {
    const auto pattern = ParseGlob(c.glob, 3);
    ASSERT_TRUE(pattern.has_value()) << c.glob;
    EXPECT_EQ(pattern->head, c.head) << c.glob;
    EXPECT_EQ(pattern->tail, c.tail) << c.glob;
    EXPECT_EQ(pattern->open, c.open) << c.glob;
    EXPECT_EQ(pattern->literal, 3u);
  }
}

TEST(TextPatternTest, OtherGlobsAreLeftToTheHelper) {
  for (const char* glob : {"?", "a?", "*a*", "a*b*", "*a*b", "a*b*c"}) {
    EXPECT_FALSE(ParseGlob(glob, 0).has_value()) << glob;
  }
}

TEST(TextPatternTest, InlineUpToALength) {
  const std::string fits(kMaxUnrolledText, 'a');
  const std::string longer(kMaxUnrolledText + 1, 'a');
  EXPECT_TRUE(CanInline(ExactText(fits, 0), true));
  EXPECT_FALSE(CanInline(ExactText(longer, 0), true));
  EXPECT_TRUE(CanInline(ExactText(longer, 0), false));
  EXPECT_FALSE(CanInline(*ParseGlob(longer + "*", 0), false));
  EXPECT_TRUE(CanInline(*ParseGlob(fits + "*" + fits, 0), true));
}

}  // namespace
}  // namespace eqlc::codegen
