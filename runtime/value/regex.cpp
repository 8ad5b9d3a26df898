// RegexSet. All patterns become one table-driven automaton when that is small; otherwise one per pattern. A pattern
// whose table would still be too large (`.*a.{100}` needs 2^100 states) is run with a bit for each position; one with
// too many connections between positions for that is simulated state set by state set.
// Tested by tests/unit/runtime/value/regex_test.cpp.
#include "runtime/value/regex.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "eqlc/limits.hpp"
#include "runtime/value/lazy.h"
#include "runtime/value/regex_automaton.h"
#include "runtime/value/regex_facts.h"
#include "runtime/value/regex_parse.h"
#include "runtime/value/regex_positions.h"
#include "runtime/value/regex_python.h"
#include "runtime/value/regex_symbols.h"
#include "runtime/value/regex_table.h"
#include "runtime/value/search.h"

namespace eqlc {

namespace {

using regex::Alphabet;
using regex::Atom;
using regex::Budget;
using regex::Dfa;
using regex::Edge;
using regex::Nfa;
using regex::PositionMatcher;
using regex::StateId;
using regex::SymbolMap;
using regex::TableMatcher;

// A table beyond these limits is simulated instead.
constexpr size_t kTableStates = 4'000;
constexpr size_t kTableEntries = 256 * 1024;  // 1 MiB while it is built

// Of one set of patterns. Memory counts states and edges of at most 16 bytes; 100 million steps take about half a
// second.
Budget BuildBudget() { return Budget(4'000'000, 200'000'000); }
Budget TableBudget() { return Budget(4'000'000, 20'000'000); }

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
Nfa UnionOf(std::span<const Nfa> parts, Budget& budget) {
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

// Texts of which every match has one. They are worth looking for where an automaton would read to the end: where
// nothing is known of how matches begin.
class Needles {
 public:
  explicit Needles(std::span<const regex::Tree> trees) {
    for (const regex::Tree& tree : trees) {
      const regex::Facts facts = regex::FactsOf(tree)[tree.root];
      const regex::Texts& parts = regex::BestParts(facts);
      texts_.insert(texts_.end(), parts.begin(), parts.end());
      is_anchored_ &= !facts.begins[0].empty();
    }
    std::ranges::sort(texts_, {}, &std::string::size);
    if (is_anchored_ || texts_.size() > kMost || texts_[0].size() < kFewestBytes) texts_.clear();
  }

  bool MayMatch(std::string_view text) const {
    return texts_.empty() || std::ranges::any_of(texts_, [text](const std::string& needle) {
             return FindFirst(text, needle, /*fold=*/true) != kNotFound;
           });
  }

 private:
  static constexpr size_t kMost = 3;         // more cost as much as the automaton
  static constexpr size_t kFewestBytes = 2;  // a single one is in most texts

  std::vector<std::string> texts_;
  bool is_anchored_ = true;
};

// What runs for a list of patterns.
class Machine {
 public:
  // REQUIRES: the budget of `automata` outlives it.
  Machine(std::span<const regex::Tree> trees, std::span<const Nfa> automata, const Alphabet& alphabet)
      : needles_(trees) {
    Budget union_budget = TableBudget();
    if (auto table = MakeTable(UnionOf(automata, union_budget), alphabet, union_budget)) {
      matchers_.emplace_back(std::move(*table));
      return;
    }
    Budget table_budget = TableBudget(), position_budget = TableBudget();
    for (const Nfa& automaton : automata) {
      if (auto table = MakeTable(automaton, alphabet, table_budget)) {
        matchers_.emplace_back(std::move(*table));
      } else if (auto positions = PositionMatcher::Make(automaton, alphabet, position_budget)) {
        matchers_.emplace_back(std::move(*positions));
      } else {
        matchers_.emplace_back(SetMatcher(automaton, alphabet));
      }
    }
  }

  bool Matches(std::string_view text) const {
    const auto matches = [text](const auto& matcher) { return matcher.Matches(text); };
    return needles_.MayMatch(text) &&
           std::ranges::any_of(matchers_, [&](const Matcher& matcher) { return std::visit(matches, matcher); });
  }

 private:
  using Matcher = std::variant<TableMatcher, PositionMatcher, SetMatcher>;

  const Needles needles_;
  std::vector<Matcher> matchers_;
};

Error ErrorOf(std::string_view pattern, const std::string& what) {
  return Error{"regular expression '" + std::string(pattern) + "': " + what};
}

}  // namespace

struct RegexSet::Impl {
  explicit Impl(std::vector<regex::Tree> of) : trees(std::move(of)), alphabet(trees) {}
  Impl(const Impl&) = delete;  // the automata refer to the budget

  std::unique_ptr<const Machine> MakeMachine() {
    auto made = std::make_unique<const Machine>(trees, automata, alphabet);
    trees = {};
    automata = {};
    return made;
  }

  std::vector<regex::Tree> trees;  // until the machine is made, like the automata
  const Alphabet alphabet;
  Budget build_budget = BuildBudget();
  std::vector<Nfa> automata;
  Lazy<Machine> machine;
};

RegexSet::RegexSet(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RegexSet::~RegexSet() = default;

Result<std::unique_ptr<RegexSet>> RegexSet::Compile(std::span<const std::string_view> patterns, bool fold) {
  return CompileAs(patterns, patterns, fold);
}

Result<std::unique_ptr<RegexSet>> RegexSet::CompilePython(std::span<const std::string_view> patterns, bool fold) {
  std::vector<std::string> translated;
  for (const std::string_view pattern : patterns) {
    Result<std::string> lucene = regex::FromPython(pattern);
    if (!lucene) return ErrorOf(pattern, lucene.error().message);
    translated.push_back(std::move(*lucene));
  }
  return CompileAs(std::vector<std::string_view>(translated.begin(), translated.end()), patterns, fold);
}

Result<std::unique_ptr<RegexSet>> RegexSet::CompileAs(std::span<const std::string_view> patterns,
                                                      std::span<const std::string_view> written, bool fold) {
  std::vector<regex::Tree> trees;
  for (size_t i = 0; i < patterns.size(); ++i) {
    Result<regex::Tree> tree = regex::Parse(patterns[i], fold);
    if (!tree) return ErrorOf(written[i], tree.error().message);
    trees.push_back(std::move(*tree));
  }
  auto impl = std::make_unique<Impl>(std::move(trees));
  for (size_t i = 0; i < impl->trees.size(); ++i) {
    impl->automata.push_back(Build(impl->trees[i], impl->alphabet, impl->build_budget));
    if (impl->automata.back().failed()) {
      return ErrorOf(written[i], "takes too many states (at most " + std::to_string(limits::kMaxRegexStates) + ")");
    }
  }
  return std::unique_ptr<RegexSet>(new RegexSet(std::move(impl)));
}

bool RegexSet::Matches(std::string_view text) const noexcept {
  try {
    return impl_->machine.Get([this] { return impl_->MakeMachine(); }).Matches(text);
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace eqlc
