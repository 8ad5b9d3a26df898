// Thompson's construction, products, and subset construction.
// Tested by tests/unit/runtime/value/regex_test.cpp.
#include "runtime/value/regex_automaton.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <unordered_map>

#include "eqlc/limits.hpp"

namespace eqlc::regex {

// --- Alphabet ---

Alphabet::Alphabet(std::span<const Tree> trees) : starts_{0} {
  for (const Tree& tree : trees) {
    for (const Node& node : tree.nodes) {
      for (const Range& range : node.ranges) {
        starts_.push_back(range.low);
        starts_.push_back(range.high + 1);  // may be the one behind the last symbol, which no text has
      }
    }
  }
  std::sort(starts_.begin(), starts_.end());
  starts_.erase(std::unique(starts_.begin(), starts_.end()), starts_.end());
}

Atom Alphabet::AtomOf(uint32_t symbol) const noexcept {
  return static_cast<Atom>(std::upper_bound(starts_.begin(), starts_.end(), symbol) - starts_.begin() - 1);
}

// --- Nfa ---

StateId Nfa::AddState() {
  if (failed_ || size() >= limits::kMaxRegexStates || !budget_->SpendMemory(1)) {
    failed_ = true;
    return 0;
  }
  first_edge_.push_back(kNoEdge);
  return size() - 1;
}

void Nfa::AddEdge(StateId from, StateId to, Atom low, Atom high) {
  if (failed_ || !budget_->SpendMemory(1)) {
    failed_ = true;
    return;
  }
  edges_.push_back({low, high, to, first_edge_[from]});
  first_edge_[from] = static_cast<uint32_t>(edges_.size() - 1);
}

StateId Nfa::Append(const Nfa& other) {
  const StateId offset = size();
  if (other.failed()) failed_ = true;
  for (StateId state = 0; state < other.size() && !failed_; ++state) AddState();
  for (StateId state = 0; state < other.size() && !failed_; ++state) {
    for (uint32_t e = other.first_edge(state); e != kNoEdge; e = other.edges()[e].next) {
      const Edge& edge = other.edges()[e];
      AddEdge(offset + state, offset + edge.to, edge.low, edge.high);
    }
  }
  return offset;
}

// --- Closure ---

void Closure::Clear() {
  states_.clear();
  if (++generation_ == 0) {
    std::fill(mark_.begin(), mark_.end(), 0);
    generation_ = 1;
  }
}

void Closure::Add(StateId state) {
  if (mark_[state] == generation_) return;
  mark_[state] = generation_;
  size_t done = states_.size();
  states_.push_back(state);
  for (; done < states_.size(); ++done) {
    for (uint32_t e = nfa_->first_edge(states_[done]); e != kNoEdge; e = nfa_->edges()[e].next) {
      const Edge& edge = nfa_->edges()[e];
      if (!edge.silent() || mark_[edge.to] == generation_) continue;
      mark_[edge.to] = generation_;
      states_.push_back(edge.to);
    }
  }
}

// --- Determinise ---

namespace {

struct SetHasher {
  size_t operator()(const std::vector<StateId>& set) const noexcept {
    uint64_t hash = set.size();
    for (const StateId state : set) hash = (hash ^ state) * 0x9E3779B97F4A7C15 + (hash >> 29);  // 2^64 / phi
    return hash ^ hash >> 32;
  }
};

class SubsetConstruction {
 public:
  SubsetConstruction(const Nfa& nfa, const Alphabet& alphabet, DfaLimits limits, Budget& budget)
      : nfa_(nfa), limits_(limits), budget_(budget), closure_(nfa), matters_(nfa.size()) {
    dfa_.atoms = alphabet.size();
    for (StateId state = 0; state < nfa.size(); ++state) {
      for (uint32_t e = nfa.first_edge(state); e != kNoEdge && !matters_[state]; e = nfa.edges()[e].next) {
        matters_[state] = !nfa.edges()[e].silent();
      }
    }
    if (nfa.size() > 0) matters_[nfa.accept] = true;
    FindLoops();
  }

  std::optional<Dfa> Run() {
    closure_.Clear();
    closure_.Add(nfa_.start);
    dfa_.start = Intern();
    for (StateId state = 0; state < sets_.size() && !failed_; ++state) Expand(state);
    if (failed_) return std::nullopt;
    return std::move(dfa_);
  }

