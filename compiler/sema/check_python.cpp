// Expressions of python-eql.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "compiler/sema/children.h"
#include "compiler/sema/python_checker.h"
#include "compiler/support/overloaded.h"
#include "compiler/support/utf8.h"
#include "compiler/syntax/print.h"
#include "runtime/value/cidr.h"
#include "runtime/value/regex.h"

namespace eqlc::sema {
namespace {

std::string_view NameOf(Type type) {
  switch (type) {
    case Type::kAny:
      return "mixed";
    case Type::kNull:
      return "null";
    case Type::kBool:
      return "boolean";
    case Type::kNumber:
      return "number";
    case Type::kString:
      return "string";
    case Type::kIp:
    case Type::kDate:
    case Type::kVersion:
      break;  // of a schema's fields, which this dialect does not ask for
  }
  return {};
}

std::string_view NameOf(PythonParam param) {
  switch (param) {
    case PythonParam::kPrimitive:
      return "boolean, number or string";
    case PythonParam::kAnything:
      return "mixed";
    case PythonParam::kBool:
      return "boolean";
    case PythonParam::kNumber:
      return "number";
    case PythonParam::kString:
      return "string";
    case PythonParam::kLiteral:
      return "literal string";
    case PythonParam::kList:
      return "array";
    case PythonParam::kStringOrList:
      return "string or array";
    case PythonParam::kVariable:
      return "variable";
  }
  return {};
}

// Could a value of one type be one of the other? Null and fields could be anything.
bool Compatible(Type a, Type b) {
  const auto open = [](Type type) { return type == Type::kAny || type == Type::kNull; };
  return open(a) || open(b) || a == b;
}

bool IsOrdering(ast::CompareOp op) { return op != ast::CompareOp::kEq && op != ast::CompareOp::kNe; }

bool Fits(Type type, PythonParam param) {
  switch (param) {
    case PythonParam::kPrimitive:
    case PythonParam::kAnything:
      return true;
    case PythonParam::kBool:
      return Compatible(type, Type::kBool);
    case PythonParam::kNumber:
      return Compatible(type, Type::kNumber);
    case PythonParam::kString:
    case PythonParam::kStringOrList:
    case PythonParam::kLiteral:
      return Compatible(type, Type::kString);
    case PythonParam::kList:
    case PythonParam::kVariable:
      return type == Type::kAny || type == Type::kNull;
  }
  return false;
}

}  // namespace

std::vector<ExprInfo> PythonChecker::Run() {
  BindVariables();
  for (uint32_t i = 0; i < ast_.exprs.size(); ++i) CheckNode(ast::ExprId(i));
  CheckBody();
  CheckPipes();
  return std::move(info_);
}

// The second argument of a search names the element for the third; it is no field.
void PythonChecker::BindVariables() {
  is_variable_.assign(ast_.exprs.size(), false);
  for (const ast::Expr& expr : ast_.exprs) {
    const auto* call = std::get_if<ast::Call>(&expr.node);
    if (call == nullptr || call->args.size() != 3) continue;
    const PythonFunction* function = FindPythonFunction(call->name);
    if (function == nullptr || function->params.size() != 3 || function->params[1] != PythonParam::kVariable) continue;
    is_variable_[call->args[1].value] = true;
    if (const auto* name = std::get_if<ast::FieldRef>(&ast_[call->args[1]].node)) variables_.insert(name->path);
  }
}

std::string PythonChecker::Text(ast::ExprId id) const { return Shortened(PrintExpr(ast_, id)); }

Diagnostic& PythonChecker::ReportType(Code code, ast::ExprId found, std::string_view wanted) {
  return sink_.Report(code, ast_[found].span,
                      fmt::format("Expected {} not {}; found [{}]", wanted, NameOf(type(found)), Text(found)));
}

void PythonChecker::Refuse(Span span, std::string message, std::string_view construct) {
  sink_.Report(Code::kNotInDialect, span, std::move(message))
      .hints.push_back(fmt::format("{} belongs to the dialect elastic", construct));
}

void PythonChecker::CheckNode(ast::ExprId id) {
  const auto literal = [&](Type type) { info(id) = {type, true, nullptr}; };
  bool all_constant = true;
  ForEachChild(ast_[id], [&](ast::ExprId child) { all_constant &= constant(child); });
  const auto result = [&](Type type) { info(id) = {type, all_constant, nullptr}; };
  std::visit(Overloaded{[&](const ast::NullLiteral&) { literal(Type::kNull); },
                        [&](const ast::BoolLiteral&) { literal(Type::kBool); },
                        [&](const ast::IntLiteral&) { literal(Type::kNumber); },
                        [&](const ast::DoubleLiteral&) { literal(Type::kNumber); },
                        [&](const ast::StringLiteral&) { literal(Type::kString); },
                        [&](const ast::FieldRef& n) {
                          info(id) = {Type::kAny, false, nullptr};
                          CheckField(id, n);
                        },
                        [&](const ast::Call& n) {
                          result(Type::kAny);
                          CheckCall(id, n);
                        },
                        [&](const ast::Unary& n) {
                          result(Type::kNumber);
                          CheckNumber(n.operand);
                        },
                        [&](const ast::Arith& n) {
                          result(Type::kNumber);
                          CheckNumber(n.right);  // with a left operand of another type the result is null
                        },
                        [&](const ast::Compare& n) {
                          result(Type::kBool);
                          CheckCompare(n);
                        },
                        [&](const ast::And& n) {
                          result(Type::kBool);
                          CheckBooleans(n.operands);
                        },
                        [&](const ast::Or& n) {
                          result(Type::kBool);
                          CheckBooleans(n.operands);
                        },
                        [&](const ast::Not& n) {
                          result(Type::kBool);
                          CheckBooleans({n.operand});
                        },
                        [&](const ast::In& n) {
                          result(Type::kBool);
                          CheckIn(id, n);
                        },
                        [&](const ast::Pattern&) {
                          result(Type::kBool);
                          Refuse(ast_[id].span, "Invalid syntax. Try `wildcard` or `match`", "this operator");
                        },
                        [&](const ast::LineageTerm& n) {
                          info(id) = {Type::kBool, false, nullptr};
                          CheckFilter(n.filter);
                        }},
             ast_[id].node);
}

void PythonChecker::CheckField(ast::ExprId id, const ast::FieldRef& field) {
  const Span span = ast_[id].span;
  if (field.optional) return Refuse(span, "Optional fields are not supported.", "`?`");
  if (field.variable && !variables_.contains(std::string_view(field.path).substr(0, field.path.find('.')))) {
    sink_.Report(Code::kSyntaxError, span, fmt::format("no search around it has the variable `{}`", Text(id)));
    return;
  }
  if (is_variable_[id.value] && (field.path.find('.') != std::string::npos || field.subscripted)) {
    sink_.Report(Code::kWrongType, span, fmt::format("Expected variable; found [{}]", Text(id)))
        .hints.push_back("the second argument is a name of your choice for an element");
  }
}

void PythonChecker::CheckBooleans(const std::vector<ast::ExprId>& operands) {
  for (const ast::ExprId operand : operands) {
    if (!Compatible(type(operand), Type::kBool)) ReportType(Code::kNotBoolean, operand, "boolean");
  }
}

void PythonChecker::CheckNumber(ast::ExprId operand) {
  if (!Compatible(type(operand), Type::kNumber)) ReportType(Code::kWrongType, operand, "number");
}

void PythonChecker::CheckCompare(const ast::Compare& compare) {
  if (!Compatible(type(compare.left), type(compare.right))) {
    ReportType(Code::kWrongType, compare.right, NameOf(type(compare.left)));
    return;
  }
  if (!IsOrdering(compare.op)) return;
  for (const ast::ExprId side : {compare.left, compare.right}) {
    if (type(side) == Type::kBool) ReportType(Code::kWrongType, side, "number or string");
  }
}

void PythonChecker::CheckIn(ast::ExprId id, const ast::In& in) {
  if (in.insensitive) {
    Refuse(ast_[id].span, "Invalid syntax. Explicit case-insensitivity is not supported.", "`in~`");
  }
  for (const ast::ExprId item : in.items) {
    if (!Compatible(type(in.operand), type(item))) ReportType(Code::kWrongType, item, NameOf(type(in.operand)));
  }
}

void PythonChecker::CheckCall(ast::ExprId id, const ast::Call& call) {
  if (call.insensitive) {
    return Refuse(call.name_span, "Invalid syntax. Explicit case-insensitivity is not supported", "the `~` form");
  }
  const PythonFunction* function = FindPythonFunction(call.name);
  if (function == nullptr) {
    std::vector<std::string_view> names;
    for (const PythonFunction& known : PythonFunctions()) names.push_back(known.name);
    std::string message = fmt::format("Unknown function [{}]", call.name);
    const std::string near = NearestName(call.name, names);
    if (!near.empty()) message += fmt::format(", did you mean [{}]?", near);
    sink_.Report(Code::kUnknownFunction, call.name_span, std::move(message));
    return;
  }
  info(id).type = function->result;
  const size_t most = function->variadic ? std::numeric_limits<size_t>::max() : function->params.size();
  if (call.args.size() < function->min_args || call.args.size() > most) {
    sink_.Report(Code::kBadArity, call.name_span,
                 fmt::format("Expected {} {} argument{} to function {}; found {}",
                             call.args.size() < function->min_args ? "at least" : "up to",
                             call.args.size() < function->min_args ? function->min_args : most,
                             function->min_args == 1 ? "" : "s", call.name, call.args.size()));
    return;
  }
  const bool swapped = HasPatternFirst(ast_, call);
  for (size_t i = 0; i < call.args.size(); ++i) {
    const size_t place = swapped ? 1 - i : i;
    CheckArgument(call, i, function->params[std::min(place, function->params.size() - 1)]);
  }
  if (call.name == "match" || call.name == "matchLite") CheckPatterns(call);
  if (call.name == "cidrMatch") CheckBlocks(call);
}

// All patterns of a call become one automaton, so they are compiled together; then one by one to say which is wrong.
void PythonChecker::CheckPatterns(const ast::Call& call) {
  std::vector<std::string_view> patterns;
  for (const ast::ExprId arg : call.args) {
    if (const auto* text = std::get_if<ast::StringLiteral>(&ast_[arg].node)) patterns.push_back(text->value);
  }
  if (RegexSet::CompilePython(patterns, true).ok()) return;
  for (const ast::ExprId arg : call.args) {
    const auto* text = std::get_if<ast::StringLiteral>(&ast_[arg].node);
    if (text == nullptr) continue;
    const std::string_view pattern = text->value;
    const auto compiled = RegexSet::CompilePython({&pattern, 1}, true);
    if (!compiled.ok()) return (void)sink_.Report(Code::kBadRegex, ast_[arg].span, compiled.error().message);
  }
  sink_.Report(Code::kBadRegex, call.name_span, "the patterns together take too many states");
}

void PythonChecker::CheckBlocks(const ast::Call& call) {
  for (size_t i = 1; i < call.args.size(); ++i) {
    const auto* block = std::get_if<ast::StringLiteral>(&ast_[call.args[i]].node);
    if (block == nullptr) continue;
    if (block->value.find('/') != std::string::npos && ParseCidr(block->value)) continue;
    sink_.Report(Code::kBadCidr, ast_[call.args[i]].span, fmt::format("'{}' is no CIDR block", block->value))
        .hints.push_back("write an address, `/` and the number of its bits that count, as in \"10.0.0.0/8\"");
  }
}

void PythonChecker::CheckArgument(const ast::Call& call, size_t index, PythonParam param) {
  const ast::ExprId arg = call.args[index];
  const bool literal = std::holds_alternative<ast::StringLiteral>(ast_[arg].node);
  const bool name = std::holds_alternative<ast::FieldRef>(ast_[arg].node);
  const bool fits = Fits(type(arg), param) && (param != PythonParam::kLiteral || literal) &&
                    (param != PythonParam::kVariable || name);
  if (fits) return;
  ReportType(Code::kWrongType, arg, NameOf(param)).hints.push_back(fmt::format("it is an argument of `{}`", call.name));
}

void PythonChecker::CheckFilter(const ast::EventFilter& filter) {
  if (filter.quoted) Refuse(filter.category_span, "An event type is a name", "an event category in quotes");
  if (any_type_ || Compatible(type(filter.condition), Type::kBool)) return;
  ReportType(Code::kNotBoolean, filter.condition, "boolean");
}

}  // namespace eqlc::sema
