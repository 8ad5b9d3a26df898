#include "runtime/session/rule_dispatch.h"

#include <algorithm>

#include "runtime/match/asked_conditions.h"

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
    : program_(program),
      output_(output),
      filter_(filter),
      budget_(options.max_state_bytes),
      awaited_(program.image.conditions().size()) {
  const Image& image = program.image;
  uses_.resize(image.conditions().size());
  reads_fields_.resize(image.conditions().size());
  sequences_.resize(image.rules().size());
  samples_.resize(image.rules().size());
  joins_.resize(image.rules().size());
  is_open_.resize(image.rules().size());
  open_at_.resize(image.rules().size());
  hits_.resize(image.rules().size());
  is_timed_.resize(image.rules().size());
  for (const abi::ConditionId condition : LineageConditions(image)) awaited_.Add(condition);
  for (uint32_t r = 0; r < image.rules().size(); ++r) {
    const abi::ImageRule& rule = image.rules()[r];
    if (rule.kind == static_cast<uint8_t>(RuleKind::kSequence)) AddSequence(r, options);
    if (rule.kind == static_cast<uint8_t>(RuleKind::kSample)) AddSample(r, options);
    const auto use = [&](uint32_t item, uint32_t number) {
      const abi::ConditionId condition = image.items()[item].condition;
      const bool needs_partial = sequences_[r] && sequences_[r]->plan().items[number].needs_partial();
      uses_[condition].push_back({r, number, needs_partial});
      if (!needs_partial) awaited_.Add(condition);
      if (rule.kind != static_cast<uint8_t>(RuleKind::kEvent)) reads_fields_[condition] = true;
    };
    for (uint32_t i = 0; i < rule.item_count; ++i) use(rule.first_item + i, i);
    if (rule.until_item != abi::kNone) use(rule.until_item, rule.item_count);
    if (rule.kind == static_cast<uint8_t>(RuleKind::kJoin)) {
      joins_[r] = std::make_unique<JoinEngine>(BuildSequencePlan(image, r), budget_, output);
    }
  }
}

bool RuleDispatch::ReadsFields(std::span<const abi::ConditionId> matched) const {
  return std::ranges::any_of(matched, [this](abi::ConditionId id) { return reads_fields_[id] && awaited_.Has(id); });
}

void RuleDispatch::AddSequence(uint32_t rule, const SessionOptions& options) {
  const bool native = options.engine == Engine::kNative && program_.native;
  const abi::AdvanceSlot* advance = native ? program_.native->tables().advance + rule : nullptr;
  sequences_[rule] = std::make_unique<SequenceEngine>(BuildSequencePlan(program_.image, rule), advance,
                                                      options.match_order, budget_, output_, &filter_);
  if (EndsMissing(program_.image, program_.image.rules()[rule])) {
    timed_rules_.push_back(rule);
    is_timed_[rule] = true;
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
  // Those of the event before, also if memory ran out half-way through it.
  for (uint32_t rule : touched_) hits_[rule] = {};
  touched_.clear();
  for (abi::ConditionId condition : matched) {
    for (const Use& use : uses_[condition]) {
      if (use.needs_partial && timestamp_ns && !is_open_[use.rule]) continue;
      Hits& hits = hits_[use.rule];
      if (!hits.any) touched_.push_back(use.rule);
      hits.any = true;
      hits.items.set(use.item);
    }
  }
  std::sort(touched_.begin(), touched_.end());
  if (timestamp_ns) {
    newest_ns_ = std::max(newest_ns_, *timestamp_ns);
    clock_.Observe(*timestamp_ns);
    AdvanceClocks();
  }
  bool left_out = false;
  for (uint32_t rule : touched_) {
    if (samples_[rule]) {
      samples_[rule]->Advance(event, timestamp_ns, frame, SampleFilters(hits_[rule].items));
    } else if (joins_[rule]) {
      joins_[rule]->Advance(event, frame, hits_[rule].items);
    } else if (!sequences_[rule]) {
      output_.OnEvent(rule, event);
    } else if (timestamp_ns) {
      AdvanceSequence(rule, event, frame);
    } else {
      left_out = true;
    }
  }
  return left_out;
}

void RuleDispatch::AdvanceSequence(uint32_t rule, CurrentEvent& event, const abi::EventFrame& frame) {
  SequenceEngine& sequence = *sequences_[rule];
  // What it was not given moved its clock all the same.
  if (!is_open_[rule]) sequence.AdvanceClock(clock_.now_ns());
  sequence.Advance(event, frame, hits_[rule].items, clock_.now_ns());
  if (is_timed_[rule]) timed_due_ns_ = std::min(timed_due_ns_, sequence.NextDue());
  NoteOpen(rule);
}

// One that an eviction has closed is taken for open until its next event, which costs an evaluation and nothing else.
void RuleDispatch::NoteOpen(uint32_t rule) {
  const SequenceEngine& sequence = *sequences_[rule];
  if (sequence.IsOpen() == is_open_[rule]) return;
  is_open_[rule] = sequence.IsOpen();
  if (is_open_[rule]) {
    open_at_[rule] = static_cast<uint32_t>(open_rules_.size());
    open_rules_.push_back(rule);
  } else {
    const uint32_t last = open_rules_.back();
    open_rules_[open_at_[rule]] = last;
    open_at_[last] = open_at_[rule];
    open_rules_.pop_back();
  }
  const abi::ImageRule& entry = program_.image.rules()[rule];
  for (uint32_t i = 0; i < entry.item_count; ++i) {
    if (!sequence.plan().items[i].needs_partial()) continue;
    const abi::ConditionId condition = program_.image.items()[entry.first_item + i].condition;
    if (is_open_[rule]) {
      awaited_.Add(condition);
    } else {
      awaited_.Remove(condition);
    }
  }
}

// Matches that wait for the clock are released on time; expiry of partials, which nobody can observe but in memory,
// visits one rule an event, and fewer once a round has found nothing due.
void RuleDispatch::AdvanceClocks() {
  if (timed_due_ns_ <= clock_.now_ns()) {
    timed_due_ns_ = INT64_MAX;
    for (uint32_t rule : timed_rules_) {
      AdvanceClock(rule);
      timed_due_ns_ = std::min(timed_due_ns_, sequences_[rule]->NextDue());
    }
  }
  if (open_rules_.empty()) return;
  if (idle_visits_ >= open_rules_.size() && ++events_ % kEventsPerIdleVisit != 0) return;
  sweep_ = (sweep_ + 1) % open_rules_.size();
  if (hits_[open_rules_[sweep_]].any) return;  // the event moves its clock, and that is enough for one event
  idle_visits_ = AdvanceClock(open_rules_[sweep_]) ? 0 : idle_visits_ + 1;
}

void RuleDispatch::AdvanceTime(int64_t timestamp_ns) {
  newest_ns_ = std::max(newest_ns_, timestamp_ns);
  clock_.AdvanceTo(timestamp_ns);
  AdvanceClocks();
}

bool RuleDispatch::AdvanceClock(uint32_t rule) {
  if (sequences_[rule]->NextDue() > clock_.now_ns()) return false;
  sequences_[rule]->AdvanceClock(clock_.now_ns());
  NoteOpen(rule);
  return true;
}

void RuleDispatch::Finish() {
  for (uint32_t rule = 0; rule < sequences_.size(); ++rule) {
    if (sequences_[rule]) sequences_[rule]->Finish();
    if (samples_[rule]) samples_[rule]->Finish();
  }
}

}  // namespace eqlc