 private:
  // A loop is a state that any symbol leads back to itself and to acceptance, as in a trailing `.*`.
  void FindLoops() {
    loops_.resize(nfa_.size());
    for (StateId state = 0; state < nfa_.size(); ++state) {
      for (uint32_t e = nfa_.first_edge(state); e != kNoEdge && !failed_; e = nfa_.edges()[e].next) {
        const Edge& edge = nfa_.edges()[e];
        if (edge.silent() || edge.low != 0 || edge.high + 1 != dfa_.atoms) continue;
        closure_.Clear();
        closure_.Add(edge.to);
        if (closure_.Contains(state) && closure_.Contains(nfa_.accept)) loops_[state] = true;
        if (!budget_.SpendWork(closure_.states().size())) failed_ = true;
      }
    }
  }

  // The state of the set in `closure_`, new or known.
  StateId Intern() {
    if (!budget_.SpendWork(closure_.states().size() + 1)) failed_ = true;
    std::vector<StateId> set;
    for (const StateId state : closure_.states()) {
      if (matters_[state]) set.push_back(state);
    }
    // Accepting with a loop means accepting every text: what else is in the set makes no difference.
    const auto loop = std::find_if(set.begin(), set.end(), [this](StateId s) { return loops_[s]; });
    if (loop != set.end() && closure_.Contains(nfa_.accept)) set = {*loop, nfa_.accept};
    std::sort(set.begin(), set.end());
    const auto [found, is_new] = ids_.try_emplace(std::move(set), static_cast<StateId>(sets_.size()));
    if (!is_new || failed_) return found->second;
    const std::vector<StateId>& states = found->first;
    if (sets_.size() == limits_.states || dfa_.next.size() + dfa_.atoms > limits_.entries ||
        !budget_.SpendMemory(states.size() + dfa_.atoms)) {
      failed_ = true;
      return 0;
    }
    sets_.push_back(&states);
    dfa_.next.resize(dfa_.next.size() + dfa_.atoms, 0);
    dfa_.accepting.push_back(std::binary_search(states.begin(), states.end(), nfa_.accept));
    return found->second;
  }

  // Between two neighbouring bounds of its edges, a set has one successor.
  void Expand(StateId state) {
    edges_.clear();
    bounds_.assign({0, dfa_.atoms});
    for (const StateId s : *sets_[state]) {
      for (uint32_t e = nfa_.first_edge(s); e != kNoEdge; e = nfa_.edges()[e].next) {
        const Edge& edge = nfa_.edges()[e];
        if (edge.silent()) continue;
        edges_.push_back(edge);
        bounds_.push_back(edge.low);
        bounds_.push_back(edge.high + 1);
      }
    }
    std::sort(bounds_.begin(), bounds_.end());
    bounds_.erase(std::unique(bounds_.begin(), bounds_.end()), bounds_.end());
    if (!budget_.SpendWork(edges_.size() * bounds_.size())) failed_ = true;
    for (size_t i = 0; i + 1 < bounds_.size() && !failed_; ++i) {
      closure_.Clear();
      for (const Edge& edge : edges_) {
        if (edge.low <= bounds_[i] && bounds_[i] <= edge.high) closure_.Add(edge.to);
      }
      const StateId target = Intern();
      const auto row = dfa_.next.begin() + static_cast<std::ptrdiff_t>(size_t{state} * dfa_.atoms);
      std::fill(row + bounds_[i], row + bounds_[i + 1], target);
    }
  }

  const Nfa& nfa_;
  const DfaLimits limits_;
  Budget& budget_;
  Closure closure_;
  std::vector<bool> loops_;
  std::vector<bool> matters_;  // states that accept or move on; the others only lead to such
  Dfa dfa_;
  std::unordered_map<std::vector<StateId>, StateId, SetHasher> ids_;
  std::vector<const std::vector<StateId>*> sets_;  // keys of ids_, by state
  std::vector<Edge> edges_;                        // of the set being expanded
  std::vector<Atom> bounds_;
  bool failed_ = false;
};

}  // namespace

std::optional<Dfa> Determinise(const Nfa& nfa, const Alphabet& alphabet, DfaLimits limits, Budget& budget) {
  if (nfa.failed()) return std::nullopt;
  return SubsetConstruction(nfa, alphabet, limits, budget).Run();
}

// --- Build ---

namespace {

// Accepts what the complete automaton `dfa` does not.
Nfa Complement(const Dfa& dfa, Budget& budget) {
  Nfa nfa(budget);
  for (size_t i = 0; i < dfa.accepting.size(); ++i) nfa.AddState();
  nfa.start = dfa.start;
  nfa.accept = nfa.AddState();
  for (StateId state = 0; state < dfa.accepting.size() && !nfa.failed(); ++state) {
    const StateId* row = &dfa.next[size_t{state} * dfa.atoms];
    for (Atom low = 0, high = 0; low < dfa.atoms; low = high + 1) {
      for (high = low; high + 1 < dfa.atoms && row[high + 1] == row[low];) ++high;
      nfa.AddEdge(state, row[low], low, high);
    }
    if (!dfa.accepting[state]) nfa.AddSilent(state, nfa.accept);
  }
  return nfa;
}

// Accepts what both accept: states are pairs, made as they are reached.
class Product {
 public:
  Product(const Nfa& a, const Nfa& b, Budget& budget) : a_(a), b_(b), budget_(budget), result_(budget) {}

