#include "compiler/diag/display_line.h"

#include <gtest/gtest.h>

namespace eqlc {
namespace {

TEST(DisplayLine, ExpandsTabsToStops) {
  const DisplayLine line("\ta\tbcd\te");
  EXPECT_EQ(line.text(), "    a   bcd e");
  EXPECT_EQ(line.units(), 8u);
  EXPECT_EQ(line.width(), 13u);
  const uint32_t columns[] = {0, 4, 5, 8, 9, 10, 11, 12, 13};
  for (uint32_t unit = 0; unit <= line.units(); ++unit) EXPECT_EQ(line.Column(unit), columns[unit]) << unit;
}

TEST(DisplayLine, MakesControlCharactersVisible) {
  EXPECT_EQ(MakeVisible("a\x1b[2Jb\x7F"), "a\u241B[2Jb\u2421");
  EXPECT_EQ(MakeVisible(std::string_view("\0\n\r", 3)), "\u2400\u240A\u240D");
  EXPECT_EQ(MakeVisible("\u0085\u202E\u200B\uFEFF"), "<U+0085><U+202E><U+200B><U+FEFF>");
  EXPECT_EQ(MakeVisible("\U000E0041"), "<U+E0041>");
  EXPECT_EQ(MakeVisible("caf\xE9"), "caf<E9>");
}

TEST(DisplayLine, LeavesOrdinaryTextAlone) {
  EXPECT_EQ(MakeVisible("process where \u00E9\u4E2D\U0001F600"), "process where \u00E9\u4E2D\U0001F600");
}

TEST(DisplayLine, KnowsWidths) {
  const struct {
    const char* text;
    uint32_t width;
  } cases[] = {{"", 0},           {"abc", 3},  {"\u00E9", 1}, {"\u4E2D\u6587", 4}, {"e\u0301", 1},   {"\uFF21", 2},
               {"\U0001F600", 2}, {"\xFF", 4}, {"\x01", 1},   {"\u202E", 8},       {"\U000E0041", 9}};
  for (const auto& c : cases) EXPECT_EQ(DisplayLine(c.text).width(), c.width) << c.text;
}

TEST(DisplayLine, CutsByUnits) {
  const DisplayLine line("a\u4E2D\tb");
  EXPECT_EQ(line.Text(1, 3), "\u4E2D ");
  EXPECT_EQ(line.Text(0, 0), "");
  EXPECT_EQ(line.UnitAt(0), 0u);
  EXPECT_EQ(line.UnitAt(2), 2u);  // inside the wide one: the next
  EXPECT_EQ(line.UnitAt(99), 4u);
}

}  // namespace
}  // namespace eqlc
