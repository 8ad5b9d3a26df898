// ConditionFacts: what emission wants to know of conditions beforehand: who uses which leaf, which are cheap, and what
// is too large to be worth compiling (the interpreter evaluates it instead).
#pragma once

#include <cstdint>
#include <vector>

#include "compiler/ir/ir.h"

namespace eqlc::codegen {

class ConditionFacts {
 public:
  explicit ConditionFacts(const ir::Module& module);

  // How many conditions use the leaf.
  uint32_t uses(abi::ExprId leaf) const { return uses_[leaf]; }
  // Evaluating the leaf takes less than looking up a memoised result.
  bool is_cheap(abi::ExprId leaf) const { return nodes_[leaf].is_cheap; }
  // The leaf reads fields that change within one event: it is not to be memoised.
  bool bound(abi::ExprId leaf) const { return nodes_[leaf].bound; }
  // How many leaves the condition has, shared ones counted at each use, up to a limit.
  uint64_t leaves(abi::ExprId condition) const { return nodes_[condition].leaves; }
  // False when the condition is to be left to the interpreter.
  bool compiled(abi::ExprId condition) const;

 private:
  struct Node {
    bool is_cheap = false;
    bool fits = true;  // no leaf below is too large
    bool bound = false;
    uint32_t depth = 0;
    uint64_t leaves = 0;  // shared ones counted at each use
  };
  Node LeafFacts(const ir::Module& module, abi::ExprId leaf) const;
  Node JunctionFacts(const ir::Module& module, abi::ExprId junction) const;
  void CountUses(const ir::Module& module);

  std::vector<Node> nodes_;  // [ExprId]: of conditions
  std::vector<uint32_t> uses_;
};

}  // namespace eqlc::codegen
