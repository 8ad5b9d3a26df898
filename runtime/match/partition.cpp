// Tested by tests/unit/compiler/index/rule_index_test.cpp and the differential tests.
#include "runtime/match/partition.h"

#include <algorithm>
#include <bit>
#include <map>
#include <tuple>
#include <utility>

#include "runtime/match/asked_conditions.h"
#include "runtime/value/ascii.h"

namespace eqlc {
namespace {

// More clauses of one condition are more columns to pass by, and kill little that those did not.
constexpr size_t kMaxOpenClauses = 4;

void SetBit(std::vector<uint64_t>& bits, uint32_t bit) {
  if (bits.size() <= bit / 64) bits.resize(bit / 64 + 1);
  bits[bit / 64] |= uint64_t{1} << (bit % 64);
}

void SetBit(uint64_t* bits, uint32_t bit) { bits[bit / 64] |= uint64_t{1} << (bit % 64); }

size_t CountBits(const std::vector<uint64_t>& bits) {
  size_t count = 0;
  for (const uint64_t word : bits) count += static_cast<size_t>(std::popcount(word));
  return count;
}

}  // namespace

// Collects the clauses that a signature leaves open, column by column.
class Partition::Builder {
 public:
  Builder(const Program::Impl& program, const TestKeys& test_keys, const Signature* signature)
      : program_(program), image_(program.image), test_keys_(test_keys), asked_(AskedConditions(image_)) {
    if (signature == nullptr) return;
    parts_ = signature->Parts();
    for (const abi::ImageSignatureField& part : image_.signature()) signature_fields_.push_back(part.field);
  }

  void Build(Partition& partition) {
    for (const abi::ConditionId id : asked_) {
      if (!OpenClauses(image_.requirements()[id])) continue;
      const auto bit = static_cast<uint32_t>(partition.conditions_.size());
      partition.conditions_.push_back(id);
      uint32_t first = 0;
      for (const uint32_t end : open_ends_) {
        AddClause(std::span(open_).subspan(first, end - first), bit);
        first = end;
      }
    }
    partition.words_ = (partition.conditions_.size() + 63) / 64;
    partition.fields_.resize((image_.fields().size() + 63) / 64);
    for (Draft* draft : Ordered()) Add(*draft, partition);
    AddQuestions(partition);
  }

 private:
  // The tests of a column: what they are about and the condition that they are of.
  struct TestDraft {
    uint32_t test;
    uint32_t condition;  // bit in vectors of conditions
  };
  struct Draft {
    std::vector<uint64_t> needs;
    bool patterned = false;
    std::vector<TestDraft> tests;
  };
  // Tests of one field, of all columns.
  struct QuestionDraft {
    uint32_t index = abi::kNone;
    bool numbers = false;
    std::vector<PostingTable::Entry> equal;
    std::vector<PatternTable::Pattern> patterns;
  };
  enum class Verdict : uint8_t { kOpen, kPassed, kFailed };

  // What the signature says of a test.
  Verdict Decide(uint32_t index) const {
    const abi::ImageTest& test = image_.tests()[index];
    const auto at = std::ranges::find(signature_fields_, test.field);
    if (at == signature_fields_.end()) return Verdict::kOpen;
    const Signature::Part& part = parts_[static_cast<size_t>(at - signature_fields_.begin())];
    if (!part.present) return Verdict::kFailed;
    if (test.kind == abi::TestKind::kPresent) return Verdict::kPassed;
    if (test.kind != abi::TestKind::kEqual) return Verdict::kOpen;
    for (const uint64_t key : test_keys_.keys(index)) {
      if (key != 0 && std::ranges::find(part.keys, key) != part.keys.end()) return Verdict::kPassed;
    }
    return Verdict::kFailed;
  }

  // The clauses that the signature does not satisfy, without the tests that it fails, go to open_, as far as they are
  // worth a column. False when it fails a whole clause.
  bool OpenClauses(const abi::ImageRequirement& requirement) {
    open_.clear();
    open_ends_.clear();
    for (uint32_t c = requirement.first_clause; c < requirement.first_clause + requirement.clause_count; ++c) {
      const abi::ImageClause& clause = image_.clauses()[c];
      const size_t first = open_.size();
      bool passed = false;
      bool present = false;
      for (uint32_t test = clause.first_test; test < clause.first_test + clause.test_count && !passed; ++test) {
        const Verdict verdict = Decide(test);
        passed = verdict == Verdict::kPassed;
        present |= image_.tests()[test].kind == abi::TestKind::kPresent;
        if (verdict == Verdict::kOpen) open_.push_back(test);
      }
      if (!passed && open_.size() == first) return false;
      // Clauses come best first, and mere presence beside a better clause hardly kills anything.
      const bool is_worth = open_ends_.empty() || (!present && open_ends_.size() < kMaxOpenClauses);
      if (passed || !is_worth) {
        open_.resize(first);
      } else {
        open_ends_.push_back(static_cast<uint32_t>(open_.size()));
      }
    }
    return true;
  }

