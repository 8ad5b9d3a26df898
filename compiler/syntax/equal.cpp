// EqualAst: the same query but for spans and node numbering.
// Tested by tests/unit/compiler/syntax/print_test.cpp and tests/fuzz/query_parser_fuzz.cpp.
#include <algorithm>
#include <type_traits>

#include "compiler/syntax/print.h"

namespace eqlc {
namespace {

using namespace ast;  // NOLINT: the file compares every node

class Comparer {
 public:
  Comparer(const Ast& a, const Ast& b) : a_(a), b_(b) {}

  bool Same(const Query& a, const Query& b) const {
    return SameAlternative(a.body, b.body) && SameLists(a.pipes, b.pipes);
  }

 private:
  bool Same(ExprId a, ExprId b) const { return SameAlternative(a_[a].node, b_[b].node); }
  bool Same(const std::vector<ExprId>& a, const std::vector<ExprId>& b) const { return SameLists(a, b); }

  bool Same(const NullLiteral&, const NullLiteral&) const { return true; }
  bool Same(const BoolLiteral& a, const BoolLiteral& b) const { return a.value == b.value; }
  bool Same(const IntLiteral& a, const IntLiteral& b) const { return a.value == b.value; }
  bool Same(const DoubleLiteral& a, const DoubleLiteral& b) const { return a.value == b.value; }
  bool Same(const StringLiteral& a, const StringLiteral& b) const { return a.value == b.value && a.quotes == b.quotes; }
  bool Same(const FieldRef& a, const FieldRef& b) const {
    return a.path == b.path && a.optional == b.optional && a.variable == b.variable && a.steps == b.steps;
  }
  bool Same(const Call& a, const Call& b) const {
    return a.name == b.name && a.insensitive == b.insensitive && Same(a.args, b.args);
  }
  bool Same(const Unary& a, const Unary& b) const { return a.op == b.op && Same(a.operand, b.operand); }
  bool Same(const Arith& a, const Arith& b) const {
    return a.op == b.op && Same(a.left, b.left) && Same(a.right, b.right);
  }
  bool Same(const Compare& a, const Compare& b) const {
    return a.op == b.op && Same(a.left, b.left) && Same(a.right, b.right);
  }
  bool Same(const And& a, const And& b) const { return Same(a.operands, b.operands); }
  bool Same(const Or& a, const Or& b) const { return Same(a.operands, b.operands); }
  bool Same(const Not& a, const Not& b) const { return Same(a.operand, b.operand); }
  bool Same(const In& a, const In& b) const {
    return a.insensitive == b.insensitive && a.negated == b.negated && Same(a.operand, b.operand) &&
           Same(a.items, b.items);
  }
  bool Same(const Pattern& a, const Pattern& b) const {
    return a.op == b.op && a.list == b.list && Same(a.operand, b.operand) && Same(a.items, b.items);
  }
  bool Same(const LineageTerm& a, const LineageTerm& b) const { return a.kind == b.kind && Same(a.filter, b.filter); }

  bool Same(const EventFilter& a, const EventFilter& b) const {
    return a.any == b.any && a.quoted == b.quoted && a.quotes == b.quotes && a.category == b.category &&
           Same(a.condition, b.condition);
  }
  bool Same(const TimeSpan& a, const TimeSpan& b) const { return a.count == b.count && a.unit == b.unit; }
  bool Same(const SequenceItem& a, const SequenceItem& b) const {
    return a.missing == b.missing && a.fork == b.fork && a.alias == b.alias && a.has_runs == b.has_runs &&
           a.runs == b.runs && Same(a.filter, b.filter) && Same(a.keys, b.keys);
  }
  bool Same(const EventQuery& a, const EventQuery& b) const { return Same(a.filter, b.filter); }
  bool Same(const Sequence& a, const Sequence& b) const {
    return a.has_maxspan == b.has_maxspan && (!a.has_maxspan || Same(a.maxspan, b.maxspan)) && SameItems(a, b);
  }
  bool Same(const Sample& a, const Sample& b) const { return Same(a.keys, b.keys) && SameLists(a.items, b.items); }
  bool Same(const Join& a, const Join& b) const { return SameItems(a, b); }
  bool Same(const Pipe& a, const Pipe& b) const { return a.name == b.name && Same(a.args, b.args); }

  template <typename Ordered>
  bool SameItems(const Ordered& a, const Ordered& b) const {
    return Same(a.keys, b.keys) && SameLists(a.items, b.items) && a.has_until == b.has_until &&
           (!a.has_until || Same(a.until, b.until));
  }

  template <typename T>
  bool SameLists(const std::vector<T>& a, const std::vector<T>& b) const {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [this](const T& x, const T& y) { return Same(x, y); });
  }

  template <typename Variant>
  bool SameAlternative(const Variant& a, const Variant& b) const {
    if (a.index() != b.index()) return false;
    return std::visit([&](const auto& x) { return Same(x, std::get<std::remove_cvref_t<decltype(x)>>(b)); }, a);
  }

  const Ast& a_;
  const Ast& b_;
};

}  // namespace

bool EqualAst(const Ast& a, const Ast& b) { return Comparer(a, b).Same(a.query, b.query); }

}  // namespace eqlc
