// Tested by tests/unit/compiler/index/rule_index_test.cpp and the differential tests.
#include "runtime/match/partition.h"

#include <algorithm>
#include <bit>
#include <map>
#include <utility>

#include "runtime/match/asked_conditions.h"
#include "runtime/value/ascii.h"

namespace eqlc {
namespace {

// More clauses of one condition, presence apart, are more columns to pass by, and kill little that those did not.
constexpr size_t kMaxOpenClauses = 3;

// An exact question is cheaper than one about patterns by so much.
constexpr uint32_t kExactWorth = 2;

void SetWithRoom(std::vector<uint64_t>& words, size_t bit) {
  if (words.size() < bits::WordsFor(bit + 1)) words.resize(bits::WordsFor(bit + 1));
  bits::Set(words.data(), bit);
}

}  // namespace

// Collects the clauses that a signature leaves open, column by column.
class Partition::Builder {
 public:
  Builder(const Program::Impl& program, const TestKeys& test_keys, const std::vector<SignaturePart>* parts)
      : program_(program), image_(program.image), test_keys_(test_keys), asked_(AskedConditions(image_)) {
    if (parts == nullptr) return;
    parts_ = *parts;
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
    partition.words_ = bits::WordsFor(partition.conditions_.size());
    partition.fields_.resize(bits::WordsFor(image_.fields().size()));
    for (const auto& [about, draft] : drafts_) Add(draft, partition);
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
    const SignaturePart& part = parts_[static_cast<size_t>(at - signature_fields_.begin())];
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
      // Clauses come best first. Presence is known before the first question, and where a field is rare it spares
      // those.
      const bool is_worth = present || open_ends_.size() < kMaxOpenClauses;
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
      exact &= !IsPattern(test);
    }
    std::ranges::sort(fields);
    Draft& draft = drafts_[{!exact, std::move(fields)}];
    SetWithRoom(draft.needs, bit);
    for (const uint32_t index : clause) draft.tests.push_back({index, bit});
  }

