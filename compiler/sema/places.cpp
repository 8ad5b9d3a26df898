// FindPlaces: one walk from the statement down, so that the checks of an expression, which go up, know what is around
// it. Children have smaller ids than their parents, so the walk is a loop. Tested by tests/unit/compiler/sema/.
#include "compiler/sema/checker.h"
#include "compiler/sema/children.h"

namespace eqlc::sema {

void Checker::FindPlaces() {
  places_.assign(ast_.exprs.size(), {});
  PlaceRoots();
  for (auto i = static_cast<uint32_t>(ast_.exprs.size()); i-- > 0;) PlaceChildren(ast::ExprId(i));
}

void Checker::PlaceRoots() {
  const auto place = [this](const ast::EventFilter& filter, uint32_t item) {
    places_[filter.condition.value].is_condition = true;
    places_[filter.condition.value].item = item;
  };
  const auto place_all = [&](const std::vector<ast::SequenceItem>& items) {
    for (size_t i = 0; i < items.size(); ++i) {
      place(items[i].filter, items[i].missing ? 0 : static_cast<uint32_t>(i) + 1);
    }
  };
  std::visit(Overloaded{[&](const ast::EventQuery& q) { place(q.filter, 0); },
                        [&](const ast::Sequence& q) {
                          place_all(q.items);
                          if (q.has_until) place(q.until.filter, 0);
                        },
                        [&](const ast::Sample& q) { place_all(q.items); },
                        [&](const ast::Join& q) {
                          place_all(q.items);
                          if (q.has_until) place(q.until.filter, 0);
                        }},
             ast_.query.body);
}

void Checker::PlaceChildren(ast::ExprId id) {
  const Place place = places_[id.value];
  const ast::Expr& expr = ast_[id];
  const bool joins = std::holds_alternative<ast::And>(expr.node) || std::holds_alternative<ast::Or>(expr.node) ||
                     std::holds_alternative<ast::Not>(expr.node);
  ForEachChild(expr, [&](ast::ExprId child) {
    Place& below = places_[child.value];
    below = place;
    below.is_condition = place.is_condition && joins;
    below.binds = false;
  });
  if (const auto* compare = std::get_if<ast::Compare>(&expr.node)) {
    // `condition == false` is a condition, too.
    const auto is_truth = [this](ast::ExprId side) {
      return std::holds_alternative<ast::BoolLiteral>(ast_[side].node);
    };
    const bool equality = compare->op == ast::CompareOp::kEq || compare->op == ast::CompareOp::kNe;
    places_[compare->left.value].is_condition = place.is_condition && equality && is_truth(compare->right);
    places_[compare->right.value].is_condition = place.is_condition && equality && is_truth(compare->left);
  }
  if (const auto* term = std::get_if<ast::LineageTerm>(&expr.node)) {
    // Evaluated by itself, for other events.
    places_[term->filter.condition.value] = {.is_condition = true};
  }
  const auto* call = std::get_if<ast::Call>(&expr.node);
  if (call == nullptr || !IsArraySearch(*call) || call->args.size() < 2) return;
  places_[call->args[1].value].binds = true;
  if (call->args.size() < 3) return;
  places_[call->args[2].value].search = id.value;
  places_[call->args[2].value].is_condition = place.is_condition;
}

}  // namespace eqlc::sema
