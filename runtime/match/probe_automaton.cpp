// Tested by tests/unit/compiler/index/rule_index_test.cpp and the differential tests.
#include "runtime/match/probe_automaton.h"

#include <algorithm>
#include <utility>

#include "eqlc/limits.hpp"
#include "runtime/match/value_key.h"

namespace eqlc {
namespace {

// A full memory is given up when its states have served so many events each; until then its size is worth it, or what
// comes is too varied for any memory.
constexpr uint64_t kEventsPerState = 16;
// Longer texts seldom come again.
constexpr size_t kMaxRememberedText = 4096;
constexpr size_t kFirstSteps = 64;

// Never 0, as no step of class 0 is kept by key.
uint64_t StepKey(uint32_t state, uint32_t value_class, bool last) {
  return uint64_t{state} << 33 | uint64_t{value_class} << 1 | (last ? 1 : 0);
}

// The bits of a vector by words. Sorts `bits`.
void Gather(std::vector<uint32_t>& bits, std::vector<BitsAt>& words) {
  std::ranges::sort(bits);
  words.clear();
  for (const uint32_t bit : bits) {
    const BitsAt at = BitAt(bit);
    if (words.empty() || words.back().word != at.word) words.push_back({at.word, 0});
    words.back().bits |= at.bits;
  }
}

template <typename T>
size_t BytesOf(const std::vector<T>& vector) {
  return vector.capacity() * sizeof(T);
}

}  // namespace

ProbeAutomaton::ProbeAutomaton(const Partition& partition) : partition_(partition), fields_(partition.fields().size()) {
  Forget();
}

void ProbeAutomaton::Forget() {
  memory_ = Memory();
  memory_.steps.resize(kFirstSteps);
  memory_.texts.resize(partition_.question_count());
  start_ = kUnknown;
  events_ = 0;
  Measure();
}

void ProbeAutomaton::Measure() {
  bytes_ = sizeof(*this) + BytesOf(fields_) + BytesOf(own_) + BytesOf(found_bits_) + BytesOf(own_met_) +
           BytesOf(sparse_) + memory_.fields.bytes() + BytesOf(memory_.starts) + memory_.vectors.bytes() +
           BytesOf(memory_.states) + BytesOf(memory_.candidates) + BytesOf(memory_.steps) + BytesOf(memory_.texts) +
           memory_.texts_bytes;
  has_grown_ = false;
}

void ProbeAutomaton::MakeRoom(bool has_room) {
  may_grow_ = has_room && bytes_ < limits::kMaxAutomatonBytes;
  if (!may_grow_ && events_ >= kEventsPerState * (memory_.states.size() + 1)) {
    Forget();
    may_grow_ = has_room;
  }
  ++events_;
}

void ProbeAutomaton::Probe(EventValues& values, bool has_room, std::vector<abi::ConditionId>& candidates,
                           MatchCounters& counters) {
  counters.conditions += partition_.size();
  if (partition_.size() == 0) return;
  MakeRoom(has_room);
  StateId at = Start(values.frame().present);
  for (;;) {
    const uint32_t question = at == kOwn ? Partition::Next(own_) : memory_.states[at].question;
    if (question == abi::kNone) break;
    at = Ask(at, question, values, counters);
  }
  if (at == kOwn) {
    partition_.Collect(own_, candidates);
  } else {
    const State& end = memory_.states[at];
    candidates.insert(candidates.end(), memory_.candidates.begin() + end.first_candidate,
                      memory_.candidates.begin() + end.end_candidate);
  }
  if (has_grown_) Measure();
}

ProbeAutomaton::StateId ProbeAutomaton::Start(const uint64_t* present) {
  uint64_t differs = 0;
  for (size_t w = 0; w < fields_.size(); ++w) {
    const uint64_t word = present[w] & partition_.fields()[w];
    differs |= word ^ fields_[w];
    fields_[w] = word;
  }
  if (differs != 0 || start_ >= kOwn) start_ = StartAnew();
  return start_;
}

ProbeAutomaton::StateId ProbeAutomaton::StartAnew() {
  Squeeze(fields_, sparse_);
  if (const uint32_t known = memory_.fields.Find(sparse_); known != SparseVectors::kNone) return memory_.starts[known];
  partition_.Start(fields_, own_);
  const StateId at = KeepOwn();
  if (at != kOwn && may_grow_) {
    memory_.fields.Add(sparse_);
    memory_.starts.push_back(at);
  }
  return at;
}

ProbeAutomaton::StateId ProbeAutomaton::Ask(StateId at, uint32_t question, EventValues& values,
                                            MatchCounters& counters) {
  const Partition::Question& asked = partition_.question(question);
  const abi::FieldSlot& slot = values.slot(asked.field);
  ++counters.questions;
  counters.lookups += slot.count;
  if (slot.count == 0) return Take(at, question, kNothing, /*last=*/true, counters);
  const uint32_t last = slot.first + slot.count - 1;
  for (uint32_t i = slot.first; i <= last; ++i) {
    ValueClass found = kNothing;
    if (!asked.exact) {
      found = ClassOf(question, i, values, counters);
    } else {
      found = asked.equal.Find(values.Key(i));
      if (asked.numbers && values.value(i).is_string()) {
        const uint64_t number = NumberKeyOf(values.value(i).text());
        if (number != 0) at = Take(at, question, asked.equal.Find(number), /*last=*/false, counters);
      }
    }
    at = Take(at, question, found, i == last, counters);
  }
  return at;
}

ProbeAutomaton::ValueClass ProbeAutomaton::ClassOf(uint32_t question, uint32_t value, EventValues& values,
                                                   MatchCounters& counters) {
  if (!values.value(value).is_string()) {
    found_bits_.clear();
    partition_.question(question).equal.AddTo(values.Key(value), found_bits_);
    return KeepMet(question);
  }
  const uint32_t known = memory_.texts[question].classes.Find(values.Key(value), values.value(value).text());
  if (known != TextMemo::kNone) return known;
  ++counters.scanned;
  return ClassOfNewText(question, value, values);
}

ProbeAutomaton::ValueClass ProbeAutomaton::ClassOfNewText(uint32_t question, uint32_t value, EventValues& values) {
  const Partition::Question& asked = partition_.question(question);
  const std::string_view text = values.value(value).text();
  found_bits_.clear();
  asked.patterns.Find(values.Folded(value), found_bits_);
  asked.equal.AddTo(values.Key(value), found_bits_);
  if (asked.numbers) asked.equal.AddTo(NumberKeyOf(text), found_bits_);
  const ValueClass found = KeepMet(question);
  Texts& texts = memory_.texts[question];
  const size_t bytes_before = texts.bytes();
  if (found != kOwnClass && may_grow_ && text.size() <= kMaxRememberedText) {
    texts.classes.Add(values.Key(value), text, found);
  }
  memory_.texts_bytes += texts.bytes() - bytes_before;
  has_grown_ = true;
  return found;
}

// The class of a value that passes the tests of found_bits_.
ProbeAutomaton::ValueClass ProbeAutomaton::KeepMet(uint32_t question) {
  Gather(found_bits_, own_met_);
  if (own_met_.empty()) return kNothing;
  SparseVectors& met = memory_.texts[question].met;
  const size_t bytes_before = met.bytes();
  const uint32_t number = may_grow_ ? met.Add(own_met_) : met.Find(own_met_);
  memory_.texts_bytes += met.bytes() - bytes_before;
  has_grown_ |= met.bytes() != bytes_before;
  return number == SparseVectors::kNone ? kOwnClass : number + 1;
}

std::span<const BitsAt> ProbeAutomaton::MetBy(uint32_t question, ValueClass value_class) const {
  if (value_class == kNothing) return {};
  if (value_class == kOwnClass) return own_met_;
  const Partition::Question& asked = partition_.question(question);
  return asked.exact ? asked.equal.Set(value_class) : memory_.texts[question].met[value_class - 1];
}

ProbeAutomaton::StateId ProbeAutomaton::Take(StateId at, uint32_t question, ValueClass value_class, bool last,
                                             MatchCounters& counters) {
  if (value_class == kNothing && !last) return at;
  if (at != kOwn && value_class != kOwnClass) {
    const StateId known = value_class == kNothing ? memory_.states[at].after_nothing
                                                  : memory_.steps[StepPlace(StepKey(at, value_class, last))].to;
    if (known != kUnknown) return known;
  }
  ++counters.steps;
  return TakeAnew(at, question, value_class, last);
}

ProbeAutomaton::StateId ProbeAutomaton::TakeAnew(StateId at, uint32_t question, ValueClass value_class, bool last) {
  if (at != kOwn) {
    const std::span<const BitsAt> kept = memory_.vectors[at];
    own_.assign(kept.begin(), kept.end());
  }
  partition_.Meet(MetBy(question, value_class), own_);
  if (last) partition_.Close(question, own_);
  const StateId to = KeepOwn();
  if (at == kOwn || to == kOwn || value_class == kOwnClass || !may_grow_) return to;
  if (value_class == kNothing) {
    memory_.states[at].after_nothing = to;
  } else {
    KeepStep(StepKey(at, value_class, last), to);
  }
  return to;
}

// The state own_ as one of the memory; kOwn when it is not there and there is no room.
ProbeAutomaton::StateId ProbeAutomaton::KeepOwn() {
  if (!may_grow_) {
    const uint32_t known = memory_.vectors.Find(own_);
    return known == SparseVectors::kNone ? kOwn : known;
  }
  const StateId id = memory_.vectors.Add(own_);
  if (id < memory_.states.size()) return id;
  has_grown_ = true;
  State& state = memory_.states.emplace_back(State{Partition::Next(own_)});
  if (state.question == abi::kNone) {
    state.first_candidate = static_cast<uint32_t>(memory_.candidates.size());
    partition_.Collect(own_, memory_.candidates);
    state.end_candidate = static_cast<uint32_t>(memory_.candidates.size());
  }
  return id;
}

void ProbeAutomaton::KeepStep(uint64_t key, StateId to) {
  if (2 * (memory_.step_count + 1) > memory_.steps.size()) {
    const std::vector<Step> old = std::exchange(memory_.steps, std::vector<Step>(2 * memory_.steps.size()));
    for (const Step& step : old) {
      if (step.key != 0) memory_.steps[StepPlace(step.key)] = step;
    }
  }
  memory_.steps[StepPlace(key)] = {key, to};
  ++memory_.step_count;
  has_grown_ = true;
}

// Where the step is or would be.
size_t ProbeAutomaton::StepPlace(uint64_t key) const {
  const size_t mask = memory_.steps.size() - 1;
  size_t at = (key * 0x9E3779B97F4A7C15 >> 32) & mask;  // 2^64 / golden ratio
  while (memory_.steps[at].key != key && memory_.steps[at].key != 0) at = (at + 1) & mask;
  return at;
}

}  // namespace eqlc
