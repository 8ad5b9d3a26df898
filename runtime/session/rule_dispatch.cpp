#include "runtime/session/rule_dispatch.h"

#include <algorithm>

namespace eqlc {
namespace {

// A rule whose last item is missing completes by the clock, not by an event (docs/semantics.md section 5.6).
bool EndsMissing(const Image& image, const abi::ImageRule& rule) {
  return rule.item_count > 0 && image.items()[rule.first_item + rule.item_count - 1].missing;
}

}  // namespace

RuleDispatch::RuleDispatch(const Program::Impl& program, Engine engine, size_t max_state_bytes, AlertOutput& output,
                           PartialFilter& filter)
    : output_(output), budget_(max_state_bytes) {
  const Image& image = program.image;
  uses_.resize(image.conditions().size());
  sequences_.resize(image.rules().size());
  hits_.resize(image.rules().size());
  const bool native = engine == Engine::kNative && program.native;
  for (uint32_t r = 0; r < image.rules().size(); ++r) {
    const abi::ImageRule& rule = image.rules()[r];
    for (uint32_t i = 0; i < rule.item_count; ++i) {
      uses_[image.items()[rule.first_item + i].condition].push_back({r, i});
    }
    if (rule.kind == static_cast<uint8_t>(RuleKind::kEvent)) continue;
    if (rule.until_item != abi::kNone) {
      uses_[image.items()[rule.until_item].condition].push_back({r, rule.item_count});
    }
    const abi::AdvanceFn advance = native ? program.native->tables().advance[r] : nullptr;
    sequences_[r] = std::make_unique<SequenceEngine>(program, r, advance, budget_, output, &filter);
    sequence_rules_.push_back(r);
    if (EndsMissing(image, rule)) awaiting_.push_back(r);
  }
}

bool RuleDispatch::Dispatch(CurrentEvent& event, std::optional<int64_t> timestamp_ns, const abi::EventFrame& frame,
                            const std::vector<abi::ConditionId>& matched) {
  touched_.clear();
  for (abi::ConditionId condition : matched) {
    for (const Use& use : uses_[condition]) {
      Hits& hits = hits_[use.rule];
      if (!hits.any) touched_.push_back(use.rule);
      hits.any = true;
      hits.items.set(use.item);
    }
  }
  std::sort(touched_.begin(), touched_.end());
  if (timestamp_ns) AdvanceClocks(*timestamp_ns);
  bool left_out = false;
  for (uint32_t rule : touched_) {
    if (!sequences_[rule]) {
      output_.OnEvent(rule, event);
    } else if (timestamp_ns) {
      sequences_[rule]->Advance(event, frame, hits_[rule].items);
    } else {
      left_out = true;
    }
    hits_[rule] = {};
  }
  return left_out;
}

// Matches that wait for the clock are released on time; expiry of partials, which nobody can observe but in memory,
// visits one rule an event.
void RuleDispatch::AdvanceClocks(int64_t timestamp_ns) {
  for (uint32_t rule : awaiting_) AdvanceClock(rule, timestamp_ns);
  if (sequence_rules_.empty()) return;
  sweep_ = (sweep_ + 1) % sequence_rules_.size();
  AdvanceClock(sequence_rules_[sweep_], timestamp_ns);
}

void RuleDispatch::AdvanceClock(uint32_t rule, int64_t timestamp_ns) {
  if (sequences_[rule]->NextDue() <= timestamp_ns) sequences_[rule]->AdvanceClock(timestamp_ns);
}

void RuleDispatch::Finish() {
  for (uint32_t rule : sequence_rules_) sequences_[rule]->Finish();
}

}  // namespace eqlc
