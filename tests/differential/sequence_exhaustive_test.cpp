// Every small stream through the sequence engine (interpreted, through the native helpers, and given only what it waits
// for) and through the batch reference. An exhaustive space of small cases says more than random large ones: each rule
// of the tables meets every order of its events, every tie, every double hit and every key within the scope.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "tests/support/plan_builder.h"
#include "tests/support/sanitizers.h"
#include "tests/support/sequence_reference.h"

namespace eqlc::testing {
namespace {

constexpr int kMaxEvents = 6;

// Streams have up to kMaxEvents events; a rule with many kinds of events gets shorter ones, so that it has at most so
// many of the longest. The default takes some seconds; EQLC_EXHAUSTIVE_STREAMS=3000000 reaches six events for three
// stages and two keys. Under AddressSanitizer a stream takes twenty times as long; there a tenth of them shows every
// kind of access, and what all of them give is for other builds to tell.
double MaxStreams() {
  const char* text = std::getenv("EQLC_EXHAUSTIVE_STREAMS");
  return text ? std::atof(text) : EQLC_UNDER_ASAN ? 2'000 : 20'000;
}

// Every event of a stream: which letters, which keys, how long after the one before.
struct Scope {
  std::vector<TestEvent> kinds;  // their times are unused
  std::vector<int64_t> steps;

  int Length() const {
    double streams = 1;
    int length = 0;
    while (length < kMaxEvents) {
      streams *= static_cast<double>(kinds.size()) * (length == 0 ? 1 : static_cast<double>(steps.size()));
      if (streams > MaxStreams()) break;
      ++length;
    }
    return length;
  }
};

std::string LettersOf(const TestRule& rule) {
  std::string letters;
  for (const TestItem& item : rule.items) letters += item.letter;
  if (rule.until != 0) letters += rule.until;
  std::sort(letters.begin(), letters.end());
  letters.erase(std::unique(letters.begin(), letters.end()), letters.end());
  return letters;
}

// Subsets of `letters` with 1..max letters.
std::vector<std::string> Subsets(const std::string& letters, int max) {
  std::vector<std::string> subsets;
  for (unsigned mask = 1; mask < 1u << letters.size(); ++mask) {
    if (__builtin_popcount(mask) > max) continue;
    std::string subset;
    for (size_t i = 0; i < letters.size(); ++i) {
      if ((mask >> i & 1) != 0) subset += letters[i];
    }
    subsets.push_back(subset);
  }
  return subsets;
}

Scope MakeScope(const TestRule& rule, int max_letters, const std::vector<std::vector<std::string>>& keys,
                std::vector<int64_t> steps) {
  Scope scope{{}, std::move(steps)};
  for (const std::string& letters : Subsets(LettersOf(rule), max_letters)) {
    for (const auto& key : keys) scope.kinds.push_back({letters, 0, key});
  }
  return scope;
}

class Comparer {
 public:
  // The text of a rule, its streams, and what both say where they differ.
  void Compare(const std::string& text, const TestRule& rule, const std::vector<TestEvent>& events) {
    ++cases_;
    const std::vector<TestMatch> expected = ReferenceMatches(rule, events);
    matches_ += expected.size();
    struct Way {
      abi::AdvanceFn advance;
      bool spares;
    };
    for (const Way way : {Way{nullptr, false}, Way{ModelAdvance, false}, Way{nullptr, true}}) {
      TestEngine engine(rule, way.advance, budget_);
      if (way.spares) engine.Spare();
      engine.FeedAll(events);
      engine.Finish();
      std::vector<TestMatch> actual = engine.matches();
      const bool ordered = rule.items.back().missing || InOrder(actual);
      std::sort(actual.begin(), actual.end());
      if (actual != expected || !ordered) Differ(text, events, engine.Text(), expected.size());
    }
  }

  uint64_t cases() const { return cases_; }
  uint64_t matches() const { return matches_; }
  uint64_t differences() const { return differences_; }
  const StateBudget& budget() const { return budget_; }

 private:
  static bool InOrder(const std::vector<TestMatch>& matches) {
    return std::is_sorted(matches.begin(), matches.end(),
                          [](const TestMatch& a, const TestMatch& b) { return a.events.back() < b.events.back(); });
  }

  void Differ(const std::string& text, const std::vector<TestEvent>& events, const std::string& actual,
              size_t expected) {
    if (++differences_ > 20) return;
    std::string stream;
    for (const TestEvent& event : events) {
      stream += event.letters + std::to_string(event.time);
      for (size_t i = 0; i < event.keys.size(); ++i) stream += (i == 0 ? "/" : ",") + event.keys[i];
      stream += ' ';
    }
    ADD_FAILURE() << text << " over " << stream << "gives [" << actual << "], the reference has " << expected
                  << " matches";
  }

