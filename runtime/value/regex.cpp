// RegexSet. All patterns become one table-driven automaton when that is small; otherwise one per pattern, and a pattern
// whose table would still be too large (`.*a.{100}` needs 2^100 states) is simulated state set by state set.
// Tested by tests/unit/runtime/value/regex_test.cpp.
#include "runtime/value/regex.h"

#include <algorithm>
#include <array>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "eqlc/limits.hpp"
#include "runtime/value/regex_automaton.h"
#include "runtime/value/regex_parse.h"
#include "runtime/value/regex_python.h"
#include "runtime/value/utf8.h"

namespace eqlc {

namespace {

using regex::Alphabet;
using regex::Atom;
using regex::Budget;
using regex::Dfa;
using regex::Edge;
using regex::Nfa;
using regex::StateId;

// A table beyond these limits is simulated instead.
constexpr size_t kTableStates = 4'000;
constexpr size_t kTableEntries = 256 * 1024;  // 1 MiB while it is built

// Of one set of patterns. Memory counts states and edges of at most 16 bytes; 100 million steps take about half a
// second.
Budget BuildBudget() { return Budget(4'000'000, 200'000'000); }
Budget TableBudget() { return Budget(4'000'000, 20'000'000); }

// Symbols to columns of a table.
class SymbolMap {
 public:
  SymbolMap(const Alphabet& alphabet, const std::vector<uint32_t>& column_of_atom) {
    for (Atom atom = 0; atom < alphabet.size(); ++atom) {
      if (!columns_.empty() && columns_.back() == column_of_atom[atom]) continue;
      starts_.push_back(alphabet.starts()[atom]);
      columns_.push_back(column_of_atom[atom]);
    }
    for (uint32_t symbol = 0; symbol < ascii_.size(); ++symbol) ascii_[symbol] = Search(symbol);
  }

  static bool IsAscii(char byte) { return static_cast<unsigned char>(byte) < 0x80; }
  // REQUIRES: IsAscii(byte).
  uint32_t OfAscii(char byte) const { return ascii_[static_cast<unsigned char>(byte)]; }

  // The column of the first symbol of a text, which is removed. REQUIRES: the text is not empty.
  uint32_t Take(const char*& at, const char* end) const noexcept {
    if (IsAscii(*at)) return OfAscii(*at++);
    const utf8::CodePoint point = utf8::DecodeFirst({at, static_cast<size_t>(end - at)});
    at += point.size;
    return Search(point.symbol);
  }

 private:
  uint32_t Search(uint32_t symbol) const noexcept {
    const auto behind = std::upper_bound(starts_.begin(), starts_.end(), symbol);
    return columns_[static_cast<size_t>(behind - starts_.begin()) - 1];
  }

  std::array<uint32_t, 128> ascii_;
  std::vector<uint32_t> starts_;
  std::vector<uint32_t> columns_;
};

// Gives atoms with equal columns in the whole table one number. Returns the number of columns.
uint32_t MergeColumns(const Dfa& dfa, std::vector<uint32_t>& column_of_atom) {
  column_of_atom.assign(dfa.atoms, 0);
  uint32_t count = 1;
  for (StateId state = 0; state < dfa.accepting.size() && count < dfa.atoms; ++state) {
    std::map<std::pair<uint32_t, StateId>, uint32_t> refined;
    for (Atom atom = 0; atom < dfa.atoms; ++atom) {
      uint32_t& column = column_of_atom[atom];
      const auto key = std::make_pair(column, dfa.next[size_t{state} * dfa.atoms + atom]);
      column = refined.try_emplace(key, static_cast<uint32_t>(refined.size())).first->second;
    }
    count = static_cast<uint32_t>(refined.size());
  }
  return count;
}

class TableMatcher {
 public:
  TableMatcher(const Dfa& dfa, const Alphabet& alphabet)
      : columns_(MergeColumns(dfa, column_of_atom_)), symbols_(alphabet, column_of_atom_) {
    // States whose answer is known whatever follows come last.
    const size_t count = dfa.accepting.size();
    const std::vector<bool> open = CanReach(dfa, true), leaky = CanReach(dfa, false);
    std::vector<Row> row_of_state(count);
    size_t rows = 0;
    for (const bool decided : {false, true}) {
      if (decided) first_decided_ = RowAt(rows);
      for (size_t state = 0; state < count; ++state) {
        if ((!open[state] || !leaky[state]) != decided) continue;
        row_of_state[state] = RowAt(rows++);
        accepting_.push_back(dfa.accepting[state] != 0);
      }
    }
    start_ = row_of_state[dfa.start];
    next_.resize(count * columns_);
    for (size_t state = 0; state < count; ++state) {
      for (Atom atom = 0; atom < dfa.atoms; ++atom) {
        next_[row_of_state[state] + column_of_atom_[atom]] = row_of_state[dfa.next[state * dfa.atoms + atom]];
      }
    }
  }

