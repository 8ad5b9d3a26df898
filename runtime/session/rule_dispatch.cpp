#include "runtime/session/rule_dispatch.h"

#include <algorithm>

namespace eqlc {
namespace {

// A visit touches memory that the event itself has no use for.
constexpr uint64_t kEventsPerIdleVisit = 8;

// A rule whose last item is missing completes by the clock, not by an event (docs/semantics.md section 5.6).
bool EndsMissing(const Image& image, const abi::ImageRule& rule) {
  return rule.item_count > 0 && image.items()[rule.first_item + rule.item_count - 1].missing;
}

FilterMask SampleFilters(const ItemSet& items) {
  return static_cast<FilterMask>((items & ItemSet(AllFilters(limits::kMaxSampleItems))).to_ulong());
}

}  // namespace

RuleDispatch::RuleDispatch(const Program::Impl& program, const SessionOptions& options, AlertOutput& output,
                           PartialFilter& filter)
    : program_(program), output_(output), filter_(filter), budget_(options.max_state_bytes) {
  const Image& image = program.image;
  uses_.resize(image.conditions().size());
  reads_fields_.resize(image.conditions().size());
  sequences_.resize(image.rules().size());
  samples_.resize(image.rules().size());
  joins_.resize(image.rules().size());
  hits_.resize(image.rules().size());
  awaits_.resize(image.rules().size());
  for (uint32_t r = 0; r < image.rules().size(); ++r) {
    const abi::ImageRule& rule = image.rules()[r];
    const auto use = [&](uint32_t item, uint32_t number) {
      const abi::ConditionId condition = image.items()[item].condition;
      uses_[condition].push_back({r, number});
      if (rule.kind != static_cast<uint8_t>(RuleKind::kEvent)) reads_fields_[condition] = true;
    };
    for (uint32_t i = 0; i < rule.item_count; ++i) use(rule.first_item + i, i);
    if (rule.until_item != abi::kNone) use(rule.until_item, rule.item_count);
    if (rule.kind == static_cast<uint8_t>(RuleKind::kSequence)) AddSequence(r, options);
    if (rule.kind == static_cast<uint8_t>(RuleKind::kSample)) AddSample(r, options);
    if (rule.kind == static_cast<uint8_t>(RuleKind::kJoin)) {
      joins_[r] = std::make_unique<JoinEngine>(BuildSequencePlan(image, r), budget_, output);
    }
  }
}

bool RuleDispatch::ReadsFields(std::span<const abi::ConditionId> matched) const {
  return std::ranges::any_of(matched, [this](abi::ConditionId id) { return reads_fields_[id]; });
}

void RuleDispatch::AddSequence(uint32_t rule, const SessionOptions& options) {
  const bool native = options.engine == Engine::kNative && program_.native;
  const abi::AdvanceSlot* advance = native ? program_.native->tables().advance + rule : nullptr;
  sequences_[rule] = std::make_unique<SequenceEngine>(BuildSequencePlan(program_.image, rule), advance,
                                                      options.match_order, budget_, output_, &filter_);
  sequence_rules_.push_back(rule);
  if (EndsMissing(program_.image, program_.image.rules()[rule])) {
    awaiting_.push_back(rule);
    awaits_[rule] = true;
  }
}

void RuleDispatch::AddSample(uint32_t rule, const SessionOptions& options) {
  const uint32_t per_key = std::clamp<uint32_t>(options.max_samples_per_key, 1, limits::kMaxSamplesPerKey);
  const SampleOptions sample_options{per_key, options.match_order == MatchOrder::kAsListed};
  samples_[rule] =
      std::make_unique<SampleEngine>(BuildSamplePlan(program_.image, rule), sample_options, budget_, output_);
}

bool RuleDispatch::Dispatch(CurrentEvent& event, std::optional<int64_t> timestamp_ns, const abi::EventFrame& frame,
                            std::span<const abi::ConditionId> matched) {
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
    if (samples_[rule]) {
      samples_[rule]->Advance(event, timestamp_ns, frame, SampleFilters(hits_[rule].items));
    } else if (joins_[rule]) {
      joins_[rule]->Advance(event, frame, hits_[rule].items);
    } else if (!sequences_[rule]) {
      output_.OnEvent(rule, event);
    } else if (timestamp_ns) {
      sequences_[rule]->Advance(event, frame, hits_[rule].items);
      if (awaits_[rule]) awaited_due_ns_ = std::min(awaited_due_ns_, sequences_[rule]->NextDue());
    } else {
      left_out = true;
    }
    hits_[rule] = {};
  }
  return left_out;
}

// Matches that wait for the clock are released on time; expiry of partials, which nobody can observe but in memory,
// visits one rule an event, and fewer once a round has found nothing due.
void RuleDispatch::AdvanceClocks(int64_t timestamp_ns) {
  if (awaited_due_ns_ <= timestamp_ns) {
    awaited_due_ns_ = INT64_MAX;
    for (uint32_t rule : awaiting_) {
      AdvanceClock(rule, timestamp_ns);
      awaited_due_ns_ = std::min(awaited_due_ns_, sequences_[rule]->NextDue());
    }
  }
  if (sequence_rules_.empty()) return;
  if (idle_visits_ >= sequence_rules_.size() && ++events_ % kEventsPerIdleVisit != 0) return;
  sweep_ = (sweep_ + 1) % sequence_rules_.size();
  idle_visits_ = AdvanceClock(sequence_rules_[sweep_], timestamp_ns) ? 0 : idle_visits_ + 1;
}

bool RuleDispatch::AdvanceClock(uint32_t rule, int64_t timestamp_ns) {
  if (sequences_[rule]->NextDue() > timestamp_ns) return false;
  sequences_[rule]->AdvanceClock(timestamp_ns);
  return true;
}

void RuleDispatch::Finish() {
  for (uint32_t rule = 0; rule < sequences_.size(); ++rule) {
    if (sequences_[rule]) sequences_[rule]->Finish();
    if (samples_[rule]) samples_[rule]->Finish();
  }
}

}  // namespace eqlc