  StateBudget budget_{size_t{1} << 30};  // of all engines: mapping memory anew for each would take most of the time
  uint64_t cases_ = 0;
  uint64_t matches_ = 0;
  uint64_t differences_ = 0;
};

// Every stream of the scope, of every length up to its longest.
void CompareStreams(const std::string& text, const TestRule& rule, const Scope& scope, int left,
                    std::vector<TestEvent>& events, Comparer& comparer) {
  if (!events.empty()) comparer.Compare(text, rule, events);
  if (left == 0) return;
  const int64_t last = events.empty() ? 0 : events.back().time;
  for (const TestEvent& kind : scope.kinds) {
    for (const int64_t step : scope.steps) {
      events.push_back(kind);
      events.back().time = last + step;
      CompareStreams(text, rule, scope, left - 1, events, comparer);
      events.pop_back();
      if (events.empty()) break;  // only differences matter
    }
  }
}

void CompareRule(const std::string& text, const TestRule& rule, const Scope& scope, Comparer& comparer) {
  std::vector<TestEvent> events;
  CompareStreams(text, rule, scope, scope.Length(), events, comparer);
}

void Report(const char* name, const Comparer& comparer) {
  std::printf("%s: %llu streams, %llu matches, %llu differences\n", name,
              static_cast<unsigned long long>(comparer.cases()), static_cast<unsigned long long>(comparer.matches()),
              static_cast<unsigned long long>(comparer.differences()));
  EXPECT_GT(comparer.cases(), 10'000u);
  EXPECT_GT(comparer.matches(), 1'000u);
  EXPECT_EQ(comparer.differences(), 0u);
  EXPECT_EQ(comparer.budget().used_bytes, 0u);
  EXPECT_EQ(comparer.budget().open_partials, 0u);
}

// One letter per event in long streams, then double hits in shorter ones.
void CompareKeyless(const std::string& text, Comparer& comparer) {
  const TestRule rule = ParseRule(text);
  CompareRule(text, rule, MakeScope(rule, 1, {{}}, {0, 1}), comparer);
  CompareRule(text, rule, MakeScope(rule, 3, {{}}, {0, 1, 2}), comparer);
}

void CompareKeyed(const std::string& text, Comparer& comparer) {
  const TestRule rule = ParseRule(text);
  CompareRule(text, rule, MakeScope(rule, 1, {{"x"}, {"y"}}, {0, 1}), comparer);
  CompareRule(text, rule, MakeScope(rule, 1, {{}, {"x"}, {"x", "y"}, {"y", "x", "y"}}, {0, 2}), comparer);
}

const char* const kPositive[] = {"A B", "A A",   "A B C", "A B A",   "A A B",   "A B B", "A A A", "A*2",
                                 "A*3", "A*2 B", "A B*2", "A*2 B*2", "A B C A", "A*2 A", "A*4"};
const char* const kMissing[] = {"A !M B",    "A !M A",       "A !B B",  "A !M B C",  "A B !M C",  "A !M B !M C",
                                "A !M !N B", "A !M",         "A !A",    "A B !M",    "A B !B",    "A*2 !M",
                                "!M A",      "!A A",         "!M A B",  "!M !N A",   "!M A*2",    "!A A B",
                                "!M A !N",   "!M A !M",      "!A A !A", "!M A B !N", "!M A !M B", "A !M B !M",
                                "!M A !N B", "!M A !M B !M", "A !M !N", "A !M*2 B",  "A*2 !M B",  "A !M B*2"};

TEST(SequenceExhaustiveTest, PositiveItems) {
  Comparer comparer;
  for (const std::string rule : kPositive) {
    for (const char* maxspan : {"", " maxspan=0", " maxspan=2"}) CompareKeyless(rule + maxspan, comparer);
  }
  Report("positive items", comparer);
}

TEST(SequenceExhaustiveTest, Until) {
  Comparer comparer;
  for (const std::string rule : kPositive) {
    for (const char* tail : {" until=U", " until=A", " until=U maxspan=1"}) CompareKeyless(rule + tail, comparer);
  }
  Report("until", comparer);
}

TEST(SequenceExhaustiveTest, MissingItems) {
  Comparer comparer;
  for (const std::string rule : kMissing) {
    for (const char* maxspan : {" maxspan=1", " maxspan=2", " maxspan=3"}) CompareKeyless(rule + maxspan, comparer);
    CompareKeyless(rule + " maxspan=2 until=U", comparer);
  }
  Report("missing items", comparer);
}

TEST(SequenceExhaustiveTest, Keys) {
  Comparer comparer;
  for (const std::string rule : {"A B", "A B C", "A*2", "A B until=U", "A B maxspan=1"}) {
    for (const char* by : {"by ", "by? "}) CompareKeyed(by + rule, comparer);
  }
  for (const std::string rule : {"A !M B", "!M A", "A !M", "!M A !N", "A !M B until=U"}) {
    for (const char* by : {"by ", "by? "}) CompareKeyed(by + rule + " maxspan=2", comparer);
  }
  Report("keys", comparer);
}

}  // namespace
}  // namespace eqlc::testing