  bool Matches(std::string_view text) const noexcept {
    Row row = start_;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (row < first_decided_) {
      // Texts mostly stay in a state for long, and to see that they do, no step has to wait for the one before it.
      const Row* const next = next_.data() + row;
      while (at != end && symbols_.IsAscii(*at) && next[symbols_.OfAscii(*at)] == row) ++at;
      if (at == end) break;
      row = next[symbols_.Take(at, end)];
    }
    return accepting_[row / columns_];
  }

 private:
  using Row = uint32_t;  // where a state's row begins in next_

  // The states from which some text leads to a state with that acceptance.
  static std::vector<bool> CanReach(const Dfa& dfa, bool accepting) {
    const size_t count = dfa.accepting.size();
    std::vector<std::vector<StateId>> before(count);
    for (size_t state = 0; state < count; ++state) {
      for (Atom atom = 0; atom < dfa.atoms; ++atom) {
        std::vector<StateId>& list = before[dfa.next[state * dfa.atoms + atom]];
        if (list.empty() || list.back() != state) list.push_back(static_cast<StateId>(state));
      }
    }
    std::vector<bool> reached(count);
    std::vector<StateId> work;
    for (size_t state = 0; state < count; ++state) {
      reached[state] = (dfa.accepting[state] != 0) == accepting;
      if (reached[state]) work.push_back(static_cast<StateId>(state));
    }
    while (!work.empty()) {
      const StateId state = work.back();
      work.pop_back();
      for (const StateId other : before[state]) {
        if (reached[other]) continue;
        reached[other] = true;
        work.push_back(other);
      }
    }
    return reached;
  }

  Row RowAt(size_t number) const { return static_cast<Row>(number * columns_); }

  std::vector<uint32_t> column_of_atom_;
  uint32_t columns_;
  SymbolMap symbols_;
  std::vector<Row> next_;
  Row start_ = 0;
  Row first_decided_ = 0;
  std::vector<bool> accepting_;  // by number of the row
};

std::vector<uint32_t> Identity(uint32_t count) {
  std::vector<uint32_t> result(count);
  for (uint32_t i = 0; i < count; ++i) result[i] = i;
  return result;
}

// Keeps the sets of states it may be in: time is text times states at worst. The sets are allocated per call.
class SetMatcher {
 public:
  SetMatcher(Nfa nfa, const Alphabet& alphabet) : nfa_(std::move(nfa)), symbols_(alphabet, Identity(alphabet.size())) {}

  // False also when there is no memory for the sets.
  bool Matches(std::string_view text) const noexcept {
    try {
      return Run(text);
    } catch (const std::exception&) {
      return false;
    }
  }

 private:
  bool Run(std::string_view text) const {
    regex::Closure now(nfa_), next(nfa_);
    now.Add(nfa_.start);
    const char* const end = text.data() + text.size();
    for (const char* at = text.data(); at != end && !now.states().empty();) {
      const Atom atom = symbols_.Take(at, end);
      next.Clear();
      for (const StateId state : now.states()) Step(state, atom, next);
      std::swap(now, next);
    }
    const std::vector<StateId>& last = now.states();
    return std::find(last.begin(), last.end(), nfa_.accept) != last.end();
  }

  void Step(StateId state, Atom atom, regex::Closure& next) const {
    for (uint32_t e = nfa_.first_edge(state); e != regex::kNoEdge; e = nfa_.edges()[e].next) {
      const Edge& edge = nfa_.edges()[e];
      if (edge.low <= atom && atom <= edge.high) next.Add(edge.to);
    }
  }