  void AddClause(std::span<const uint32_t> clause, uint32_t bit) {
    std::vector<abi::FieldId> fields;
    bool exact = true;
    for (const uint32_t index : clause) {
      const abi::ImageTest& test = image_.tests()[index];
      if (std::ranges::find(fields, test.field) == fields.end()) fields.push_back(test.field);
      exact &= test.kind == abi::TestKind::kEqual || test.kind == abi::TestKind::kPresent;
    }
    std::ranges::sort(fields);
    Draft& draft = drafts_[{!exact, std::move(fields)}];
    SetBit(draft.needs, bit);
    draft.patterned = !exact;
    for (const uint32_t index : clause) draft.tests.push_back({index, bit});
  }

  // Exact columns that decide about most conditions first: what is dead needs no further look-ups.
  std::vector<Draft*> Ordered() {
    struct Ranked {
      bool patterned;
      size_t spared;  // conditions that the column says nothing about
      size_t place;   // makes the order total
      Draft* draft;
      auto rank() const { return std::tuple(patterned, spared, place); }
    };
    std::vector<Ranked> ranked;
    for (auto& [key, draft] : drafts_) {
      ranked.push_back({draft.patterned, SIZE_MAX - CountBits(draft.needs), ranked.size(), &draft});
    }
    std::ranges::sort(ranked, {}, &Ranked::rank);
    std::vector<Draft*> ordered;
    for (const Ranked& entry : ranked) ordered.push_back(entry.draft);
    return ordered;
  }

  void Add(const Draft& draft, Partition& partition) {
    const auto first = std::ranges::find_if(draft.needs, [](uint64_t word) { return word != 0; });
    Column column{static_cast<uint32_t>(first - draft.needs.begin()), static_cast<uint32_t>(draft.needs.size()),
                  static_cast<uint32_t>(partition.needs_.size()),
                  static_cast<uint32_t>(partition.column_questions_.size()), 0};
    partition.needs_.insert(partition.needs_.end(), first, draft.needs.end());
    std::vector<uint32_t> exact;
    std::vector<uint32_t> patterned;
    for (const TestDraft& entry : draft.tests) {
      const abi::ImageTest& test = image_.tests()[entry.test];
      const uint32_t bit = entry.condition + 64 * (column.needs - column.first_word);
      SetBit(partition.fields_, test.field);
      if (test.kind == abi::TestKind::kPresent) {
        presences_[test.field].push_back(bit);
        continue;
      }
      const bool is_exact = test.kind == abi::TestKind::kEqual;
      const uint32_t question = AddTest(entry.test, bit, questions_[{test.field, !is_exact}]);
      std::vector<uint32_t>& known = is_exact ? exact : patterned;
      if (std::ranges::find(known, question) == known.end()) known.push_back(question);
    }
    column.question_count = static_cast<uint32_t>(exact.size() + patterned.size());
    for (const auto* questions : {&exact, &patterned}) {
      partition.column_questions_.insert(partition.column_questions_.end(), questions->begin(), questions->end());
    }
    partition.columns_.push_back(column);
  }

  // The index of the question.
  uint32_t AddTest(uint32_t index, uint32_t bit, QuestionDraft& question) {
    if (question.index == abi::kNone) question.index = static_cast<uint32_t>(questions_.size() - 1);
    const abi::ImageTest& test = image_.tests()[index];
    const abi::Value& literal = program_.literals[test.literal];
    if (test.kind != abi::TestKind::kEqual) {
      question.patterns.push_back({test.kind, test.skip, ascii::Fold(literal.text()), bit});
      return question.index;
    }
    question.numbers |= literal.is_number();
    for (const uint64_t key : test_keys_.keys(index)) {
      if (key != 0) question.equal.push_back({key, bit});
    }
    return question.index;
  }

  void AddQuestions(Partition& partition) {
    partition.questions_.resize(questions_.size());
    for (auto& [about, draft] : questions_) {
      partition.questions_[draft.index] = {about.first, !about.second, draft.numbers,
                                           PostingTable(std::move(draft.equal)),
                                           PatternTable(std::move(draft.patterns))};
    }
    partition.answer_words_ = (questions_.size() + 63) / 64;
    partition.question_columns_.resize(questions_.size());
    for (uint32_t column = 0; column < partition.columns_.size(); ++column) {
      for (const uint32_t question : partition.QuestionsOf(partition.columns_[column])) {
        partition.question_columns_[question].push_back(column);
      }
    }
    for (const auto& [field, bits] : presences_) {
      const auto first = static_cast<uint32_t>(partition.met_by_presence_.size());
      for (const uint32_t bit : bits) partition.met_by_presence_.push_back({bit / 64, uint64_t{1} << (bit % 64)});
      partition.presences_.push_back({field, first, static_cast<uint32_t>(partition.met_by_presence_.size())});
    }
  }

