#include "compiler/measure/rule_copies.h"

#include <gtest/gtest.h>

namespace eqlc {
namespace {

TEST(RuleCopies, MovesTheLettersOfTheLongestWord) {
  EXPECT_EQ(RenameLiterals(R"(process where process.executable : "?:\\Windows\\x.exe")", 1),
            R"(process where process.executable : "?:\\Xjoepxt\\x.exe")");
  EXPECT_EQ(RenameLiterals(R"(any where user.name == "Zoe")", 2), R"(any where user.name == "Bqg")");
}

TEST(RuleCopies, KeepsWhatTellsRulesApart) {
  const char* query = R"(file where event.type == "creation" and host.os.type in ("linux", "macos"))";
  EXPECT_EQ(RenameLiterals(query, 3), query);
}

TEST(RuleCopies, KeepsEscapesCommentsAndNumbers) {
  EXPECT_EQ(RenameLiterals(R"(any where a.b == "\tn\"ab" // "cd"
 and a.c == 10)",
                           1),
            R"(any where a.b == "\tn\"bc" // "cd"
 and a.c == 10)");
  EXPECT_EQ(RenameLiterals(R"(any where a.b : """C:\net\*""")", 1), R"(any where a.b : """C:\ofu\*""")");
}

TEST(RuleCopies, NumbersCopiesBeyondTheAlphabet) {
  EXPECT_EQ(RenameLiterals(R"(any where a.b == "cmd.exe")", 26), R"(any where a.b == "dne1.exe")");
}

TEST(RuleCopies, LeavesAnOpenLiteralAsItIs) {
  EXPECT_EQ(RenameLiterals(R"(any where a.b == "cm)", 1), R"(any where a.b == "dn)");
  EXPECT_EQ(RenameLiterals("any where a.b == \"\\", 1), "any where a.b == \"\\");
}

}  // namespace
}  // namespace eqlc
