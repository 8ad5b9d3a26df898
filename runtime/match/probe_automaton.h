// ProbeAutomaton: from an event's values to the conditions of a partition that are worth evaluating. It asks the
// partition's questions and remembers where answers lead, so that most events walk along steps made before: one
// look-up a value, however many rules there are.
//
//   start (by the fields that events have) --value of process.name--> state --value of ...--> candidates
//
// A step is made when an event takes it first, as long as there is room; without room an event is answered all the
// same, by steps of its own.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/match/event_values.h"
#include "runtime/match/partition.h"
#include "runtime/match/sparse_vectors.h"
#include "runtime/match/text_memo.h"

namespace eqlc {

// What the index did; for benchmarks and tests. Deterministic for a stream.
struct MatchCounters {
  uint64_t events = 0;
  uint64_t conditions = 0;  // in the partitions probed
  uint64_t questions = 0;   // that had to be asked
  uint64_t lookups = 0;     // of values, signatures not counted
  uint64_t scanned = 0;     // values searched for patterns, because they were not known yet
  uint64_t steps = 0;       // that were not known yet
  uint64_t candidates = 0;  // conditions left to evaluate
};

// Thread-safety: none (one per session).
class ProbeAutomaton {
 public:
  // `partition` must outlive the automaton.
  explicit ProbeAutomaton(const Partition& partition);

  // Appends the conditions worth evaluating, ascending. `has_room`: it may take more memory.
  void Probe(EventValues& values, bool has_room, std::vector<abi::ConditionId>& candidates, MatchCounters& counters);

  size_t bytes() const { return bytes_; }

 private:
  using StateId = uint32_t;
  static constexpr StateId kUnknown = UINT32_MAX;
  static constexpr StateId kOwn = UINT32_MAX - 1;  // of this event alone: it is own_
  // Values that pass the same tests of a question are of one class.
  using ValueClass = uint32_t;
  static constexpr ValueClass kNothing = 0;            // passes none
  static constexpr ValueClass kOwnClass = UINT32_MAX;  // of this event alone: it meets own_met_

  struct State {
    uint32_t question;                 // abi::kNone: the candidates are known
    StateId after_nothing = kUnknown;  // where a last value of class kNothing leads
    uint32_t first_candidate = 0;      // in Memory::candidates
    uint32_t end_candidate = 0;
  };
  struct Step {
    uint64_t key = 0;  // 0: the slot is empty
    StateId to = kUnknown;
  };
  // What was found out about values for a question about patterns.
  struct Texts {
    TextMemo classes;
    SparseVectors met;  // [class - 1] needs
    size_t bytes() const { return classes.bytes() + met.bytes(); }
  };
  struct Memory {
    SparseVectors fields;  // that events have
    std::vector<StateId> starts;
    SparseVectors vectors;  // [StateId]
    std::vector<State> states;
    std::vector<abi::ConditionId> candidates;
    std::vector<Step> steps;  // by hash; at most half are taken
    size_t step_count = 0;
    std::vector<Texts> texts;  // [question]
    size_t texts_bytes = 0;
  };

  void Forget();
  void MakeRoom(bool has_room);
  void Measure();

  StateId Start(const uint64_t* present);
  StateId StartAnew();
  StateId Ask(StateId at, uint32_t question, EventValues& values, MatchCounters& counters);
  // For a question about patterns.
  ValueClass ClassOf(uint32_t question, uint32_t value, EventValues& values, MatchCounters& counters);
  ValueClass ClassOfNewText(uint32_t question, uint32_t value, EventValues& values);
  ValueClass KeepMet(uint32_t question);
  std::span<const BitsAt> MetBy(uint32_t question, ValueClass value_class) const;

  // Where a value leads; `last`: the question has no further ones.
  StateId Take(StateId at, uint32_t question, ValueClass value_class, bool last, MatchCounters& counters);
  StateId TakeAnew(StateId at, uint32_t question, ValueClass value_class, bool last);
  StateId KeepOwn();
  void KeepStep(uint64_t key, StateId to);
  size_t StepPlace(uint64_t key) const;

  const Partition& partition_;
  Memory memory_;
  std::vector<uint64_t> fields_;  // what the last event had of the partition's fields
  StateId start_ = kUnknown;      // and where it began
  Partition::State own_;
  std::vector<BitsAt> own_met_;
  std::vector<uint32_t> found_bits_;  // the same, as tests give them
  std::vector<BitsAt> sparse_;        // fields_, when they are looked up
  uint64_t events_ = 0;               // since memory_ was empty
  size_t bytes_ = 0;
  bool may_grow_ = true;
  bool has_grown_ = false;
};

}  // namespace eqlc
