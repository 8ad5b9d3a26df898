// The children of an AST expression, in order, whatever its kind.
#pragma once

#include <variant>
#include <vector>

#include "compiler/support/overloaded.h"
#include "compiler/syntax/ast.h"

namespace eqlc::sema {

template <typename Visit>
void ForEachChild(const ast::Expr& expr, Visit&& visit) {
  const auto each = [&](const std::vector<ast::ExprId>& ids) {
    for (const ast::ExprId id : ids) visit(id);
  };
  std::visit(Overloaded{[](const ast::NullLiteral&) {}, [](const ast::BoolLiteral&) {}, [](const ast::IntLiteral&) {},
                        [](const ast::DoubleLiteral&) {}, [](const ast::StringLiteral&) {}, [](const ast::FieldRef&) {},
                        [&](const ast::Call& n) { each(n.args); }, [&](const ast::Unary& n) { visit(n.operand); },
                        [&](const ast::Arith& n) { visit(n.left), visit(n.right); },
                        [&](const ast::Compare& n) { visit(n.left), visit(n.right); },
                        [&](const ast::And& n) { each(n.operands); }, [&](const ast::Or& n) { each(n.operands); },
                        [&](const ast::Not& n) { visit(n.operand); },
                        [&](const ast::In& n) { visit(n.operand), each(n.items); },
                        [&](const ast::Pattern& n) { visit(n.operand), each(n.items); },
                        [&](const ast::LineageTerm& n) { visit(n.filter.condition); }},
             expr.node);
}

}  // namespace eqlc::sema
