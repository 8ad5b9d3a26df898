// Tested by tests/unit/runtime/value/regex_positions_test.cpp.
#include "runtime/value/regex_positions.h"

#include <algorithm>
#include <bit>
#include <exception>
#include <map>
#include <utility>

namespace eqlc::regex {
namespace {

constexpr size_t kWordBits = 64;
constexpr size_t kMaxTableWords = size_t{1} << 20;  // of takes_, and of rows_

// The atoms that lead from one state to another: ranges in order.
using Label = std::vector<std::pair<Atom, Atom>>;

struct Position {
  Label label;
  StateId to;
  std::vector<uint32_t> follow = {};  // positions, in order
  bool is_last = false;
};

// The positions of an automaton.
class Positions {
 public:
  Positions(const Nfa& nfa, Budget& budget) : nfa_(nfa), budget_(budget), closure_(nfa), leaving_(nfa.size()) {}

  // False: that would take more than the budget.
  bool Find() { return !nfa_.failed() && Number() && Connect(); }

  const std::vector<Position>& list() const { return list_; }
  const std::vector<uint32_t>& first() const { return first_; }
  bool matches_empty() const { return matches_empty_; }

 private:
  // In the order of the states: parts that follow each other in a pattern have states in order, and so most positions
  // lead to the next.
  bool Number() {
    std::map<std::pair<StateId, Label>, uint32_t> numbers;
    for (StateId state = 0; state < nfa_.size(); ++state) {
      std::map<StateId, Label> targets;
      for (uint32_t e = nfa_.first_edge(state); e != kNoEdge; e = nfa_.edges()[e].next) {
        const Edge& edge = nfa_.edges()[e];
        if (!edge.silent()) targets[edge.to].emplace_back(edge.low, edge.high);
      }
      for (auto& [to, label] : targets) {
        if (!budget_.SpendMemory(label.size() + 1)) return false;
        std::ranges::sort(label);
        const auto [it, is_new] = numbers.try_emplace({to, label}, static_cast<uint32_t>(list_.size()));
        if (is_new) list_.push_back({std::move(label), to});
        leaving_[state].push_back(it->second);
      }
    }
    return true;
  }

  bool Connect() {
    if (!Follow(nfa_.start, first_)) return false;
    matches_empty_ = closure_.Contains(nfa_.accept);
    for (Position& position : list_) {
      if (!Follow(position.to, position.follow)) return false;
      position.is_last = closure_.Contains(nfa_.accept);
    }
    return true;
  }

  // The positions that may take a symbol in `state`.
  bool Follow(StateId state, std::vector<uint32_t>& result) {
    closure_.Clear();
    closure_.Add(state);
    for (const StateId reached : closure_.states()) {
      result.insert(result.end(), leaving_[reached].begin(), leaving_[reached].end());
    }
    std::ranges::sort(result);
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return budget_.SpendWork(closure_.states().size() + result.size()) && budget_.SpendMemory(result.size() / 4 + 1);
  }

  const Nfa& nfa_;
  Budget& budget_;
  Closure closure_;
  std::vector<std::vector<uint32_t>> leaving_;  // by state
  std::vector<Position> list_;
  std::vector<uint32_t> first_;
  bool matches_empty_ = false;
};

bool TakesAll(const Label& label, uint32_t atoms) {
  Atom next = 0;
  for (const auto& [low, high] : label) {
    if (low > next) return false;
    next = std::max(next, high + 1);
  }
  return next >= atoms;
}

}  // namespace

// Positions to the tables of a matcher.
class PositionTables {
 public:
  PositionTables(const Positions& positions, const Alphabet& alphabet)
      : positions_(positions), alphabet_(alphabet), words_(positions.list().size() / kWordBits + 1) {}

