// Partition: the conditions that events of one signature can satisfy, and the questions about an event's values that
// tell which of them are worth evaluating.
//
//   column process.name      condition  0 1 2 3 4 ...     clauses of conditions 0, 1 and 3 are about process.name
//     needs                             1 1 0 1 0
//     met by "nc"                       1 0 0 1 0         the tests that the event's value passes
//   alive = alive & ~(needs & ~met)
//
// A column is a set of fields that clauses are about, split into those whose tests are all exact and those with
// patterns. A question is which of one field's tests the event's values pass: those of columns that are exact about the
// field, or those of the others; the answer meets needs of all these columns at once. The next one is always what
// decides about most of the conditions that are still alive.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/abi/bits.h"
#include "runtime/match/posting_table.h"
#include "runtime/match/signature.h"
#include "runtime/match/test_keys.h"
#include "runtime/program/program.h"
#include "runtime/value/pattern_table.h"

namespace eqlc {

// Immutable. Thread-safety: safe together.
class Partition {
 public:
  // Those of AskedConditions that an event can satisfy whose signature says `parts`; all of them when it is null.
  Partition(const Program::Impl& program, const TestKeys& test_keys, const std::vector<SignaturePart>* parts);

  // The needs that values meet are bits of one vector, column behind column.
  struct Question {
    abi::FieldId field = abi::kNone;
    bool exact = false;
    bool numbers = false;  // some literal is a number, which texts may equal
    PostingTable equal;
    PatternTable patterns;  // not exact
  };

  size_t size() const { return conditions_.size(); }
  size_t bytes() const;
  const Question& question(uint32_t index) const { return questions_[index]; }
  uint32_t question_count() const { return static_cast<uint32_t>(questions_.size()); }
  // The fields that columns are about, as bits by FieldId.
  std::span<const uint64_t> fields() const { return fields_; }

  // How far an event has come. Equal states have the same future.
  //   next question + 1 | answered questions | conditions still alive | needs not met yet, column behind column
  // Of the needs, which soon are few, only words that are not zero are there.
  using State = std::vector<BitsAt>;

  // Of an event that has values for the fields `present` (bits by FieldId) and for no other of fields().
  void Start(std::span<const uint64_t> present, State& state) const;
  // The question to ask; abi::kNone when none is left that matters.
  static uint32_t Next(const State& state) { return static_cast<uint32_t>(state[0].bits) - 1; }
  // A value of the question's field passes these tests: needs, ascending.
  void Meet(std::span<const BitsAt> met, State& state) const;
  // All values of the question's field have been looked at.
  void Close(uint32_t question, State& state) const;
  // Appends the conditions that are alive, ascending.
  void Collect(const State& state, std::vector<abi::ConditionId>& candidates) const;

 private:
  class Builder;

  struct Column {
    uint32_t first_question;  // in column_questions_
    uint32_t question_count;
  };
  // A word of needs_: whose it is, and which word of conditions it is about.
  struct Need {
    uint32_t column;
    uint32_t word;
  };
  // Needs that any value of a field meets.
  struct Presence {
    abi::FieldId field;
    uint32_t first;  // in met_by_presence_
    uint32_t end;
  };

  static constexpr size_t kAnsweredAt = 1;
  size_t alive_at() const { return kAnsweredAt + answer_words_; }
  size_t needs_at() const { return alive_at() + words_; }
  static bool IsAnswered(uint32_t question, const State& state) {
    return (state[kAnsweredAt + question / bits::kWordBits].bits & bits::Mask(question)) != 0;
  }
  uint32_t ColumnOf(const BitsAt& needs) const { return needs_of_[needs.word - needs_at()].column; }
  uint64_t& AliveFor(const BitsAt& needs, State& state) const {
    return state[alive_at() + needs_of_[needs.word - needs_at()].word].bits;
  }
  // All questions of the column are answered.
  bool IsClosed(uint32_t column, const State& state) const;
  // REQUIRES: it is not closed.
  uint32_t FirstUnanswered(uint32_t column, const State& state) const;
  void Settle(State& state, uint32_t answered) const;
  // The question to ask next; kNone when no need is left.
  uint32_t Choose(const State& state) const;

  size_t words_ = 0;         // of a bit vector of conditions
  size_t answer_words_ = 0;  // of one of questions
  std::vector<abi::ConditionId> conditions_;
  std::vector<Column> columns_;
  std::vector<uint32_t> column_questions_;  // exact ones first
  std::vector<uint64_t> column_masks_;      // the same as bits, answer_words_ each
  std::vector<Question> questions_;
  std::vector<uint64_t> needs_;  // of all columns
  std::vector<Need> needs_of_;   // parallel to needs_
  std::vector<Presence> presences_;
  std::vector<BitsAt> met_by_presence_;
  std::vector<uint64_t> fields_;
};

}  // namespace eqlc
