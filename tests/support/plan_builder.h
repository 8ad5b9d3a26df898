// Sequence rules and event streams in the short notation of the traces in docs/semantics.md section 5, and an engine to
// run them. Letters stand for filters: an event is of every item whose letter it has.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/sequence/sequence.h"

namespace eqlc::testing {

struct TestItem {
  char letter;
  bool missing = false;
  uint16_t runs = 1;
};

struct TestRule {
  std::vector<TestItem> items;
  char until = 0;         // 0: none
  int64_t maxspan = -1;   // -1: none
  bool by = false;        // joins by the events' key
  bool optional = false;  // ... which may be missing
};

// "by A !M B*3 until=U maxspan=10"; "by?" for an optional key.
TestRule ParseRule(std::string_view text);

struct TestEvent {
  std::string letters;
  int64_t time = 0;
  std::vector<std::string> keys;
};

// "A1 AB2 C3/x D4/x,y": letters, time, keys.
std::vector<TestEvent> ParseEvents(std::string_view text);

// A plan whose field 0 is the key.
SequencePlan BuildPlan(const TestRule& rule);

struct TestMatch {
  std::vector<int> events;  // by item: index into the stream; -1: a missing item's place
  std::string key;          // JSON text, empty without keys

  auto operator<=>(const TestMatch&) const = default;
};

// A one-field frame. Valid until the next Fill.
class TestFrame {
 public:
  const abi::EventFrame& Fill(const std::vector<std::string>& keys);

 private:
  abi::FieldSlot slot_{};
  std::vector<abi::Value> values_;
  abi::EventFrame frame_{};
};

// Runs one rule over a stream.
class TestEngine : private MatchReceiver {
 public:
  explicit TestEngine(const TestRule& rule, abi::AdvanceFn advance = nullptr, size_t max_bytes = size_t{1} << 30,
                      MatchOrder order = MatchOrder::kAsDecided);
  // With a budget shared with others.
  TestEngine(const TestRule& rule, abi::AdvanceFn advance, StateBudget& budget);

  // From now on it is given only what it waits for, as RuleDispatch does.
  void Spare() { spares_ = true; }

  void Feed(const TestEvent& event);
  void FeedAll(const std::vector<TestEvent>& events);
  void AdvanceClock(int64_t time) { engine_.AdvanceClock(time); }
  void Finish() { engine_.Finish(); }

  SequenceEngine& engine() { return engine_; }
  const StateBudget& budget() const { return budget_; }
  const std::vector<TestMatch>& matches() const { return matches_; }
  // "A1 B2 | A3 B5": letters and time of each event, `-` at the place of a missing item, `key:` in front if any.
  std::string Text() const;

 private:
  void OnMatch(const SequenceMatch& match) override;
  ItemSet Awaited(const ItemSet& hits) const;

  TestRule rule_;
  const abi::AdvanceSlot advance_;
  SlabPool events_;
  StateBudget own_budget_;
  StateBudget& budget_;
  SequenceEngine engine_;
  TestFrame frame_;
  bool spares_ = false;
  int64_t newest_ = INT64_MIN;
  std::vector<TestEvent> fed_;
  std::vector<TestMatch> matches_;
};

// A transition that follows the order documented in runtime/abi/native.h and uses nothing but its helpers, as generated
// code does; written for any plan.
void ModelAdvance(abi::SequenceState* state, const abi::EventFrame* frame, uint64_t hits,
                  int64_t timestamp_ns) noexcept;

}  // namespace eqlc::testing
