// Generated transitions against the runtime's own, on random events: the matches must be the same.
#include <random>

#include "runtime/sequence/sequence.h"
#include "tests/unit/compiler/jit/rules_under_test.h"

namespace eqlc::testing {
namespace {

// Matches as text: the events' texts and the join keys.
class TextReceiver : public MatchReceiver {
 public:
  void OnMatch(const SequenceMatch& match) override {
    for (const EventRecord* event : match.events) {
      text += event == nullptr ? "-" : std::string(event->json());
      text += ' ';
    }
    for (const std::string& key : match.join_keys) text += "by " + key + ' ';
    text += '\n';
  }
  std::string text;
};

// Shape of a rule: an item per letter, with its condition's number.
struct Shape {
  const char* name;
  const char* items;  // 'a' positive, 'm' missing
  std::vector<uint16_t> runs;
  bool until;
  int64_t maxspan_ns;
  std::vector<bool> optional_keys;
};

class SequenceTest : public ::testing::TestWithParam<Shape> {
 protected:
  void AddRule(const Shape& shape) {
    ir::Rule rule;
    rule.id = shape.name;
    rule.kind = RuleKind::kSequence;
    rule.maxspan_ns = shape.maxspan_ns;
    const std::string_view items = shape.items;
    for (size_t i = 0; i < items.size(); ++i) {
      rule.items.push_back(NewItem(shape));
      rule.items.back().missing = items[i] == 'm';
      if (i < shape.runs.size()) rule.items.back().runs = shape.runs[i];
    }
    rule.has_until = shape.until;
    if (shape.until) rule.until = NewItem(shape);
    rules_.module().AddRule(rule);
  }

  ir::Item NewItem(const Shape& shape) {
    ir::Item item;
    item.condition = rules_.Condition(rules_.module().True());
    for (size_t k = 0; k < shape.optional_keys.size(); ++k) {
      item.keys.push_back({rules_.module().Field("key" + std::to_string(k)), shape.optional_keys[k]});
    }
    return item;
  }

  // The matches of random events; `seed` decides which.
  std::string Run(uint32_t seed, const abi::AdvanceSlot* advance) {
    const Shape& shape = GetParam();
    std::mt19937 random(seed);
    const auto below = [&](uint32_t n) { return static_cast<uint32_t>(random() % n); };
    const auto item_count = static_cast<uint32_t>(std::string_view(shape.items).size() + (shape.until ? 1 : 0));
    TextReceiver receiver;
    SlabPool events;
    StateBudget budget(size_t{1} << 24);
    SequenceEngine engine(BuildSequencePlan(rules_.program().image, 0), advance, MatchOrder::kAsDecided, budget,
                          receiver);
    FrameBuffer frame = rules_.NewFrame();
    CurrentEvent event(events);
    int64_t now = 1'000;
    int64_t newest = now;
    for (int i = 0; i < 200; ++i) {
      now += static_cast<int64_t>(below(5)) - 1;  // sometimes late
      newest = std::max(newest, now);
      const std::string text = std::to_string(i);
      frame.Clear();
      for (size_t k = 0; k < shape.optional_keys.size(); ++k) {
        for (uint32_t n = below(8) == 0 ? 2 : below(6) != 0; n > 0; --n) {
          frame.Append(rules_.module().Field("key" + std::to_string(k)), abi::Int(below(2)));
        }
      }
      ItemSet hits;
      for (uint32_t item = 0; item < item_count; ++item)
        hits[item] = below(item + 1 == item_count && shape.until ? 8 : 3) == 0;
      event.Reset(text, now);
      engine.Advance(event, frame.frame(), hits, newest);
    }
    engine.Finish();
    return receiver.text;
  }

  RulesUnderTest rules_;
};

INSTANTIATE_TEST_SUITE_P(Shapes, SequenceTest,
                         ::testing::Values(Shape{"plain", "aaa", {}, false, -1, {}},
                                           Shape{"one_key", "aa", {}, false, -1, {false}},
                                           Shape{"maxspan", "aaa", {}, false, 6, {false}},
                                           Shape{"two_keys", "aa", {}, true, 20, {false, true}},
                                           Shape{"runs_first", "aa", {3, 1}, false, 30, {true}},
                                           Shape{"runs_last", "aa", {1, 4}, true, -1, {}},
                                           Shape{"runs_alone", "a", {5}, false, 40, {false}},
                                           Shape{"missing_middle", "ama", {}, false, 15, {false}},
                                           Shape{"missing_ends", "mam", {}, true, 9, {true}},
                                           Shape{"missing_all_round", "mamaam", {1, 1, 1, 2, 1, 1}, true, 25, {false}}),
                         [](const auto& shape) { return shape.param.name; });

TEST_P(SequenceTest, GeneratedTransitionAgreesWithTheRuntimes) {
  AddRule(GetParam());
  bool matched = false;
  for (const OptLevel level : {OptLevel::kO0, OptLevel::kO2}) {
    rules_.Build(level);
    if (HasFatalFailure()) return;
    ASSERT_NE(rules_.native().advance[0], nullptr);
    for (uint32_t seed = 1; seed <= 20; ++seed) {
      const std::string expected = Run(seed, nullptr);
      ASSERT_EQ(Run(seed, rules_.native().advance), expected) << "seed " << seed;
      matched |= !expected.empty();
    }
  }
  EXPECT_TRUE(matched);
}

TEST(SequenceJitTest, RulesWithMoreItemsThanBitsAreInterpreted) {
  for (const size_t items : {size_t{62}, size_t{63}}) {
    RulesUnderTest rules;
    ir::Rule rule;
    rule.id = "long";
    rule.kind = RuleKind::kSequence;
    rule.has_until = true;
    rule.until.condition = rules.Condition(rules.module().True());
    for (size_t i = 0; i < items; ++i) {
      rule.items.emplace_back();
      rule.items.back().condition = rule.until.condition;
    }
    rules.module().AddRule(rule);
    rules.Build(OptLevel::kO0);
    ASSERT_FALSE(HasFatalFailure());
    EXPECT_EQ(rules.native().advance[0] != nullptr, items == 62);
  }
}

}  // namespace
}  // namespace eqlc::testing
