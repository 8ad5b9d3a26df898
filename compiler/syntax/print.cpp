// PrintQuery and PrintExpr: AST to query text, with as few parentheses as the grammar needs. The levels below are the
// grammar's rules from `expression` to `primary`; a node goes in parentheses where a tighter rule is expected.
// Tested by tests/unit/compiler/syntax/print_test.cpp and tests/fuzz/query_parser_fuzz.cpp.
#include "compiler/syntax/print.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <type_traits>

#include "compiler/support/overloaded.h"
#include "compiler/syntax/spelling.h"

namespace eqlc {
namespace {

using namespace ast;  // NOLINT: the printer names every node

enum Level { kOr, kAnd, kNot, kCompare, kSum, kProduct, kSign, kPredicate, kPrimary };

Level LevelOf(const Expr& expr) {
  return std::visit(Overloaded{
                        [](const Or&) { return kOr; },
                        [](const And&) { return kAnd; },
                        [](const Not&) { return kNot; },
                        [](const Compare&) { return kCompare; },
                        [](const Arith& n) { return n.op == ArithOp::kAdd || n.op == ArithOp::kSub ? kSum : kProduct; },
                        [](const Unary&) { return kSign; },
                        [](const In&) { return kPredicate; },
                        [](const Pattern&) { return kPredicate; },
                        [](const NullLiteral&) { return kPrimary; },
                        [](const BoolLiteral&) { return kPrimary; },
                        [](const IntLiteral&) { return kPrimary; },
                        [](const DoubleLiteral&) { return kPrimary; },
                        [](const StringLiteral&) { return kPrimary; },
                        [](const FieldRef&) { return kPrimary; },
                        [](const Call&) { return kPrimary; },
                        [](const LineageTerm&) { return kPrimary; },
                    },
                    expr.node);
}

class Printer {
 public:
  explicit Printer(const Ast& ast) : ast_(ast) {}

  std::string Take() { return std::move(out_); }

  // Prints `id` where the grammar expects a rule at least as tight as `least`.
  void Print(ExprId id, Level least);
  void Print(const Query& query);

 private:
  void Node(const Or& node) { Chain(node.operands, " or ", kAnd); }
  void Node(const And& node) { Chain(node.operands, " and ", kNot); }
  void Node(const Not& node) { out_ += "not ", Print(node.operand, kNot); }
  void Node(const Compare& node) { Print(node.left, kSum), Operator(SpellingOf(node.op)), Print(node.right, kSum); }
  void Node(const Arith& node);
  void Node(const Unary& node) { out_ += SpellingOf(node.op), Print(node.operand, kSign); }
  void Node(const In& node);
  void Node(const Pattern& node);
  void Node(const NullLiteral&) { out_ += "null"; }
  void Node(const BoolLiteral& node) { out_ += node.value ? "true" : "false"; }
  void Node(const IntLiteral& node) { out_ += fmt::to_string(node.value); }
  void Node(const DoubleLiteral& node) { out_ += SpellDouble(node.value); }
  void Node(const StringLiteral& node) { String(node.value, node.quotes); }
  void Node(const FieldRef& node) { out_ += SpellField(node); }
  void Node(const Call& node);
  void Node(const LineageTerm& node);

  void String(std::string_view value, Quotes quotes);

  void Body(const EventQuery& query) { Filter(query.filter); }
  void Body(const Sequence& sequence);
  void Body(const Sample& sample) { out_ += "sample", Keys(sample.keys), Items(sample.items); }
  void Body(const Join& join);
  void Items(const std::vector<SequenceItem>& items);
  void Item(const SequenceItem& item);
  void Keys(const std::vector<ExprId>& keys);
  void Filter(const EventFilter& filter);

  void Operator(std::string_view spelling) { out_ += ' ', out_ += spelling, out_ += ' '; }
  void Chain(const std::vector<ExprId>& ids, std::string_view separator, Level least);
  void List(const std::vector<ExprId>& ids) { out_ += '(', Chain(ids, ", ", kOr), out_ += ')'; }

