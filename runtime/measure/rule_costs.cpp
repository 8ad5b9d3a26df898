// Tested by tests/unit/compiler/rule_costs_test.cpp.
#include "runtime/measure/rule_costs.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "runtime/match/condition_matcher.h"
#include "runtime/match/event_decoding.h"
#include "runtime/match/partition_store.h"
#include "runtime/program/program.h"

namespace eqlc {
namespace {

// Processor time would be fairer, but to ask for it takes longer than most conditions.
double Now() {
  return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// What two looks at the clock show when nothing is between them.
double ClockNs() {
  double shortest = INFINITY;
  for (int i = 0; i < 1'000; ++i) {
    const double start = Now();
    shortest = std::min(shortest, Now() - start);
  }
  return shortest;
}

struct ConditionCost {
  uint64_t evaluated = 0;
  uint64_t held = 0;
  double ns = 0;
};

class ConditionMeter {
 public:
  ConditionMeter(const Program::Impl& program, const EventLines& events)
      : events_(events),
        decoder_(DecoderFor(program, PartitionStore::Of(program).selection())),
        frame_(FrameFor(program)),
        matcher_(program, Engine::kNative, /*use_index=*/true),
        best_(program.image.conditions().size()) {}

  // Counts are the same each time; of the times the best is kept.
  void Round(bool is_first) {
    std::vector<ConditionCost> costs(best_.size());
    for (size_t i = 0; i < events_.size(); ++i) {
      if (!decoder_.Decode(events_[i], frame_)) continue;
      const abi::EventFrame& frame = frame_.frame();
      for (const abi::ConditionId id : matcher_.Candidates(frame)) Evaluate(frame, id, costs[id]);
    }
    for (size_t id = 0; id < costs.size(); ++id) {
      if (is_first || costs[id].ns < best_[id].ns) best_[id] = costs[id];
    }
  }

  const std::vector<ConditionCost>& best() const { return best_; }

 private:
  void Evaluate(const abi::EventFrame& frame, abi::ConditionId id, ConditionCost& cost) const {
    const double start = Now();
    const bool holds = matcher_.Holds(frame, id);
    cost.ns += std::max(0.0, Now() - start - clock_ns_);
    ++cost.evaluated;
    cost.held += holds ? 1 : 0;
  }

  const double clock_ns_ = ClockNs();
  const EventLines& events_;
  Decoder decoder_;
  FrameBuffer frame_;
  ConditionMatcher matcher_;
  std::vector<ConditionCost> best_;  // [ConditionId]
};

// [ConditionId], each rule once.
std::vector<std::vector<uint32_t>> RulesOfConditions(const Image& image) {
  std::vector<std::vector<uint32_t>> rules(image.conditions().size());
  for (uint32_t r = 0; r < image.rules().size(); ++r) {
    const abi::ImageRule& rule = image.rules()[r];
    const uint32_t count = rule.item_count + (rule.until_item != abi::kNone ? 1 : 0);
    for (uint32_t i = 0; i < count; ++i) {
      const uint32_t item = i < rule.item_count ? rule.first_item + i : rule.until_item;
      std::vector<uint32_t>& of = rules[image.items()[item].condition];
      if (of.empty() || of.back() != r) of.push_back(r);
    }
  }
  return rules;
}

}  // namespace

std::vector<RuleCost> MeasureRuleCosts(const std::shared_ptr<const Program>& program, const EventLines& events,
                                       int rounds) {
  const Image& image = program->impl().image;
  ConditionMeter meter(program->impl(), events);
  for (int round = 0; round < rounds; ++round) meter.Round(round == 0);
  std::vector<RuleCost> costs(image.rules().size());
  for (uint32_t r = 0; r < costs.size(); ++r) costs[r].rule = r;
  const std::vector<std::vector<uint32_t>> rules = RulesOfConditions(image);
  for (size_t id = 0; id < rules.size(); ++id) {
    const ConditionCost& condition = meter.best()[id];
    for (const uint32_t r : rules[id]) {
      costs[r].evaluated += condition.evaluated;
      costs[r].held += condition.held;
      costs[r].ns += condition.ns / static_cast<double>(rules[id].size());
    }
  }
  std::erase_if(costs, [](const RuleCost& cost) { return cost.evaluated == 0; });
  std::ranges::sort(costs,
                    [](const RuleCost& a, const RuleCost& b) { return a.ns != b.ns ? a.ns > b.ns : a.rule < b.rule; });
  return costs;
}

}  // namespace eqlc
