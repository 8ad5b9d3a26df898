// Types and constness of expressions (docs/semantics.md sections 1.8 and 3).
// Tested by tests/unit/compiler/sema/check_expr_test.cpp.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "compiler/sema/checker.h"
#include "compiler/support/overloaded.h"
#include "runtime/value/ascii.h"

namespace eqlc::sema {
namespace {

bool MayBeBool(Type type) { return type == Type::kAny || type == Type::kNull || type == Type::kBool; }
bool MayBeNumber(Type type) { return type == Type::kAny || type == Type::kNull || type == Type::kNumber; }
bool MayBeString(Type type) { return type == Type::kAny || type == Type::kNull || type == Type::kString; }

std::string_view OpText(ast::CompareOp op) {
  switch (op) {
    case ast::CompareOp::kEq:
      return "==";
    case ast::CompareOp::kNe:
      return "!=";
    case ast::CompareOp::kLt:
      return "<";
    case ast::CompareOp::kLe:
      return "<=";
    case ast::CompareOp::kGt:
      return ">";
    case ast::CompareOp::kGe:
      return ">=";
  }
  return {};
}

bool IsEquality(ast::CompareOp op) { return op == ast::CompareOp::kEq || op == ast::CompareOp::kNe; }

bool IsRegex(ast::PatternOp op) { return op == ast::PatternOp::kRegex || op == ast::PatternOp::kRegexInsensitive; }

// An unescaped `$` at the end: an even number of backslashes before it.
bool EndsInAnchor(std::string_view pattern) {
  if (!pattern.ends_with('$')) return false;
  pattern.remove_suffix(1);
  size_t backslashes = 0;
  while (backslashes < pattern.size() && pattern[pattern.size() - 1 - backslashes] == '\\') ++backslashes;
  return backslashes % 2 == 0;
}

std::string Upper(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return out;
}

// What a field that stands where a constant should may have been meant as.
std::string ConstantHint(const std::string& path) {
  static constexpr std::array<std::string_view, 3> kKeywords = {"true", "false", "null"};
  for (const std::string_view keyword : kKeywords) {
    if (ascii::EqualFold(path, keyword)) return fmt::format("keywords are lower-case: write `{}`", keyword);
  }
  return fmt::format("a text needs double quotes: write \"{}\"", path);
}

}  // namespace

void Checker::CheckNode(ast::ExprId id) {
  const auto literal = [&](Type type) { info(id) = {type, true, nullptr}; };
  std::visit(
      Overloaded{[&](const ast::NullLiteral&) { literal(Type::kNull); },
                 [&](const ast::BoolLiteral&) { literal(Type::kBool); },
                 [&](const ast::IntLiteral&) { literal(Type::kNumber); },
                 [&](const ast::DoubleLiteral&) { literal(Type::kNumber); },
                 [&](const ast::StringLiteral& n) {
                   literal(Type::kString);
                   RefuseQuotes(n.quotes, ast_[id].span);
                 },
                 [&](const ast::FieldRef& n) { CheckField(id, n); }, [&](const ast::Call& n) { CheckCall(id, n); },
                 [&](const ast::Unary& n) { CheckUnary(id, n); }, [&](const ast::Arith& n) { CheckArith(id, n); },
                 [&](const ast::Compare& n) { CheckCompare(id, n); },
                 [&](const ast::And& n) { CheckJunction(id, n.operands); },
                 [&](const ast::Or& n) { CheckJunction(id, n.operands); }, [&](const ast::Not& n) { CheckNot(id, n); },
                 [&](const ast::In& n) { CheckIn(id, n); }, [&](const ast::Pattern& n) { CheckPattern(id, n); },
                 [&](const ast::LineageTerm& n) { CheckLineage(id, n); }},
      ast_[id].node);
}

void Checker::CheckField(ast::ExprId id, const ast::FieldRef& field) {
  info(id) = {Type::kAny, false, nullptr};
  const Span span = ast_[id].span;
  if (field.variable) return CheckVariable(id, field);
  if (IsAliasReference(field)) return CheckAliasReference(id, field);
  if (field.subscripted) {
    sink_.Report(Code::kArrayIndex, span, "Array indexes are not supported")
        .hints.push_back("a field denotes all values of its arrays: leave the subscript out");
    return;
  }
  CheckFieldType(id, field);
}

void Checker::CheckUnary(ast::ExprId id, const ast::Unary& unary) {
  info(id) = {Type::kNumber, info(unary.operand).constant, nullptr};
  if (!MayBeNumber(info(unary.operand).type)) ReportType(Code::kWrongType, id, -1, "numeric", unary.operand);
}

void Checker::CheckArith(ast::ExprId id, const ast::Arith& arith) {
  info(id) = {Type::kNumber, info(arith.left).constant && info(arith.right).constant, nullptr};
  if (!MayBeNumber(info(arith.left).type)) ReportType(Code::kWrongType, id, 0, "numeric", arith.left);
  if (!MayBeNumber(info(arith.right).type)) ReportType(Code::kWrongType, id, 1, "numeric", arith.right);
}

void Checker::CheckCompare(ast::ExprId id, const ast::Compare& compare) {
  const bool left_constant = info(compare.left).constant;
  const bool right_constant = info(compare.right).constant;
  info(id) = {Type::kBool, left_constant && right_constant, nullptr};
  if (!IsEquality(compare.op)) {
    for (const int position : {0, 1}) {
      const ast::ExprId side = position == 0 ? compare.left : compare.right;
      if (info(side).type == Type::kBool) ReportType(Code::kWrongType, id, position, "string or numeric", side);
    }
  } else if (left_constant != right_constant) {
    WarnWildcard(left_constant ? compare.left : compare.right, OpText(compare.op));
  }
  const bool fields_compare = dialect_ == Dialect::kEndpoint && IsEquality(compare.op);
  if (!left_constant && !right_constant && !fields_compare)
    ReportFieldComparison(compare.right, OpText(compare.op), /*in_list=*/false);
}

void Checker::CheckJunction(ast::ExprId id, const std::vector<ast::ExprId>& operands) {
  info(id) = {Type::kBool, AllConstant(operands), nullptr};
  for (size_t i = 0; i < operands.size(); ++i) {
    if (!MayBeBool(info(operands[i]).type)) {
      ReportType(Code::kNotBoolean, id, static_cast<int>(i), "boolean", operands[i]);
    }
  }
}

void Checker::CheckNot(ast::ExprId id, const ast::Not& node) {
  info(id) = {Type::kBool, info(node.operand).constant, nullptr};
  if (!MayBeBool(info(node.operand).type)) ReportType(Code::kNotBoolean, id, -1, "boolean", node.operand);
}

void Checker::CheckIn(ast::ExprId id, const ast::In& in) {
  info(id) = {Type::kBool, info(in.operand).constant && AllConstant(in.items), nullptr};
  const std::string_view op = in.insensitive ? "in~" : "in";
  for (const ast::ExprId item : in.items) {
    if (!info(item).constant) ReportFieldComparison(item, Text(id), /*in_list=*/true);
  }
  // One warning a list.
  const auto wildcard = std::ranges::find_if(in.items, [this](ast::ExprId item) { return IsWildcardText(item); });
  if (wildcard != in.items.end() && !info(in.operand).constant) WarnWildcard(*wildcard, op);
}

void Checker::CheckPattern(ast::ExprId id, const ast::Pattern& pattern) {
  info(id) = {Type::kBool, info(pattern.operand).constant && AllConstant(pattern.items), nullptr};
  if (!MayBeString(info(pattern.operand).type)) CheckPatternOperand(id, pattern);
  for (size_t i = 0; i < pattern.items.size(); ++i) {
    const ast::ExprId item = pattern.items[i];
    if (!std::holds_alternative<ast::StringLiteral>(ast_[item].node)) {
      ReportType(Code::kWrongType, id, static_cast<int>(i) + 1, "string", item);
    } else if (IsRegex(pattern.op)) {
      WarnRegexAnchor(item);
    }
  }
}

// `:` is the operator that people write for `==`, so Elasticsearch has words of its own for it.
void Checker::CheckPatternOperand(ast::ExprId id, const ast::Pattern& pattern) {
  const ast::ExprId operand = pattern.operand;
  if (pattern.op != ast::PatternOp::kSeq || info(operand).field == nullptr) {
    ReportType(Code::kWrongType, id, -1, "string", operand);
    return;
  }
  sink_.Report(Code::kWrongType, ast_[operand].span,
               fmt::format("first argument of [:] must be [string], found value [{}] type [{}]; consider using [==] "
                           "instead",
                           Text(operand), TypeName(operand)));
}

void Checker::CheckCondition(const ast::EventFilter& filter) {
  RefuseQuotes(filter.quotes, filter.category_span);
  if (any_type_ || MayBeBool(info(filter.condition).type)) return;
  sink_
      .Report(Code::kNotBoolean, ast_[filter.condition].span,
              fmt::format("Condition expression needs to be boolean, found [{}]", Upper(TypeName(filter.condition))))
      .hints.push_back("compare it with a value");
}

void Checker::ReportFieldComparison(ast::ExprId offender, std::string_view comparison, bool in_list) {
  Diagnostic& diagnostic =
      sink_.Report(Code::kFieldComparison, ast_[offender].span,
                   fmt::format("Comparisons against fields are not (currently) supported; offender [{}] in [{}]",
                               Text(offender), comparison));
  const auto* field = std::get_if<ast::FieldRef>(&ast_[offender].node);
  if (field != nullptr && field->path.find('.') == std::string::npos) {
    diagnostic.hints.push_back(ConstantHint(field->path));
  } else if (in_list) {
    diagnostic.hints.push_back("the members of a list are literals or expressions without fields");
  } else if (dialect_ != Dialect::kEndpoint) {
    diagnostic.hints.push_back("only the endpoint dialect compares fields, with `==` and `!=`");
  }
}

bool Checker::IsWildcardText(ast::ExprId id) const {
  const auto* text = std::get_if<ast::StringLiteral>(&ast_[id].node);
  return text != nullptr && text->value.find('*') != std::string::npos;
}

void Checker::WarnWildcard(ast::ExprId literal, std::string_view op) {
  if (!IsWildcardText(literal)) return;
  sink_.Report(Code::kLiteralWildcard, ast_[literal].span, fmt::format("`{}` takes the `*` in this text literally", op))
      .hints.push_back("for wildcards use `:` (without case), `like` or `like~`");
}

void Checker::WarnRegexAnchor(ast::ExprId literal) {
  const std::string& pattern = std::get<ast::StringLiteral>(ast_[literal].node).value;
  const bool caret = pattern.starts_with('^');
  if (!caret && !EndsInAnchor(pattern)) return;
  sink_
      .Report(Code::kRegexAnchor, ast_[literal].span,
              fmt::format("`{}` is an ordinary character here, not an anchor", caret ? '^' : '$'))
      .hints.push_back(
          "a regular expression always matches the whole value: leave anchors out, write `.*` where text may follow");
}

}  // namespace eqlc::sema