  Nfa Run() {
    result_.start = StateOf(a_.start, b_.start);
    for (size_t i = 0; i < pairs_.size() && !result_.failed(); ++i) Expand(pairs_[i]);
    const auto accept = ids_.find(Key(a_.accept, b_.accept));
    result_.accept = accept != ids_.end() ? accept->second : result_.AddState();
    return std::move(result_);
  }

 private:
  struct Pair {
    StateId a, b, id;
  };

  static uint64_t Key(StateId a, StateId b) { return uint64_t{a} << 32 | b; }

  StateId StateOf(StateId a, StateId b) {
    const auto [found, is_new] = ids_.try_emplace(Key(a, b), 0);
    if (is_new) {
      found->second = result_.AddState();
      pairs_.push_back({a, b, found->second});
    }
    return found->second;
  }

  void Expand(Pair pair) {
    for (uint32_t i = a_.first_edge(pair.a); i != kNoEdge; i = a_.edges()[i].next) {
      const Edge& left = a_.edges()[i];
      if (left.silent()) {
        result_.AddSilent(pair.id, StateOf(left.to, pair.b));
        continue;
      }
      for (uint32_t j = b_.first_edge(pair.b); j != kNoEdge && !result_.failed(); j = b_.edges()[j].next) {
        if (!budget_.SpendWork(1)) result_.Fail();
        const Edge& right = b_.edges()[j];
        if (right.silent()) continue;
        const Atom low = std::max(left.low, right.low), high = std::min(left.high, right.high);
        if (low <= high) result_.AddEdge(pair.id, StateOf(left.to, right.to), low, high);
      }
    }
    for (uint32_t j = b_.first_edge(pair.b); j != kNoEdge; j = b_.edges()[j].next) {
      const Edge& right = b_.edges()[j];
      if (right.silent()) result_.AddSilent(pair.id, StateOf(pair.a, right.to));
    }
  }

  const Nfa& a_;
  const Nfa& b_;
  Budget& budget_;
  Nfa result_;
  std::unordered_map<uint64_t, StateId> ids_;
  std::vector<Pair> pairs_;
};

// A part of an automaton under construction. Nothing leads to `start` and nothing away from `end` yet.
struct Fragment {
  StateId start;
  StateId end;
};

// Invariant: every node adds at least one state, so that repetitions of repetitions end at the limit. Once an automaton
// has failed, states are not looked at any more.
class Builder {
 public:
  Builder(const Tree& tree, const Alphabet& alphabet, Budget& budget)
      : tree_(tree), alphabet_(alphabet), budget_(budget) {}

  Nfa Whole(NodeId id) {
    Nfa nfa(budget_);
    const Fragment fragment = Add(nfa, id);
    nfa.start = fragment.start;
    nfa.accept = fragment.end;
    return nfa;
  }

 private:
  Fragment Add(Nfa& nfa, NodeId id) {
    const Node& node = tree_.nodes[id];
    if (nfa.failed()) return {0, 0};
    switch (node.kind) {
      case NodeKind::kEmpty:
        return Empty(nfa);
      case NodeKind::kNothing:
        return {nfa.AddState(), nfa.AddState()};
      case NodeKind::kSet:
        return Set(nfa, node);
      case NodeKind::kConcat:
        return Concat(nfa, node);
      case NodeKind::kUnion:
        return Union(nfa, node);
      case NodeKind::kRepeat:
        return Repeat(nfa, node);
      case NodeKind::kIntersection:
      case NodeKind::kComplement:
        return Separate(nfa, id);
    }
    assert(!"unknown node");
    return {0, 0};
  }