  Nfa nfa_;
  SymbolMap symbols_;
};

std::optional<TableMatcher> MakeTable(const Nfa& nfa, const Alphabet& alphabet, Budget& budget) {
  const std::optional<Dfa> dfa = Determinise(nfa, alphabet, {kTableStates, kTableEntries}, budget);
  if (!dfa) return std::nullopt;
  return TableMatcher(*dfa, alphabet);
}

// Accepts what any of them accepts.
Nfa UnionOf(const std::vector<Nfa>& parts, Budget& budget) {
  Nfa all(budget);
  all.start = all.AddState();
  all.accept = all.AddState();
  for (const Nfa& part : parts) {
    const StateId offset = all.Append(part);
    if (all.failed()) break;
    all.AddSilent(all.start, offset + part.start);
    all.AddSilent(offset + part.accept, all.accept);
  }
  return all;
}

}  // namespace

struct RegexSet::Impl {
  explicit Impl(std::span<const regex::Tree> trees) : alphabet(trees) {}
  Impl(const Impl&) = delete;  // the automata refer to the budget

  using Matcher = std::variant<TableMatcher, SetMatcher>;

  const std::vector<Matcher>& Matchers() {
    std::call_once(made, [this] { MakeMatchers(); });
    return matchers;
  }

  void MakeMatchers() {
    matchers.clear();  // of a call that ran out of memory
    Budget union_budget = TableBudget();
    if (auto table = MakeTable(UnionOf(automata, union_budget), alphabet, union_budget)) {
      matchers.emplace_back(std::move(*table));
    } else {
      Budget table_budget = TableBudget();
      for (const Nfa& automaton : automata) MakeMatcher(automaton, table_budget);
    }
    automata = {};
  }

  void MakeMatcher(const Nfa& automaton, Budget& table_budget) {
    if (auto table = MakeTable(automaton, alphabet, table_budget)) {
      matchers.emplace_back(std::move(*table));
    } else {
      matchers.emplace_back(SetMatcher(automaton, alphabet));
    }
  }

  const Alphabet alphabet;
  Budget build_budget = BuildBudget();
  std::vector<Nfa> automata;  // until the matchers are made
  std::once_flag made;
  std::vector<Matcher> matchers;
};

RegexSet::RegexSet(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RegexSet::~RegexSet() = default;

Result<std::unique_ptr<RegexSet>> RegexSet::Compile(std::span<const std::string_view> patterns, bool fold) {
  const auto error = [](std::string_view pattern, const std::string& what) {
    return Error{"regular expression '" + std::string(pattern) + "': " + what};
  };
  std::vector<regex::Tree> trees;
  for (const std::string_view pattern : patterns) {
    Result<regex::Tree> tree = regex::Parse(pattern, fold);
    if (!tree) return error(pattern, tree.error().message);
    trees.push_back(std::move(*tree));
  }
  auto impl = std::make_unique<Impl>(trees);
  for (size_t i = 0; i < trees.size(); ++i) {
    impl->automata.push_back(Build(trees[i], impl->alphabet, impl->build_budget));
    if (impl->automata.back().failed()) {
      return error(patterns[i], "takes too many states (at most " + std::to_string(limits::kMaxRegexStates) + ")");
    }
  }
  return std::unique_ptr<RegexSet>(new RegexSet(std::move(impl)));
}

Result<std::unique_ptr<RegexSet>> RegexSet::CompilePython(std::span<const std::string_view> patterns, bool fold) {
  std::vector<std::string> translated;
  for (const std::string_view pattern : patterns) {
    Result<std::string> lucene = regex::FromPython(pattern);
    if (!lucene) return Error{"regular expression '" + std::string(pattern) + "': " + lucene.error().message};
    translated.push_back(std::move(*lucene));
  }
  return Compile(std::vector<std::string_view>(translated.begin(), translated.end()), fold);
}

bool RegexSet::Matches(std::string_view text) const noexcept {
  try {
    const auto matches = [text](const auto& matcher) { return matcher.Matches(text); };
    return std::ranges::any_of(impl_->Matchers(), [&](const Impl::Matcher& m) { return std::visit(matches, m); });
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace eqlc
