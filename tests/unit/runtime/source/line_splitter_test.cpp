#include "runtime/source/line_splitter.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace eqlc {
namespace {

// `number@offset text`, one per line; the number of newlines last.
std::vector<std::string> Split(std::string_view text) {
  std::vector<std::string> out;
  LineSplitter lines(text);
  std::string_view line;
  while (lines.Next(line)) {
    out.push_back(std::to_string(lines.number()) + "@" + std::to_string(lines.offset()) + " " + std::string(line));
  }
  out.push_back(std::to_string(lines.newlines()));
  EXPECT_FALSE(lines.Next(line)) << "the end stays the end";
  return out;
}

using Lines = std::vector<std::string>;

TEST(LineSplitter, GivesLinesThatAreNotBlank) {
  EXPECT_EQ(Split(""), (Lines{"0"}));
  EXPECT_EQ(Split("a\nbc\n"), (Lines{"1@0 a", "2@2 bc", "2"}));
  EXPECT_EQ(Split("a\nbc"), (Lines{"1@0 a", "2@2 bc", "1"}));
  EXPECT_EQ(Split("\n \t\n\r\na \n\n"), (Lines{"4@6 a ", "5"}));
  EXPECT_EQ(Split("a\r\nb\rc\r\n\r\r\n"), (Lines{"1@0 a", "2@3 b\rc", "3"}));
  EXPECT_EQ(Split("\n\n"), (Lines{"2"}));
}

}  // namespace
}  // namespace eqlc