  Fragment Empty(Nfa& nfa) {
    const StateId state = nfa.AddState();
    return {state, state};
  }

  Fragment Set(Nfa& nfa, const Node& node) {
    const Fragment result{nfa.AddState(), nfa.AddState()};
    for (const Range& range : node.ranges) {
      if (nfa.failed()) break;
      nfa.AddEdge(result.start, result.end, alphabet_.AtomOf(range.low), alphabet_.AtomOf(range.high));
    }
    return result;
  }

  Fragment Link(Nfa& nfa, Fragment first, Fragment second) {
    nfa.AddSilent(first.end, second.start);
    return {first.start, second.end};
  }

  Fragment Concat(Nfa& nfa, const Node& node) {
    Fragment result = Add(nfa, node.children[0]);
    for (size_t i = 1; i < node.children.size() && !nfa.failed(); ++i) {
      result = Link(nfa, result, Add(nfa, node.children[i]));
    }
    return result;
  }

  Fragment Union(Nfa& nfa, const Node& node) {
    const Fragment result{nfa.AddState(), nfa.AddState()};
    for (const NodeId child : node.children) {
      const Fragment part = Add(nfa, child);
      if (nfa.failed()) break;
      nfa.AddSilent(result.start, part.start);
      nfa.AddSilent(part.end, result.end);
    }
    return result;
  }

  Fragment Star(Nfa& nfa, NodeId child) {
    const Fragment result{nfa.AddState(), nfa.AddState()};
    const Fragment part = Add(nfa, child);
    if (nfa.failed()) return result;
    nfa.AddSilent(result.start, part.start);
    nfa.AddSilent(part.end, part.start);
    nfa.AddSilent(part.end, result.end);
    nfa.AddSilent(result.start, result.end);
    return result;
  }

  Fragment Repeat(Nfa& nfa, const Node& node) {
    const NodeId child = node.children[0];
    Fragment result = Empty(nfa);
    for (uint32_t i = 0; i < node.min && !nfa.failed(); ++i) result = Link(nfa, result, Add(nfa, child));
    if (node.max == kUnbounded) return nfa.failed() ? result : Link(nfa, result, Star(nfa, child));
    if (node.max == node.min || nfa.failed()) return result;
    const StateId end = nfa.AddState();
    for (uint32_t i = node.min; i < node.max && !nfa.failed(); ++i) {
      nfa.AddSilent(result.end, end);
      result = Link(nfa, result, Add(nfa, child));
    }
    nfa.AddSilent(result.end, end);
    return {result.start, end};
  }

  // Operators that need whole automata of their operands. Built once, copied for each repetition.
  Fragment Separate(Nfa& nfa, NodeId id) {
    auto found = separate_.find(id);
    if (found == separate_.end()) {
      const Node& node = tree_.nodes[id];
      Nfa built = node.kind == NodeKind::kComplement ? ComplementOf(node) : IntersectionOf(node);
      found = separate_.emplace(id, std::move(built)).first;
    }
    const Nfa& part = found->second;
    const StateId offset = nfa.Append(part);
    // An own start and end: in a product, edges may lead to the start and away from the end.
    const Fragment result{nfa.AddState(), nfa.AddState()};
    nfa.AddSilent(result.start, offset + part.start);
    nfa.AddSilent(offset + part.accept, result.end);
    return result;
  }

  Nfa ComplementOf(const Node& node) {
    const Nfa operand = Whole(node.children[0]);
    const DfaLimits all = {limits::kMaxRegexStates, SIZE_MAX};  // the budget bounds the table
    const std::optional<Dfa> dfa = Determinise(operand, alphabet_, all, budget_);
    if (dfa) return Complement(*dfa, budget_);
    Nfa failed(budget_);
    failed.Fail();
    return failed;
  }

  Nfa IntersectionOf(const Node& node) {
    Nfa result = Whole(node.children[0]);
    for (size_t i = 1; i < node.children.size() && !result.failed(); ++i) {
      const Nfa operand = Whole(node.children[i]);
      if (operand.failed()) {
        result.Fail();
        break;
      }
      result = Product(result, operand, budget_).Run();
    }
    return result;
  }

  const Tree& tree_;
  const Alphabet& alphabet_;
  Budget& budget_;
  std::map<NodeId, Nfa> separate_;
};

}  // namespace

Nfa Build(const Tree& tree, const Alphabet& alphabet, Budget& budget) {
  return Builder(tree, alphabet, budget).Whole(tree.root);
}

}  // namespace eqlc::regex
