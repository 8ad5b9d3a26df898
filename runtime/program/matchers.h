// Matchers: the precomputed form of nodes with constant patterns (string sets, globs, regexes, CIDR blocks). One place
// decides which node gets which matcher; linking, folding and the interpreter all ask it.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "eqlc/result.hpp"
#include "runtime/abi/expr.h"
#include "runtime/abi/value.h"
#include "runtime/functions/function.h"
#include "runtime/value/cidr.h"
#include "runtime/value/glob.h"
#include "runtime/value/regex.h"
#include "runtime/value/value_set.h"

namespace eqlc {

// Owns matchers, by node. Immutable once built.
class Matchers {
 public:
  // Builds the matcher of a node whose arguments behind the first are the constants `constants`: ValueSet for kIn,
  // GlobSet for kLike, RegexSet for kRegex, CidrSet for a call of cidrMatch. Other nodes get none. REQUIRES: the texts
  // of `constants` outlive the matchers.
  // An Error means a pattern that does not compile.
  Status Add(abi::ExprId id, const abi::ExprNode& node, const Function* function,
             std::span<const abi::Value> constants);

  // Null for a node without matcher.
  const void* operator[](abi::ExprId id) const { return id < by_expr_.size() ? by_expr_[id] : nullptr; }
  // Sized by Resize.
  const std::vector<const void*>& by_expr() const { return by_expr_; }
  void Resize(size_t expr_count) { by_expr_.resize(expr_count, nullptr); }

 private:
  std::vector<const void*> by_expr_;
  std::vector<std::unique_ptr<ValueSet>> value_sets_;
  std::vector<std::unique_ptr<GlobSet>> glob_sets_;
  std::vector<std::unique_ptr<RegexSet>> regex_sets_;
  std::vector<std::unique_ptr<CidrSet>> cidr_sets_;
};

}  // namespace eqlc