  std::optional<PositionMatcher> Make() {
    const std::vector<Position>& list = positions_.list();
    if (words_ * alphabet_.size() > kMaxTableWords) return std::nullopt;
    Bits takes;
    PositionMatcher matcher(SymbolMap(alphabet_, Columns(takes)));
    matcher.words_ = words_;
    matcher.takes_ = std::move(takes);
    matcher.matches_empty_ = positions_.matches_empty();
    matcher.first_ = Set(positions_.first());
    for (Bits* bits : {&matcher.last_, &matcher.decided_, &matcher.loops_, &matcher.shifts_, &matcher.jumps_}) {
      bits->assign(words_, 0);
    }
    matcher.row_of_.resize(list.size());
    for (uint32_t number = 0; number < list.size(); ++number) {
      const Position& position = list[number];
      const bool loops = std::ranges::binary_search(position.follow, number);
      if (position.is_last) Put(number, matcher.last_.data());
      if (position.is_last && loops && TakesAll(position.label, alphabet_.size())) Put(number, matcher.decided_.data());
      const bool shifts = std::ranges::binary_search(position.follow, number + 1);
      if (position.follow.size() == size_t{loops} + size_t{shifts}) {
        if (loops) Put(number, matcher.loops_.data());
        if (shifts) Put(number, matcher.shifts_.data());
        continue;
      }
      Put(number, matcher.jumps_.data());
      matcher.row_of_[number] = static_cast<uint32_t>(matcher.rows_.size());
      const Bits row = Set(position.follow);
      if (matcher.rows_.size() + row.size() > kMaxTableWords) return std::nullopt;
      matcher.rows_.insert(matcher.rows_.end(), row.begin(), row.end());
    }
    return matcher;
  }

 private:
  using Bits = PositionMatcher::Bits;
  using Word = PositionMatcher::Word;

  static void Put(uint32_t number, Word* set) { set[number / kWordBits] |= Word{1} << number % kWordBits; }

  Bits Set(const std::vector<uint32_t>& numbers) const {
    Bits set(words_);
    for (const uint32_t number : numbers) Put(number, set.data());
    return set;
  }

  // One column for all atoms that the same positions take.
  std::vector<uint32_t> Columns(Bits& takes) const {
    std::vector<Bits> by_atom(alphabet_.size(), Bits(words_));
    for (uint32_t number = 0; number < positions_.list().size(); ++number) {
      for (const auto& [low, high] : positions_.list()[number].label) {
        for (Atom atom = low; atom <= high; ++atom) Put(number, by_atom[atom].data());
      }
    }
    std::map<Bits, uint32_t> columns;
    std::vector<uint32_t> column_of_atom;
    for (Bits& set : by_atom) {
      const auto [it, is_new] = columns.try_emplace(std::move(set), static_cast<uint32_t>(columns.size()));
      if (is_new) takes.insert(takes.end(), it->first.begin(), it->first.end());
      column_of_atom.push_back(it->second);
    }
    return column_of_atom;
  }

  const Positions& positions_;
  const Alphabet& alphabet_;
  const size_t words_;
};

std::optional<PositionMatcher> PositionMatcher::Make(const Nfa& nfa, const Alphabet& alphabet, Budget& budget) {
  Positions positions(nfa, budget);
  if (!positions.Find()) return std::nullopt;
  return PositionTables(positions, alphabet).Make();
}

bool PositionMatcher::Matches(std::string_view text) const noexcept {
  try {
    return Run(text);
  } catch (const std::exception&) {
    return false;
  }
}

bool PositionMatcher::Run(std::string_view text) const {
  if (text.empty()) return matches_empty_;
  Bits taken(words_), next = first_;
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at != end;) {
    const uint32_t column = symbols_.Take(at, end);
    Word any = 0, decided = 0;
    for (size_t i = 0; i < words_; ++i) {
      taken[i] = next[i] & takes_[column * words_ + i];
      any |= taken[i];
      decided |= taken[i] & decided_[i];
    }
    if (any == 0 || decided != 0) return decided != 0;
    Follow(taken.data(), next.data());
  }
  for (size_t i = 0; i < words_; ++i) {
    if ((taken[i] & last_[i]) != 0) return true;
  }
  return false;
}

void PositionMatcher::Follow(const Word* taken, Word* next) const {
  Word carried = 0, jumping = 0;
  for (size_t i = 0; i < words_; ++i) {
    const Word shifting = taken[i] & shifts_[i];
    next[i] = (taken[i] & loops_[i]) | shifting << 1 | carried;
    carried = shifting >> (kWordBits - 1);
    jumping |= taken[i] & jumps_[i];
  }
  if (jumping == 0) return;
  for (size_t i = 0; i < words_; ++i) {
    for (Word jumps = taken[i] & jumps_[i]; jumps != 0; jumps &= jumps - 1) {
      const Word* const row = rows_.data() + row_of_[i * kWordBits + static_cast<size_t>(std::countr_zero(jumps))];
      for (size_t j = 0; j < words_; ++j) next[j] |= row[j];
    }
  }
}

}  // namespace eqlc::regex
