// Check: the order of the checks, and what all of them share. Tested by tests/unit/compiler/sema/.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>

#include "compiler/sema/checker.h"
#include "compiler/sema/children.h"
#include "compiler/sema/python_checker.h"
#include "compiler/support/utf8.h"
#include "compiler/syntax/print.h"

namespace eqlc {
namespace sema {
namespace {

std::string_view TypeNameOf(const Function& function) {
  switch (function.result) {
    case ParamType::kAny:
      return "any";
    case ParamType::kString:
      return "keyword";
    case ParamType::kNumber:
      return "numeric";
    case ParamType::kInteger:
      return "integer";
    case ParamType::kBool:
      return "boolean";
    case ParamType::kIp:
      return "ip";
  }
  return {};
}

std::string_view TypeNameOf(Type type) {
  switch (type) {
    case Type::kAny:
      return "any";
    case Type::kNull:
      return "null";
    case Type::kBool:
      return "boolean";
    case Type::kNumber:
      return "numeric";
    case Type::kString:
      return "keyword";
    case Type::kIp:
      return "ip";
    case Type::kDate:
      return "datetime";
    case Type::kVersion:
      return "version";
  }
  return {};
}

std::string_view TypeNameOf(const ast::IntLiteral& literal) {
  if (literal.value <= INT32_MAX) return "integer";
  return literal.value <= INT64_MAX ? "long" : "unsigned_long";
}

}  // namespace

std::string Ordinal(size_t index) {
  static constexpr std::array<std::string_view, 10> kNames = {"first", "second",  "third",  "fourth", "fifth",
                                                              "sixth", "seventh", "eighth", "ninth",  "tenth"};
  return index < kNames.size() ? std::string(kNames[index]) : fmt::format("{}th", index + 1);
}

std::vector<ExprInfo> Checker::Run() {
  FindAliases();
  FindPlaces();
  for (uint32_t i = 0; i < ast_.exprs.size(); ++i) CheckNode(ast::ExprId(i));
  CheckBody();
  CheckPipes();
  return std::move(info_);
}

void Checker::CheckBody() {
  std::visit(Overloaded{[this](const ast::EventQuery& q) { CheckCondition(q.filter); },
                        [this](const ast::Sequence& q) { CheckSequence(q); },
                        [this](const ast::Sample& q) { CheckSample(q); }, [this](const ast::Join& q) { CheckJoin(q); }},
             ast_.query.body);
}

bool Checker::AllConstant(const std::vector<ast::ExprId>& ids) const {
  return std::ranges::all_of(ids, [this](ast::ExprId id) { return info(id).constant; });
}

const std::string& Checker::Text(ast::ExprId id) {
  const auto [it, added] = texts_.try_emplace(id.value);
  if (added) it->second = Shortened(PrintExpr(ast_, id));
  return it->second;
}

std::string_view Checker::TypeName(ast::ExprId id) const {
  const auto& node = ast_[id].node;
  if (const auto* literal = std::get_if<ast::IntLiteral>(&node)) return TypeNameOf(*literal);
  if (std::holds_alternative<ast::DoubleLiteral>(node)) return "double";
  if (const auto* unary = std::get_if<ast::Unary>(&node)) return TypeName(unary->operand);
  if (info(id).field != nullptr && info(id).type != Type::kAny && info(id).type != Type::kNull) {
    return GetFieldTypeInfo(info(id).field->type).message_name;
  }
  if (info(id).function != nullptr) return TypeNameOf(*info(id).function);
  return TypeNameOf(info(id).type);
}

std::string Checker::TypeHint(Code code, std::string_view wanted, ast::ExprId found) const {
  const ExprInfo& value = info(found);
  if (code == Code::kNotBoolean) {
    if (!value.constant) return "compare it with a value";
    return "each side of `and` and `or` is a condition of its own; for several values write `x in (...)`";
  }
  if (wanted == "string or numeric") return "booleans have no order: use `==` or `!=`";
  if (wanted == "ip") return "only a field that the schema calls `ip`, or one it does not know, can hold an address";
  if (value.type == Type::kNull) return "`x == null` asks whether there is no value";
  if (wanted == "string")
    return value.constant ? "a text stands in double quotes" : "`string(...)` gives a value's text";
  if (value.type != Type::kString) return {};
  return value.constant ? "a number stands without quotes" : "`number(...)` gives the number that a text spells";
}

Diagnostic& Checker::ReportType(Code code, ast::ExprId parent, int position, std::string_view what, ast::ExprId found) {
  const std::string ordinal = position < 0 ? "" : Ordinal(static_cast<size_t>(position)) + ' ';
  Diagnostic& diagnostic = sink_.Report(code, ast_[found].span,
                                        fmt::format("{}argument of [{}] must be [{}], found value [{}] type [{}]",
                                                    ordinal, Text(parent), what, Text(found), TypeName(found)));
  if (std::string hint = TypeHint(code, what, found); !hint.empty()) diagnostic.hints.push_back(std::move(hint));
  return diagnostic;
}

}  // namespace sema

std::optional<TypedQuery> Check(const ast::Ast& ast, const SemaOptions& options, DiagnosticSink& sink) {
  assert(options.dialect != Dialect::kAuto);
  const size_t errors_before = sink.error_count();
  std::vector<ExprInfo> info = options.dialect == Dialect::kPython ? sema::PythonChecker(ast, options, sink).Run()
                                                                   : sema::Checker(ast, options, sink).Run();
  if (sink.error_count() != errors_before) return std::nullopt;
  return TypedQuery{&ast, std::move(info), options};
}

std::string DumpTyped(const TypedQuery& query) {
  std::string out;
  for (uint32_t i = 0; i < query.info.size(); ++i) {
    const ExprInfo& info = query.info[i];
    out += fmt::format("#{} {}{}: {}\n", i, info.constant ? "constant " : "", sema::TypeNameOf(info.type),
                       PrintExpr(*query.ast, ast::ExprId(i)));
  }
  return out;
}

}  // namespace eqlc
