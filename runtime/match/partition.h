// Partition: the conditions that events of one signature can satisfy, as a table of bit vectors. Probing it looks up an
// event's values and leaves the conditions whose requirements they meet.
//
//             condition  0 1 2 3 4 ...       clauses of conditions 0, 1 and 3 are about process.name
//   column process.name
//     constrained        1 1 0 1 0
//     "nc"               1 0 0 1 0           look-up of the event's value
//   alive = alive & (~constrained | looked up)
//
// A column is a set of fields that clauses are about, split into those whose tests are all exact and those with
// patterns; the latter come last, and their patterns are searched only for conditions still alive.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/match/event_values.h"
#include "runtime/match/pattern_table.h"
#include "runtime/match/posting_table.h"
#include "runtime/match/signature.h"
#include "runtime/match/test_keys.h"
#include "runtime/program/program.h"

namespace eqlc {

// What the index did; for benchmarks and tests. Deterministic for a stream.
struct MatchCounters {
  uint64_t events = 0;
  uint64_t conditions = 0;  // in the partitions probed
  uint64_t columns = 0;     // that had to be asked
  uint64_t lookups = 0;     // of values, signatures not counted
  uint64_t scanned = 0;     // values searched for patterns
  uint64_t candidates = 0;  // conditions left to evaluate
};

// Immutable. Thread-safety: safe together.
class Partition {
 public:
  // The conditions that an event of `signature` can satisfy; all conditions when it is null.
  Partition(const Program::Impl& program, const TestKeys& test_keys, const Signature* signature);

  // What is left of a partition for events that have values for some fields only: the conditions that do not need
  // others, and the columns that decide about these conditions.
  struct View {
    std::vector<uint64_t> alive;
    std::vector<uint32_t> columns;  // ascending
    size_t bytes() const { return sizeof(*this) + 8 * alive.capacity() + 4 * columns.capacity(); }
  };

  size_t size() const { return conditions_.size(); }
  size_t bytes() const;

  // The fields that columns are about, as bits by FieldId.
  std::span<const uint64_t> fields() const { return fields_; }
  // For events that have values for the fields `present` and for no other of fields().
  View Restrict(std::span<const uint64_t> present) const;
  // For all events.
  const View& whole() const { return whole_; }

  // Words of scratch memory that Probe needs.
  size_t scratch_words() const { return 2 * words_; }
  // Appends the conditions worth evaluating for an event that the view is for, ascending.
  void Probe(const View& view, EventValues& values, uint64_t* scratch, std::vector<abi::ConditionId>& candidates,
             MatchCounters& counters) const;

 private:
  class Builder;

  // One field of a column.
  struct Source {
    abi::FieldId field = abi::kNone;
    bool numbers = false;                // some literal is a number, which texts may equal
    std::vector<uint64_t> when_present;  // conditions content with any value; empty: none
    PostingTable equal;
    PatternTable patterns;
  };
  struct Column {
    uint32_t first_source;
    uint16_t source_count;
    bool patterned;  // every clause has a pattern
    // The words of bit vectors that the column is about, and where in constrained_ they begin.
    uint32_t first_word;
    uint32_t end_word;
    uint32_t constrained;
    uint64_t first_bits;  // the first of these words; most columns are about no other
  };

  std::span<const Source> SourcesOf(const Column& column) const {
    return std::span(sources_).subspan(column.first_source, column.source_count);
  }
  static void LookUp(const Source& source, EventValues& values, uint64_t* hits, MatchCounters& counters);
  static void SearchPatterns(const Source& source, EventValues& values, uint64_t* hits, MatchCounters& counters);
  void Collect(const uint64_t* alive, std::vector<abi::ConditionId>& candidates) const;

  size_t words_ = 0;  // of a bit vector
  std::vector<abi::ConditionId> conditions_;
  std::vector<Column> columns_;
  std::vector<uint64_t> constrained_;
  std::vector<Source> sources_;
  std::vector<uint64_t> fields_;
  View whole_;
};

}  // namespace eqlc
