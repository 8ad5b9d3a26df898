// Against the table of the same automaton where there is one, and against loops written by hand where there is none.
#include "runtime/value/regex_positions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "runtime/value/regex_parse.h"
#include "runtime/value/regex_table.h"

namespace eqlc::regex {
namespace {

Budget LargeBudget() { return Budget(4'000'000, 20'000'000); }

// What is made of one pattern.
struct Machines {
  explicit Machines(const std::string& pattern) {
    Result<Tree> tree = Parse(pattern, /*fold=*/false);
    if (!tree) return;
    const Alphabet alphabet(std::span(&*tree, 1));
    Budget budget = LargeBudget(), table_budget = LargeBudget(), position_budget = LargeBudget();
    const Nfa nfa = Build(*tree, alphabet, budget);
    if (const auto dfa = Determinise(nfa, alphabet, {2'000, 200'000}, table_budget)) table.emplace(*dfa, alphabet);
    positions = PositionMatcher::Make(nfa, alphabet, position_budget);
  }

  std::optional<TableMatcher> table;
  std::optional<PositionMatcher> positions;
};

std::string RandomPattern(std::mt19937& random, int depth) {
  static const std::string_view leaves[] = {"a", "b", "c", ".", "[ab]", "[^a]", "é", "@", "[b-é]", "abc", "#"};
  const auto part = [&] { return RandomPattern(random, depth - 1); };
  if (depth == 0) return std::string(leaves[random() % std::size(leaves)]);
  switch (random() % 10) {
    case 0:
      return "(" + part() + ")*";
    case 1:
      return "(" + part() + ")?";
    case 2:
      return "(" + part() + "){1,3}";
    case 3:  // of little: counts of counts would make only patterns that no table holds
      return "(" + RandomPattern(random, std::min(depth - 1, 1)) + "){20}";
    case 4:
    case 5:
      return "(" + part() + "|" + part() + ")";
    case 6:
      return "(" + part() + "&" + part() + ")";
    case 7:
      return "~(" + part() + ")";
    default:
      return part() + part();
  }
}

std::string RandomText(std::mt19937& random) {
  static const std::string_view letters[] = {"a", "a", "b", "b", "c", "é", "\xFF"};
  std::string text;
  for (size_t size = random() % (random() % 8 == 0 ? 90 : 7); size > 0; --size) {
    text += letters[random() % std::size(letters)];
  }
  return text;
}

TEST(PositionMatcher, AgreesWithTheTable) {
  std::mt19937 random(11);
  int compared = 0, matches = 0;
  for (int round = 0; round < 3'000; ++round) {
    const std::string pattern = RandomPattern(random, 4);
    const Machines machines(pattern);
    if (!machines.table || !machines.positions) continue;
    ++compared;
    for (int i = 0; i < 20; ++i) {
      const std::string text = RandomText(random);
      const bool expected = machines.table->Matches(text);
      ASSERT_EQ(machines.positions->Matches(text), expected) << pattern << " on " << text;
      matches += expected;
    }
  }
  EXPECT_GT(compared, 2'000);
  EXPECT_GT(matches, 5'000);
}

// Shifts from one word of positions to the next, at every distance.
TEST(PositionMatcher, CountsBeyondOneWord) {
  std::mt19937 random(12);
  for (const size_t gap : {1u, 61u, 62u, 63u, 64u, 65u, 126u, 127u, 128u, 200u, 999u}) {
    const Machines machines(".*a.{" + std::to_string(gap) + "}c.*");
    ASSERT_TRUE(machines.positions);
    int matches = 0;
    for (int i = 0; i < 200; ++i) {
      std::string text(gap + random() % 20, 'x');
      for (int changes = 0; changes < 3; ++changes) text[random() % text.size()] = "ac"[random() % 2];
      text[random() % std::min<size_t>(text.size(), 10)] = 'a';
      text[text.size() - 1 - random() % std::min<size_t>(text.size(), 10)] = 'c';
      bool expected = false;
      for (size_t at = 0; at + gap + 1 < text.size(); ++at) expected |= text[at] == 'a' && text[at + gap + 1] == 'c';
      ASSERT_EQ(machines.positions->Matches(text), expected) << gap << ' ' << text;
      matches += expected;
    }
    EXPECT_GT(matches, 5) << gap;
  }
}

TEST(PositionMatcher, PositionsThatLeadToMany) {
  const Machines machines("(a|b){0,100}(.*x.{80}y)?");
  ASSERT_TRUE(machines.positions);
  EXPECT_TRUE(machines.positions->Matches(""));
  EXPECT_TRUE(machines.positions->Matches("abba"));
  EXPECT_TRUE(machines.positions->Matches(std::string(100, 'a')));
  EXPECT_FALSE(machines.positions->Matches(std::string(101, 'a')));
  EXPECT_TRUE(machines.positions->Matches("abcx" + std::string(80, 'z') + "y"));
  EXPECT_FALSE(machines.positions->Matches("abcx" + std::string(79, 'z') + "y"));
}

TEST(PositionMatcher, TakesNoMoreThanItsBudget) {
  Result<Tree> tree = Parse("(a?b?c?){900}", /*fold=*/false);
  ASSERT_TRUE(tree.ok());
  const Alphabet alphabet(std::span(&*tree, 1));
  Budget budget = LargeBudget();
  const Nfa nfa = Build(*tree, alphabet, budget);
  for (Budget small : {Budget(100, 20'000'000), Budget(4'000'000, 100)}) {
    EXPECT_FALSE(PositionMatcher::Make(nfa, alphabet, small));
  }
}

}  // namespace
}  // namespace eqlc::regex
