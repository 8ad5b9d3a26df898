// Calls: names, `~` forms, number and types of arguments (docs/semantics.md sections 1.8, 3.10 and 4).
// Tested by tests/unit/compiler/sema/check_call_test.cpp.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "compiler/sema/checker.h"
#include "runtime/value/ascii.h"

namespace eqlc::sema {
namespace {

Type ToType(ParamType type) {
  switch (type) {
    case ParamType::kAny:
      return Type::kAny;
    case ParamType::kString:
      return Type::kString;
    case ParamType::kNumber:
    case ParamType::kInteger:
      return Type::kNumber;
    case ParamType::kBool:
      return Type::kBool;
    case ParamType::kIp:
      return Type::kIp;
  }
  return Type::kAny;
}

std::string_view Required(ParamType type) {
  switch (type) {
    case ParamType::kAny:
      return "any";
    case ParamType::kString:
      return "string";
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

std::string CountText(size_t count) {
  static constexpr std::array<std::string_view, 6> kNames = {"zero", "one", "two", "three", "four", "five"};
  return count < kNames.size() ? std::string(kNames[count]) : fmt::format("{}", count);
}

std::string ArityText(const Function& function) {
  const size_t low = function.min_args();
  const size_t high = function.max_args();
  if (high == std::numeric_limits<size_t>::max()) {
    return fmt::format("at least {} argument{}", CountText(low), low == 1 ? "" : "s");
  }
  if (low == high) return fmt::format("exactly {} argument{}", CountText(low), low == 1 ? "" : "s");
  if (low + 1 == high) return fmt::format("{} or {} arguments", CountText(low), CountText(high));
  return fmt::format("between {} and {} arguments", CountText(low), CountText(high));
}

// What to write instead of functions that other EQLs have or had.
std::string_view Replacement(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kForeign = {{
      {"wildcard", "use `:` or `like~` with a list of patterns"},
      {"match", "use `regex~`, which matches the whole value"},
      {"matchLite", "use `regex~`, which matches the whole value"},
      {"arrayContains", "a comparison is true when any value of an array satisfies it: use `==`, `in` or `:`"},
      {"arrayCount", "only python-eql has this function"},
      {"arraySearch", "only python-eql has this function"},
      {"safe", "only python-eql has this function; no expression of a rule can fail at run time here"},
  }};
  const auto it = std::ranges::find(kForeign, name, &std::pair<std::string_view, std::string_view>::first);
  return it == kForeign.end() ? std::string_view() : it->second;
}

}  // namespace

void Checker::CheckCall(ast::ExprId id, const ast::Call& call) {
  info(id) = {Type::kAny, AllConstant(call.args), nullptr};
  if (IsArraySearch(call)) return CheckArraySearch(id, call);
  const Function* function = FindFunction(call.name);
  if (function == nullptr || function->hidden) return ReportUnknownFunction(call);
  info(id).type = ToType(function->result);
  info(id).function = function;
  if (call.insensitive && !function->has_fold_form) {
    sink_
        .Report(Code::kNoCaseInsensitiveForm, call.name_span,
                fmt::format("Function [{}] does not support case-(in)sensitivity", call.name))
        .hints.push_back(fmt::format("write `{}` without `~`", call.name));
  }
  if (call.args.size() < function->min_args() || call.args.size() > function->max_args()) {
    return CheckArity(call, *function);
  }
  for (size_t i = 0; i < call.args.size(); ++i) {
    CheckArgument(id, call, i, function->parameters[std::min(i, function->parameters.size() - 1)]);
  }
}

void Checker::ReportUnknownFunction(const ast::Call& call) {
  std::vector<std::string_view> names;
  for (const Function* function : Functions()) {
    if (function->name.find('.') == std::string_view::npos) names.push_back(function->name);  // not python-eql's own
  }
  std::string message = fmt::format("Unknown function [{}]", call.name);
  // Elasticsearch suggests names of functions generously, and spells them in lower case.
  const std::string near = NearestName(call.name, names, 2 * call.name.size() / 5);
  if (!near.empty()) message += fmt::format(", did you mean [{}]?", ascii::Fold(near));
  Diagnostic& diagnostic = sink_.Report(Code::kUnknownFunction, call.name_span, std::move(message));
  if (ascii::Fold(near) != near) diagnostic.hints.push_back(fmt::format("its name is `{}`", near));
  if (const std::string_view hint = Replacement(call.name); !hint.empty()) diagnostic.hints.emplace_back(hint);
}

// The count is wrong; says what it should be and shows the signature.
void Checker::CheckArity(const ast::Call& call, const Function& function) {
  std::string signature(function.name);
  signature += '(';
  for (size_t i = 0; i < function.parameters.size(); ++i) {
    const Parameter& parameter = function.parameters[i];
    const bool repeats = function.variadic && i + 1 == function.parameters.size();
    signature += fmt::format("{}{}{}{}", i == 0 ? "" : ", ", parameter.name, parameter.optional ? "?" : "",
                             repeats ? ", ..." : "");
  }
  sink_
      .Report(Code::kBadArity, call.name_span,
              fmt::format("error building [{}]: expects {}", ascii::Fold(call.name), ArityText(function)))
      .hints.push_back(fmt::format("the call has {}; the function is `{})`", call.args.size(), signature));
}

void Checker::CheckArgument(ast::ExprId id, const ast::Call& call, size_t index, const Parameter& parameter) {
  const ast::ExprId arg = call.args[index];
  if (parameter.constant && !info(arg).constant) {
    sink_
        .Report(
            Code::kNotConstant, ast_[arg].span,
            fmt::format("{} argument of [{}] must be a constant, received [{}]", Ordinal(index), Text(id), Text(arg)))
        .hints.push_back("write a literal, or an expression without fields");
    return;
  }
  const Type type = info(arg).type;
  if (type == Type::kAny || type == Type::kNull || parameter.type == ParamType::kAny) return;
  // Whether a text is an address is known of a field alone.
  if (parameter.type == ParamType::kIp && info(arg).field == nullptr) return;
  const bool fraction = parameter.type == ParamType::kInteger && TypeName(arg) == "double";
  if (type != ToType(parameter.type) || fraction) {
    ReportType(Code::kWrongType, id, static_cast<int>(index), Required(parameter.type), arg);
  }
}

}  // namespace eqlc::sema