  void Add(const Draft& draft, Partition& partition) {
    Column column{static_cast<uint32_t>(partition.column_questions_.size()), 0};
    const auto first_need = static_cast<uint32_t>(partition.needs_.size());
    const auto first = std::ranges::find_if(draft.needs, [](uint64_t word) { return word != 0; });
    const auto first_word = static_cast<uint32_t>(first - draft.needs.begin());
    for (uint32_t word = first_word; word < draft.needs.size(); ++word) {
      partition.needs_.push_back(draft.needs[word]);
      partition.needs_of_.push_back({static_cast<uint32_t>(partition.columns_.size()), word});
    }
    std::vector<abi::FieldId> patterned_fields;
    for (const TestDraft& entry : draft.tests) {
      const abi::ImageTest& test = image_.tests()[entry.test];
      if (IsPattern(test)) patterned_fields.push_back(test.field);
    }
    std::vector<uint32_t> exact;
    std::vector<uint32_t> patterned;
    for (const TestDraft& entry : draft.tests) {
      const abi::ImageTest& test = image_.tests()[entry.test];
      const uint32_t bit = entry.condition + uint32_t{bits::kWordBits} * (first_need - first_word);
      bits::Set(partition.fields_.data(), test.field);
      if (test.kind == abi::TestKind::kPresent) {
        presences_[test.field].push_back(bit);
        continue;
      }
      // One question is better than two, and a text whose patterns are known costs no more than one that is hashed.
      const bool is_exact = std::ranges::find(patterned_fields, test.field) == patterned_fields.end();
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

  static bool IsPattern(const abi::ImageTest& test) {
    return test.kind != abi::TestKind::kEqual && test.kind != abi::TestKind::kPresent;
  }

  // The index of the question.
  uint32_t AddTest(uint32_t index, uint32_t bit, QuestionDraft& question) {
    if (question.index == abi::kNone) question.index = static_cast<uint32_t>(questions_.size() - 1);
    const abi::ImageTest& test = image_.tests()[index];
    const abi::Value& literal = program_.literals[test.literal];
    if (IsPattern(test)) {
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
    partition.answer_words_ = bits::WordsFor(questions_.size());
    partition.column_masks_.resize(partition.columns_.size() * partition.answer_words_);
    for (size_t c = 0; c < partition.columns_.size(); ++c) {
      const Column& column = partition.columns_[c];
      for (uint32_t i = column.first_question; i < column.first_question + column.question_count; ++i) {
        bits::Set(partition.column_masks_.data() + c * partition.answer_words_, partition.column_questions_[i]);
      }
    }
    for (const auto& [field, needs] : presences_) {
      const auto first = static_cast<uint32_t>(partition.met_by_presence_.size());
      for (const uint32_t need : needs) partition.met_by_presence_.push_back(BitAt(need));
      partition.presences_.push_back({field, first, static_cast<uint32_t>(partition.met_by_presence_.size())});
    }
  }

  const Program::Impl& program_;
  const Image& image_;
  const TestKeys& test_keys_;
  const std::vector<abi::ConditionId> asked_;
  std::vector<abi::FieldId> signature_fields_;
  std::vector<SignaturePart> parts_;  // parallel to signature_fields_
  std::vector<uint32_t> open_;        // tests of the condition at hand, clause behind clause
  std::vector<uint32_t> open_ends_;   // of its clauses, in open_
  std::map<std::pair<bool, std::vector<abi::FieldId>>, Draft> drafts_;
  std::map<std::pair<abi::FieldId, bool>, QuestionDraft> questions_;  // by field, and whether about patterns
  std::map<abi::FieldId, std::vector<uint32_t>> presences_;           // needs
};

Partition::Partition(const Program::Impl& program, const TestKeys& test_keys, const std::vector<SignaturePart>* parts) {
  Builder(program, test_keys, parts).Build(*this);
}

size_t Partition::bytes() const {
  size_t bytes = sizeof(*this) + conditions_.capacity() * sizeof(abi::ConditionId) +
                 columns_.capacity() * sizeof(Column) + 4 * column_questions_.capacity() +
                 8 * column_masks_.capacity() + 8 * needs_.capacity() + needs_of_.capacity() * sizeof(Need) +
                 questions_.capacity() * sizeof(Question) + presences_.capacity() * sizeof(Presence) +
                 met_by_presence_.capacity() * sizeof(BitsAt) + 8 * fields_.capacity();
  for (const Question& question : questions_) bytes += question.equal.bytes() + question.patterns.bytes();
  return bytes;
}

void Partition::Start(std::span<const uint64_t> present, State& state) const {
  const auto has_values = [&](abi::FieldId field) { return bits::Has(present.data(), field); };
  std::vector<uint64_t> words(needs_at());
  for (uint32_t q = 0; q < questions_.size(); ++q) {
    if (!has_values(questions_[q].field)) bits::Set(words.data() + kAnsweredAt, q);
  }
  std::fill_n(words.data() + alive_at(), words_, ~uint64_t{0});
  if (size() % bits::kWordBits != 0) words[needs_at() - 1] = bits::Mask(size()) - 1;
  words.insert(words.end(), needs_.begin(), needs_.end());
  for (const Presence& presence : presences_) {
    if (!has_values(presence.field)) continue;
    for (uint32_t i = presence.first; i < presence.end; ++i) {
      words[needs_at() + met_by_presence_[i].word] &= ~met_by_presence_[i].bits;
    }
  }
  state.clear();
  for (size_t word = 0; word < words.size(); ++word) {
    if (word < needs_at() || words[word] != 0) state.push_back({word, words[word]});
  }
  Settle(state, abi::kNone);
}

// What a column still needs when it has been asked about to the end is dead, and needs of dead conditions are gone:
// what is left has a say in what comes. Of columns that `answered` is not about nothing has changed; kNone: look at
// all.
void Partition::Settle(State& state, uint32_t answered) const {
  const auto needs = std::span(state).subspan(needs_at());
  uint32_t column = abi::kNone;
  bool is_closed = false;
  for (const BitsAt& at : needs) {
    if (const uint32_t of = ColumnOf(at); of != column) {
      column = of;
      const bool is_new = answered == abi::kNone || bits::Has(column_masks_.data() + of * answer_words_, answered);
      is_closed = is_new && IsClosed(of, state);
    }
    if (is_closed) AliveFor(at, state) &= ~at.bits;
  }
  size_t left = 0;
  for (const BitsAt& at : needs) {
    const uint64_t bits = at.bits & AliveFor(at, state);
    needs[left] = {at.word, bits};
    left += bits != 0 ? 1 : 0;
  }
  state.resize(needs_at() + left);
  state[0].bits = uint64_t{Choose(state) + 1};
}

// The one that decides about most conditions: what is dead needs no further look-ups.
uint32_t Partition::Choose(const State& state) const {
  static thread_local std::vector<uint32_t> worth;  // by question; not made anew for every step
  worth.assign(questions_.size(), 0);
  uint32_t best = abi::kNone;
  uint32_t column = abi::kNone;
  uint32_t question = abi::kNone;
  for (const BitsAt& at : std::span(state).subspan(needs_at())) {
    if (const uint32_t of = ColumnOf(at); of != column) {
      column = of;
      question = FirstUnanswered(of, state);
    }
    const uint32_t each = questions_[question].exact ? kExactWorth : 1;
    for (uint64_t left = at.bits; left != 0; left &= left - 1) worth[question] += each;  // few are set
    if (best == abi::kNone || worth[question] > worth[best]) best = question;
  }
  return best;
}

bool Partition::IsClosed(uint32_t column, const State& state) const {
  const uint64_t* const mask = column_masks_.data() + column * answer_words_;
  uint64_t open = 0;
  for (size_t w = 0; w < answer_words_; ++w) open |= mask[w] & ~state[kAnsweredAt + w].bits;
  return open == 0;
}

uint32_t Partition::FirstUnanswered(uint32_t column, const State& state) const {
  const auto questions =
      std::span(column_questions_).subspan(columns_[column].first_question, columns_[column].question_count);
  if (questions.size() == 1) return questions[0];
  return *std::ranges::find_if(questions, [&](uint32_t q) { return !IsAnswered(q, state); });
}

void Partition::Meet(std::span<const BitsAt> met, State& state) const {
  auto next = met.begin();
  size_t left = needs_at();
  for (size_t i = left; i < state.size(); ++i) {
    BitsAt at = state[i];
    while (next != met.end() && needs_at() + next->word < at.word) ++next;
    if (next != met.end() && needs_at() + next->word == at.word) at.bits &= ~next->bits;
    state[left] = at;
    left += at.bits != 0 ? 1 : 0;
  }
  state.resize(left);
}

void Partition::Close(uint32_t question, State& state) const {
  state[kAnsweredAt + question / bits::kWordBits].bits |= bits::Mask(question);
  Settle(state, question);
}

void Partition::Collect(const State& state, std::vector<abi::ConditionId>& candidates) const {
  for (size_t w = 0; w < words_; ++w) {
    for (uint64_t left = state[alive_at() + w].bits; left != 0; left &= left - 1) {
      candidates.push_back(conditions_[bits::kWordBits * w + static_cast<size_t>(std::countr_zero(left))]);
    }
  }
}

}  // namespace eqlc