  const Program::Impl& program_;
  const Image& image_;
  const TestKeys& test_keys_;
  const std::vector<abi::ConditionId> asked_;
  std::vector<abi::FieldId> signature_fields_;
  std::vector<Signature::Part> parts_;  // parallel to signature_fields_
  std::vector<uint32_t> open_;          // tests of the condition at hand, clause behind clause
  std::vector<uint32_t> open_ends_;     // of its clauses, in open_
  std::map<std::pair<bool, std::vector<abi::FieldId>>, Draft> drafts_;
  std::map<std::pair<abi::FieldId, bool>, QuestionDraft> questions_;  // by field, and whether about patterns
  std::map<abi::FieldId, std::vector<uint32_t>> presences_;           // needs
};

Partition::Partition(const Program::Impl& program, const TestKeys& test_keys, const Signature* signature) {
  Builder(program, test_keys, signature).Build(*this);
}

size_t Partition::bytes() const {
  size_t bytes = sizeof(*this) + conditions_.capacity() * sizeof(abi::ConditionId) +
                 columns_.capacity() * sizeof(Column) + 4 * column_questions_.capacity() + 8 * needs_.capacity() +
                 questions_.capacity() * sizeof(Question) + presences_.capacity() * sizeof(Presence) +
                 met_by_presence_.capacity() * sizeof(BitsAt) + 8 * fields_.capacity();
  for (const Question& question : questions_) bytes += question.equal.bytes() + question.patterns.bytes();
  for (const auto& columns : question_columns_) bytes += sizeof(columns) + 4 * columns.capacity();
  return bytes;
}

void Partition::Start(std::span<const uint64_t> present, uint64_t* state) const {
  const auto has_values = [&](abi::FieldId field) { return (present[field / 64] >> field % 64 & 1) != 0; };
  std::fill_n(state + kAnsweredAt, answer_words_, 0);
  for (uint32_t q = 0; q < questions_.size(); ++q) {
    if (!has_values(questions_[q].field)) SetBit(state + kAnsweredAt, q);
  }
  std::fill_n(state + alive_at(), words_, ~uint64_t{0});
  if (size() % 64 != 0) state[needs_at() - 1] = (uint64_t{1} << size() % 64) - 1;
  std::ranges::copy(needs_, state + needs_at());
  for (const Presence& presence : presences_) {
    if (!has_values(presence.field)) continue;
    Meet(std::span(met_by_presence_).subspan(presence.first, presence.end - presence.first), state);
  }
  uint64_t died = 0;
  for (const Column& column : columns_) died |= Kill(column, state);
  Settle(died, state);
}

uint64_t Partition::Kill(const Column& column, uint64_t* state) const {
  if (!std::ranges::all_of(QuestionsOf(column), [&](uint32_t q) { return IsAnswered(q, state); })) return 0;
  uint64_t* const alive = state + alive_at();
  const uint64_t* const needs = state + needs_at() + column.needs - column.first_word;
  uint64_t died = 0;
  for (size_t w = column.first_word; w < column.end_word; ++w) {
    died |= alive[w] & needs[w];
    alive[w] &= ~needs[w];
  }
  return died;
}

// Needs of dead conditions are gone, so what is left has a say in what comes. `died`: 0 when nothing did.
void Partition::Settle(uint64_t died, uint64_t* state) const {
  if (died != 0) {
    const uint64_t* const alive = state + alive_at();
    for (const Column& column : columns_) {
      uint64_t* const needs = state + needs_at() + column.needs - column.first_word;
      for (size_t w = column.first_word; w < column.end_word; ++w) needs[w] &= alive[w];
    }
  }
  state[0] = uint64_t{FindNext(state) + 1};
}

uint32_t Partition::FindNext(const uint64_t* state) const {
  for (const Column& column : columns_) {
    const uint64_t* const needs = state + needs_at() + column.needs;
    uint64_t any = 0;
    for (size_t w = 0; w < column.end_word - column.first_word; ++w) any |= needs[w];
    if (any == 0) continue;
    for (const uint32_t q : QuestionsOf(column)) {
      if (!IsAnswered(q, state)) return q;
    }
  }
  return abi::kNone;
}

void Partition::Meet(std::span<const BitsAt> met, uint64_t* state) const {
  for (const BitsAt& at : met) state[needs_at() + at.word] &= ~at.bits;
}

void Partition::Close(uint32_t question, uint64_t* state) const {
  SetBit(state + kAnsweredAt, question);
  uint64_t died = 0;
  for (const uint32_t column : question_columns_[question]) died |= Kill(columns_[column], state);
  Settle(died, state);
}

void Partition::Collect(const uint64_t* state, std::vector<abi::ConditionId>& candidates) const {
  for (size_t w = 0; w < words_; ++w) {
    for (uint64_t left = state[alive_at() + w]; left != 0; left &= left - 1) {
      candidates.push_back(conditions_[64 * w + static_cast<size_t>(std::countr_zero(left))]);
    }
  }
}

}  // namespace eqlc
