#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "eqlc/diagnostic.hpp"

namespace eqlc {
namespace {

using testing::HasSubstr;

SourceRange At(uint32_t line, uint32_t column, uint32_t length, std::string text, std::string file = "rules/a.toml") {
  return {std::move(file), line, column, length, std::move(text)};
}

Diagnostic Error(SourceRange range) {
  Diagnostic diagnostic;
  diagnostic.code = "E0201";
  diagnostic.message = "no function is named `lenght`";
  diagnostic.range = std::move(range);
  return diagnostic;
}

TEST(RenderText, LineCaretsAndHint) {
  Diagnostic diagnostic = Error(At(12, 15, 6, "process where lenght(process.name) > 3"));
  diagnostic.hints = {"did you mean `length`?"};
  EXPECT_EQ(RenderText(diagnostic, false),
            "rules/a.toml:12:15: error[E0201]: no function is named `lenght`\n"
            " 12 | process where lenght(process.name) > 3\n"
            "    |               ^^^^^^\n"
            "    = hint: did you mean `length`?\n");
}

TEST(RenderText, SeveritiesAreNamed) {
  Diagnostic diagnostic;
  diagnostic.code = "W0202";
  diagnostic.message = "m";
  diagnostic.severity = Severity::kWarning;
  EXPECT_EQ(RenderText(diagnostic, false), "warning[W0202]: m\n");
  diagnostic.severity = Severity::kNote;
  diagnostic.range.file = "f";
  EXPECT_EQ(RenderText(diagnostic, false), "f: note[W0202]: m\n");
}

TEST(RenderText, LabelsOnTheSameLineFollowTheCarets) {
  Diagnostic diagnostic = Error(At(3, 7, 1, "left + right"));
  diagnostic.labels = {{At(3, 8, 5, "left + right"), "a string"}, {At(3, 1, 4, "left + right"), "a number"}};
  EXPECT_EQ(RenderText(diagnostic, false),
            "rules/a.toml:3:7: error[E0201]: no function is named `lenght`\n"
            " 3 | left + right\n"
            "   |       ^\n"
            "   | ---- a number\n"
            "   |        ----- a string\n");
}

TEST(RenderText, LabelsOnOtherLinesAndInOtherFiles) {
  Diagnostic diagnostic = Error(At(10, 1, 3, "ten"));
  diagnostic.labels = {{At(8, 1, 5, "there", "rules/b.toml"), "in another file"},
                       {At(11, 1, 6, "eleven"), "next"},
                       {At(2, 2, 2, "two"), "before"}};
  EXPECT_EQ(RenderText(diagnostic, false),
            "rules/a.toml:10:1: error[E0201]: no function is named `lenght`\n"
            "  2 | two\n"
            "    |  -- before\n"
            "   ...\n"
            " 10 | ten\n"
            "    | ^^^\n"
            " 11 | eleven\n"
            "    | ------ next\n"
            "   ::: rules/b.toml:8:1\n"
            "  8 | there\n"
            "    | ----- in another file\n");
}

TEST(RenderText, LabelsWithoutPositionAreNotes) {
  Diagnostic diagnostic = Error(At(1, 1, 1, "x"));
  SourceRange no_position;
  no_position.file = "b.eql";
  diagnostic.labels = {{no_position, "first used here"}, {SourceRange{}, "nowhere"}};
  EXPECT_EQ(RenderText(diagnostic, false),
            "rules/a.toml:1:1: error[E0201]: no function is named `lenght`\n"
            " 1 | x\n"
            "   | ^\n"
            "   = note: first used here (b.eql)\n"
            "   = note: nowhere\n");
}

TEST(RenderText, TabsWideAndOddCharactersKeepCaretsAligned) {
  EXPECT_THAT(RenderText(Error(At(1, 3, 2, "\t\u4E2Dab")), false), HasSubstr(" 1 |     \u4E2Dab\n"
                                                                             "   |       ^^\n"));
  EXPECT_THAT(RenderText(Error(At(1, 2, 1, "\x1b\u202Ez")), false), HasSubstr(" 1 | \u241B<U+202E>z\n"
                                                                              "   |  ^^^^^^^^\n"));
  EXPECT_THAT(RenderText(Error(At(1, 2, 1, "e\u0301")), false), HasSubstr("   |  ^\n"));
}

TEST(RenderText, NothingFromTheFileReachesTheTerminalRaw) {
  Diagnostic diagnostic = Error(At(1, 1, 1, "\x1b[31m", "f\x1b"));
  diagnostic.message = "bad \x1b[0m\n";
  diagnostic.hints = {"\x07"};
  diagnostic.labels = {{At(1, 2, 1, "\x1b[31m", "f\x1b"), "\x08"}};
  const std::string text = RenderText(diagnostic, false);
  for (const char c : text) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
  EXPECT_THAT(text, HasSubstr("bad \u241B[0m\u240A\n"));
}

TEST(RenderText, EndOfLineAndEmptyLine) {
  EXPECT_THAT(RenderText(Error(At(1, 4, 1, "abc")), false), HasSubstr(" 1 | abc\n   |    ^\n"));
  EXPECT_THAT(RenderText(Error(At(1, 1, 1, "")), false), HasSubstr(" 1 |\n   | ^\n"));
}

TEST(RenderText, LongLinesAreCutToAWindow) {
  std::string line(46'000, 'x');
  line.replace(30'000, 6, "lenght");
  const std::string text = RenderText(Error(At(1, 30'001, 6, line)), false);
  const std::string source = "\u2026" + std::string(60, 'x') + "lenght" + std::string(94, 'x') + "\u2026";
  EXPECT_EQ(text, "rules/a.toml:1:30001: error[E0201]: no function is named `lenght`\n 1 | " + source + "\n   | " +
                      std::string(61, ' ') + "^^^^^^\n");
}

TEST(RenderText, WindowsAtBothEndsOfALongLine) {
  const std::string line = "first" + std::string(500, ' ') + "final";
  EXPECT_THAT(RenderText(Error(At(1, 1, 5, line)), false), HasSubstr(" 1 | first" + std::string(155, ' ') +
                                                                     "\u2026\n"
                                                                     "   | ^^^^^\n"));
  EXPECT_THAT(RenderText(Error(At(1, 506, 5, line)), false),
              HasSubstr(" 1 | \u2026" + std::string(155, ' ') + "final\n   | " + std::string(156, ' ') + "^^^^^\n"));
}

TEST(RenderText, MarksThatLeaveTheWindowAreCut) {
  const std::string line(1'000, 'x');
  EXPECT_THAT(RenderText(Error(At(1, 1, 1'000, line)), false), HasSubstr("   | " + std::string(160, '^') + "\n"));
}

TEST(RenderText, EachMarkOfALongLineHasItsOwnWindow) {
  const std::string line = "first" + std::string(500, ' ') + "final";
  Diagnostic diagnostic = Error(At(1, 1, 5, line));
  diagnostic.labels = {{At(1, 506, 5, line), "and here"}};
  const std::string text = RenderText(diagnostic, false);
  EXPECT_THAT(text, HasSubstr("first"));
  EXPECT_THAT(text, HasSubstr("final\n"));
  EXPECT_THAT(text, HasSubstr("----- and here\n"));
}

TEST(RenderText, APositionBeyondTheKeptTextHasNoSnippet) {
  Diagnostic diagnostic = Error(At(1, 10, 1, "short"));
  diagnostic.labels = {{At(1, 99, 1, "short"), "far"}};
  EXPECT_EQ(RenderText(diagnostic, false),
            "rules/a.toml:1:10: error[E0201]: no function is named `lenght`\n"
            "   = note: far (rules/a.toml:1:99)\n");
}

TEST(RenderText, ColorsOnlyAdd) {
  Diagnostic diagnostic = Error(At(12, 15, 6, "process where lenght(process.name) > 3"));
  diagnostic.labels = {{At(12, 1, 7, diagnostic.range.line_text), "label"}};
  diagnostic.hints = {"hint"};
  std::string colored = RenderText(diagnostic, true);
  EXPECT_THAT(colored, HasSubstr("\x1b[1;31merror[E0201]:\x1b[0m"));
  EXPECT_THAT(colored, HasSubstr("\x1b[1;31m^^^^^^\x1b[0m"));
  for (size_t begin; (begin = colored.find('\x1b')) != std::string::npos;) {
    colored.erase(begin, colored.find('m', begin) - begin + 1);
  }
  EXPECT_EQ(colored, RenderText(diagnostic, false));
}

}  // namespace
}  // namespace eqlc
