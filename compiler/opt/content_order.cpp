// Tested by tests/unit/compiler/opt/content_order_test.cpp.
#include "compiler/opt/content_order.h"

#include <tuple>

namespace eqlc::opt {
namespace {

using ir::ExprNode;
using ir::Op;
using Order = std::strong_ordering;

Order CompareFields(const ir::Module& module, ir::FieldId a, ir::FieldId b) {
  if (a == b) return Order::equal;
  const ir::FieldRef &ref_a = module.field_refs()[a], &ref_b = module.field_refs()[b];
  return std::tie(module.fields()[a], ref_a.role, ref_a.source, ref_a.scope) <=>
         std::tie(module.fields()[b], ref_b.role, ref_b.source, ref_b.scope);
}

Order CompareScopes(const ir::Module& module, ir::ScopeId a, ir::ScopeId b) {
  const ir::Scope &scope_a = module.scopes()[a], &scope_b = module.scopes()[b];
  const Order fields = CompareFields(module, scope_a.array, scope_b.array);
  return fields != 0 ? fields : scope_a.depth <=> scope_b.depth;
}

Order CompareLiterals(const ir::Literal& a, const ir::Literal& b) {
  return std::tie(a.kind, a.i64, a.text) <=> std::tie(b.kind, b.i64, b.text);
}

// What a node has besides its arguments.
Order CompareAux(const ir::Module& module, const ExprNode& a, const ExprNode& b) {
  switch (a.op) {
    case Op::kConst:
      return CompareLiterals(module.literals()[a.aux], module.literals()[b.aux]);
    case Op::kField:
      return CompareFields(module, a.aux, b.aux);
    case Op::kCall:
      return module.functions()[a.aux] <=> module.functions()[b.aux];
    case Op::kAnyElement:
      return CompareScopes(module, a.aux, b.aux);
    case Op::kLeaf:
      return Order::equal;  // the module numbers its own
    default:
      return a.aux <=> b.aux;
  }
}

}  // namespace

Order CompareContents(const ir::Module& module, ir::ExprId a, ir::ExprId b) {
  if (a == b) return Order::equal;
  const ExprNode &node_a = module.expr(a), &node_b = module.expr(b);
  const Order shape =
      std::tie(node_a.op, node_a.flags, node_a.arg_count) <=> std::tie(node_b.op, node_b.flags, node_b.arg_count);
  if (shape != 0) return shape;
  if (const Order aux = CompareAux(module, node_a, node_b); aux != 0) return aux;
  for (uint32_t i = 0; i < node_a.arg_count; ++i) {
    if (const Order arg = CompareContents(module, module.args(a)[i], module.args(b)[i]); arg != 0) return arg;
  }
  return Order::equal;
}

}  // namespace eqlc::opt
