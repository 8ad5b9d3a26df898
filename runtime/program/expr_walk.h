// ExprWalk: the nodes below an expression of an image, each once, however often it is shared.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "runtime/abi/expr.h"
#include "runtime/program/image.h"

namespace eqlc {

// Worth keeping for many walks. Thread-safety: none. `image` must outlive it.
class ExprWalk {
 public:
  explicit ExprWalk(const Image& image) : image_(image), walk_of_(image.exprs().size(), 0) {}

  // Calls visit(node) for the roots and all below them, in no order to rely on.
  template <typename Visit>
  void ForEachNode(std::span<const abi::ExprId> roots, Visit&& visit) {
    ++walk_;
    pending_.assign(roots.begin(), roots.end());
    while (!pending_.empty()) {
      const abi::ExprId id = pending_.back();
      pending_.pop_back();
      if (std::exchange(walk_of_[id], walk_) == walk_) continue;
      visit(image_.exprs()[id]);
      const auto args = image_.args(id);
      pending_.insert(pending_.end(), args.begin(), args.end());
    }
  }
  template <typename Visit>
  void ForEachNode(abi::ExprId root, Visit&& visit) {
    ForEachNode(std::span(&root, 1), std::forward<Visit>(visit));
  }

 private:
  const Image& image_;
  std::vector<uint32_t> walk_of_;  // [ExprId]: the last walk that reached it
  uint32_t walk_ = 0;
  std::vector<abi::ExprId> pending_;
};

}  // namespace eqlc
