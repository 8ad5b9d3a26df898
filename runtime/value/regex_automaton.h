// Automata of regular expressions. The alphabet is atoms: intervals of symbols that no set of the patterns tells apart.
//
//   Tree --Build--> Nfa --Determinise--> Dfa
//                    ^---- `&`: product, `~`: determinise and swap acceptance
//
// Every construction charges a Budget, so that no pattern takes more than a fixed time and memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "runtime/value/regex_parse.h"

namespace eqlc::regex {

using StateId = uint32_t;
using Atom = uint32_t;

class Alphabet {
 public:
  explicit Alphabet(std::span<const Tree> trees);

  Atom AtomOf(uint32_t symbol) const noexcept;
  uint32_t size() const { return static_cast<uint32_t>(starts_.size()); }
  // First symbol of each atom; the first is 0.
  const std::vector<uint32_t>& starts() const { return starts_; }

 private:
  std::vector<uint32_t> starts_;
};

// What the automata of one pattern may still take.
class Budget {
 public:
  Budget(size_t memory, size_t work) : memory_(memory), work_(work) {}
  bool SpendMemory(size_t states_and_edges) { return Spend(memory_, states_and_edges); }
  bool SpendWork(size_t steps) { return Spend(work_, steps); }

 private:
  static bool Spend(size_t& left, size_t amount) {
    if (amount > left) return false;
    left -= amount;
    return true;
  }
  size_t memory_;
  size_t work_;
};

// A transition on the atoms from low to high; on nothing when low > high.
struct Edge {
  Atom low;
  Atom high;
  StateId to;
  uint32_t next;  // edge of the same state; kNoEdge ends the list

  bool silent() const { return low > high; }
};

inline constexpr uint32_t kNoEdge = UINT32_MAX;

// One start, one accepting state. Adding beyond the limits sets failed() and does nothing.
class Nfa {
 public:
  explicit Nfa(Budget& budget) : budget_(&budget) {}

  StateId AddState();
  void AddEdge(StateId from, StateId to, Atom low, Atom high);
  void AddSilent(StateId from, StateId to) { AddEdge(from, to, 1, 0); }
  // Copies all states of `other`; returns what its state 0 has become.
  StateId Append(const Nfa& other);
  void Fail() { failed_ = true; }

  bool failed() const { return failed_; }
  uint32_t size() const { return static_cast<uint32_t>(first_edge_.size()); }
  const std::vector<Edge>& edges() const { return edges_; }
  uint32_t first_edge(StateId state) const { return first_edge_[state]; }

  StateId start = 0;
  StateId accept = 0;

 private:
  Budget* budget_;
  std::vector<uint32_t> first_edge_;
  std::vector<Edge> edges_;
  bool failed_ = false;
};

// Total: next[state * atoms + atom].
struct Dfa {
  uint32_t atoms = 0;
  StateId start = 0;
  std::vector<StateId> next;
  std::vector<uint8_t> accepting;
};

struct DfaLimits {
  size_t states;
  size_t entries;  // of `next`
};

// The automaton of a tree; failed() when it is too large.
Nfa Build(const Tree& tree, const Alphabet& alphabet, Budget& budget);

// The states reachable on nothing: marks and lists them, without allocating once it has room for all states.
class Closure {
 public:
  explicit Closure(const Nfa& nfa) : nfa_(&nfa), mark_(nfa.size(), 0) {}

  void Clear();
  void Add(StateId state);
  bool Contains(StateId state) const { return mark_[state] == generation_; }
  // In order of discovery.
  const std::vector<StateId>& states() const { return states_; }

 private:
  const Nfa* nfa_;
  std::vector<uint32_t> mark_;  // == generation_: in the set
  uint32_t generation_ = 1;
  std::vector<StateId> states_;
};

// Subset construction; nothing when it would take more than the limits or the budget.
std::optional<Dfa> Determinise(const Nfa& nfa, const Alphabet& alphabet, DfaLimits limits, Budget& budget);

}  // namespace eqlc::regex
