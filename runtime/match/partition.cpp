// Tested by tests/unit/compiler/index/rule_index_test.cpp and the differential tests.
#include "runtime/match/partition.h"

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

#include "runtime/match/value_key.h"
#include "runtime/value/ascii.h"

namespace eqlc {
namespace {

// More clauses of one condition are more columns to pass by, and kill little that those did not.
constexpr size_t kMaxOpenClauses = 4;

void SetBit(std::vector<uint64_t>& bits, uint32_t bit) {
  if (bits.size() <= bit / 64) bits.resize(bit / 64 + 1);
  bits[bit / 64] |= uint64_t{1} << (bit % 64);
}

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
      : program_(program), image_(program.image), test_keys_(test_keys) {
    if (signature == nullptr) return;
    parts_ = signature->Parts();
    for (const abi::ImageSignatureField& part : image_.signature()) signature_fields_.push_back(part.field);
  }

  void Build(Partition& partition) {
    for (abi::ConditionId id = 0; id < image_.requirements().size(); ++id) {
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
    MakeWhole(partition);
  }

 private:
  struct SourceDraft {
    bool numbers = false;
    std::vector<uint64_t> when_present;
    std::vector<PostingTable::Entry> equal;
    std::vector<PatternTable::Pattern> patterns;
  };
  struct Draft {
    std::vector<uint64_t> constrained;
    bool patterned = false;
    std::map<abi::FieldId, SourceDraft> sources;
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
    SetBit(draft.constrained, bit);
    draft.patterned = !exact;
    for (const uint32_t index : clause) AddTest(index, bit, draft.sources[image_.tests()[index].field]);
  }

  void AddTest(uint32_t index, uint32_t bit, SourceDraft& source) {
    const abi::ImageTest& test = image_.tests()[index];
    if (test.kind == abi::TestKind::kPresent) return SetBit(source.when_present, bit);
    const abi::Value& literal = program_.literals[test.literal];
    if (test.kind != abi::TestKind::kEqual) {
      source.patterns.push_back({test.kind, test.skip, ascii::Fold(literal.text()), bit});
      return;
    }
    source.numbers |= literal.is_number();
    for (const uint64_t key : test_keys_.keys(index)) {
      if (key != 0) source.equal.push_back({key, bit});
    }
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
      ranked.push_back({draft.patterned, SIZE_MAX - CountBits(draft.constrained), ranked.size(), &draft});
    }
    std::ranges::sort(ranked, {}, &Ranked::rank);
    std::vector<Draft*> ordered;
    for (const Ranked& entry : ranked) ordered.push_back(entry.draft);
    return ordered;
  }

  static void Add(Draft& draft, Partition& partition) {
    const std::vector<uint64_t>& bits = draft.constrained;
    const auto first = std::ranges::find_if(bits, [](uint64_t word) { return word != 0; });
    partition.columns_.push_back({static_cast<uint32_t>(partition.sources_.size()),
                                  static_cast<uint16_t>(draft.sources.size()), draft.patterned,
                                  static_cast<uint32_t>(first - bits.begin()), static_cast<uint32_t>(bits.size()),
                                  static_cast<uint32_t>(partition.constrained_.size()), *first});
    partition.constrained_.insert(partition.constrained_.end(), first, bits.end());
    for (auto& [field, source] : draft.sources) {
      SetBit(partition.fields_, field);
      partition.sources_.push_back({field, source.numbers, std::move(source.when_present),
                                    PostingTable(std::move(source.equal)), PatternTable(std::move(source.patterns))});
    }
  }

  static void MakeWhole(Partition& partition) {
    View& whole = partition.whole_;
    const size_t size = partition.conditions_.size();
    whole.alive.assign(partition.words_, ~uint64_t{0});
    if (size % 64 != 0) whole.alive.back() = (uint64_t{1} << size % 64) - 1;
    whole.columns.resize(partition.columns_.size());
    std::iota(whole.columns.begin(), whole.columns.end(), 0);
  }