  const Ast& ast_;
  std::string out_;
};

void Printer::Print(ExprId id, Level least) {
  const Expr& expr = ast_[id];
  const bool parentheses = LevelOf(expr) < least;
  if (parentheses) out_ += '(';
  std::visit([this](const auto& node) { Node(node); }, expr.node);
  if (parentheses) out_ += ')';
}

void Printer::Chain(const std::vector<ExprId>& ids, std::string_view separator, Level least) {
  for (size_t i = 0; i < ids.size(); ++i) {
    if (i > 0) out_ += separator;
    Print(ids[i], least);
  }
}

// Left-associative: the right operand must be tighter than the operator itself.
void Printer::Node(const Arith& node) {
  const bool sum = node.op == ArithOp::kAdd || node.op == ArithOp::kSub;
  Print(node.left, sum ? kSum : kProduct);
  Operator(SpellingOf(node.op));
  Print(node.right, sum ? kProduct : kSign);
}

void Printer::Node(const In& node) {
  Print(node.operand, kPrimary);
  out_ += node.negated ? " not" : "";
  Operator(node.insensitive ? "in~" : "in");
  List(node.items);
}

void Printer::Node(const Pattern& node) {
  Print(node.operand, kPrimary);
  Operator(SpellingOf(node.op));
  if (node.list) return List(node.items);
  Print(node.items.front(), kPrimary);
}

void Printer::Node(const Call& node) {
  out_ += node.name;
  out_ += node.insensitive ? "~" : "";
  List(node.args);
}

void Printer::Node(const LineageTerm& node) {
  out_ += SpellingOf(node.kind), out_ += " of [", Filter(node.filter), out_ += ']';
}

// Behind a backslash at its end a raw string goes on to the next quote on the line, if there is one.
void Printer::String(std::string_view value, Quotes quotes) {
  out_ += SpellString(value, quotes);
  const bool raw = quotes == Quotes::kRawDouble || quotes == Quotes::kRawSingle;
  if (raw && value.ends_with('\\')) out_ += '\n';
}

void Printer::Filter(const EventFilter& filter) {
  if (filter.any) {
    out_ += "any";
  } else if (filter.quoted) {
    String(filter.category, filter.quotes);
  } else {
    out_ += filter.category;
  }
  out_ += " where ";
  Print(filter.condition, kOr);
}

void Printer::Keys(const std::vector<ExprId>& keys) {
  if (keys.empty()) return;
  out_ += " by ";
  Chain(keys, ", ", kOr);
}

void Printer::Item(const SequenceItem& item) {
  out_ += item.missing ? "![" : "[";
  Filter(item.filter);
  out_ += ']';
  out_ += item.fork ? " fork" : "";
  Keys(item.keys);
  if (item.has_runs) out_ += fmt::format(" with runs={}", item.runs);
  if (!item.alias.empty()) out_ += " as " + item.alias;
}

void Printer::Items(const std::vector<SequenceItem>& items) {
  for (const SequenceItem& item : items) out_ += "\n  ", Item(item);
}

void Printer::Body(const Sequence& sequence) {
  out_ += "sequence";
  Keys(sequence.keys);
  if (sequence.has_maxspan) out_ += fmt::format(" with maxspan={}{}", sequence.maxspan.count, sequence.maxspan.unit);
  Items(sequence.items);
  if (sequence.has_until) out_ += "\nuntil ", Item(sequence.until);
}

void Printer::Body(const Join& join) {
  out_ += "join";
  Keys(join.keys);
  Items(join.items);
  if (join.has_until) out_ += "\nuntil ", Item(join.until);
}

void Printer::Print(const Query& query) {
  std::visit([this](const auto& body) { Body(body); }, query.body);
  for (const Pipe& pipe : query.pipes) {
    out_ += "\n| " + pipe.name;
    if (!pipe.args.empty()) out_ += ' ', Chain(pipe.args, ", ", kOr);
  }
}

}  // namespace

std::string PrintQuery(const Ast& ast) {
  Printer printer(ast);
  printer.Print(ast.query);
  return printer.Take();
}

std::string PrintExpr(const Ast& ast, ExprId id) {
  Printer printer(ast);
  printer.Print(id, kOr);
  return printer.Take();
}

}  // namespace eqlc
