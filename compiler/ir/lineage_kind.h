// The process relation of a query as the image names it; both builders lower it.
#pragma once

#include "compiler/syntax/ast.h"
#include "runtime/abi/image.h"

namespace eqlc::ir {

inline abi::LineageKind KindOf(ast::Lineage kind) {
  switch (kind) {
    case ast::Lineage::kChild:
      return abi::LineageKind::kChild;
    case ast::Lineage::kDescendant:
      return abi::LineageKind::kDescendant;
    case ast::Lineage::kEvent:
      return abi::LineageKind::kEvent;
  }
  return abi::LineageKind::kDescendant;
}

}  // namespace eqlc::ir