  const Program::Impl& program_;
  const Image& image_;
  const TestKeys& test_keys_;
  std::vector<abi::FieldId> signature_fields_;
  std::vector<Signature::Part> parts_;  // parallel to signature_fields_
  std::vector<uint32_t> open_;          // tests of the condition at hand, clause behind clause
  std::vector<uint32_t> open_ends_;     // of its clauses, in open_
  std::map<std::pair<bool, std::vector<abi::FieldId>>, Draft> drafts_;
};

Partition::Partition(const Program::Impl& program, const TestKeys& test_keys, const Signature* signature) {
  Builder(program, test_keys, signature).Build(*this);
}

size_t Partition::bytes() const {
  size_t bytes = sizeof(*this) + conditions_.capacity() * sizeof(abi::ConditionId) +
                 columns_.capacity() * sizeof(Column) + 8 * constrained_.capacity() +
                 sources_.capacity() * sizeof(Source) + 8 * fields_.capacity() + whole_.bytes();
  for (const Source& source : sources_) {
    bytes += 8 * source.when_present.capacity() + source.equal.bytes() + source.patterns.bytes();
  }
  return bytes;
}

void Partition::LookUp(const Source& source, EventValues& values, uint64_t* hits, MatchCounters& counters) {
  const abi::FieldSlot& slot = values.slot(source.field);
  if (slot.count == 0) return;
  for (size_t w = 0; w < source.when_present.size(); ++w) hits[w] |= source.when_present[w];
  if (source.equal.empty()) return;
  counters.lookups += slot.count;
  for (uint32_t i = slot.first; i < slot.first + slot.count; ++i) {
    source.equal.Or(values.Key(i), hits);
    if (!source.numbers || !values.value(i).is_string()) continue;
    if (const uint64_t key = NumberKeyOf(values.value(i).text()); key != 0) source.equal.Or(key, hits);
  }
}

void Partition::SearchPatterns(const Source& source, EventValues& values, uint64_t* hits, MatchCounters& counters) {
  if (source.patterns.empty()) return;
  const abi::FieldSlot& slot = values.slot(source.field);
  for (uint32_t i = slot.first; i < slot.first + slot.count; ++i) {
    if (!values.value(i).is_string()) continue;
    ++counters.scanned;
    source.patterns.Or(values.Folded(i), hits);
  }
}

Partition::View Partition::Restrict(std::span<const uint64_t> present) const {
  View view{whole_.alive, {}};
  const auto has_values = [&](const Source& source) {
    return (present[source.field / 64] >> source.field % 64 & 1) != 0;
  };
  const auto decided = [&](const Column& column, size_t w) {
    return view.alive[w] & constrained_[column.constrained + (w - column.first_word)];
  };
  std::vector<uint32_t> filled;
  for (uint32_t c = 0; c < columns_.size(); ++c) {
    const Column& column = columns_[c];
    if (std::ranges::any_of(SourcesOf(column), has_values)) {
      filled.push_back(c);
    } else {
      for (size_t w = column.first_word; w < column.end_word; ++w) view.alive[w] ^= decided(column, w);
    }
  }
  for (const uint32_t c : filled) {
    uint64_t any = 0;
    for (size_t w = columns_[c].first_word; w < columns_[c].end_word; ++w) any |= decided(columns_[c], w);
    if (any != 0) view.columns.push_back(c);
  }
  return view;
}

void Partition::Probe(const View& view, EventValues& values, uint64_t* scratch,
                      std::vector<abi::ConditionId>& candidates, MatchCounters& counters) const {
  counters.conditions += conditions_.size();
  const size_t words = words_;
  if (words == 0) return;
  uint64_t* const alive = scratch;
  uint64_t* const hits = scratch + words;
  std::ranges::copy(view.alive, alive);
  std::fill_n(hits, words, 0);
  for (const uint32_t c : view.columns) {
    const Column& column = columns_[c];
    // What follows happens within the words that the column is about.
    const uint64_t* const constrained = constrained_.data() + column.constrained - column.first_word;
    uint64_t live = alive[column.first_word] & column.first_bits;
    for (size_t w = column.first_word + 1; w < column.end_word; ++w) live |= alive[w] & constrained[w];
    if (live == 0) continue;
    ++counters.columns;
    for (const Source& source : SourcesOf(column)) LookUp(source, values, hits, counters);
    const auto needs_patterns = [&] {
      uint64_t doomed = 0;
      for (size_t w = column.first_word; w < column.end_word; ++w) doomed |= alive[w] & constrained[w] & ~hits[w];
      return doomed != 0;
    };
    if (column.patterned && needs_patterns()) {
      for (const Source& source : SourcesOf(column)) SearchPatterns(source, values, hits, counters);
    }
    for (size_t w = column.first_word; w < column.end_word; ++w) {
      alive[w] &= ~constrained[w] | hits[w];
      hits[w] = 0;
    }
    uint64_t any = 0;
    for (size_t w = 0; w < words; ++w) any |= alive[w];
    if (any == 0) return;
  }
  Collect(alive, candidates);
}

void Partition::Collect(const uint64_t* alive, std::vector<abi::ConditionId>& candidates) const {
  for (size_t w = 0; w < words_; ++w) {
    for (uint64_t left = alive[w]; left != 0; left &= left - 1) {
      candidates.push_back(conditions_[64 * w + static_cast<size_t>(std::countr_zero(left))]);
    }
  }
}

}  // namespace eqlc
