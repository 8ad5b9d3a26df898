#include "compiler/sema/python_functions.h"

#include <algorithm>
#include <array>

namespace eqlc::sema {
namespace {

using enum PythonParam;

constexpr std::array kTwoNumbers = {kNumber, kNumber};
constexpr std::array kTwoStrings = {kString, kString};
constexpr std::array kContains = {kList, kPrimitive};
constexpr std::array kSearch = {kList, kVariable, kBool};
constexpr std::array kBetween = {kString, kString, kString, kBool};
constexpr std::array kMatch = {kString, kLiteral};
constexpr std::array kIndexOf = {kString, kString, kNumber};
constexpr std::array kLength = {kStringOrList};
constexpr std::array kToNumber = {kString, kNumber};
constexpr std::array kSafe = {kAnything};
constexpr std::array kOnePrimitive = {kPrimitive};
constexpr std::array kSubstring = {kString, kNumber, kNumber};

constexpr PythonFunction kFunctions[] = {
    {"add", Type::kNumber, kTwoNumbers, 2, false},
    {"arrayContains", Type::kBool, kContains, 2, true},
    {"arrayCount", Type::kNumber, kSearch, 3, false},
    {"arraySearch", Type::kBool, kSearch, 3, false},
    {"between", Type::kString, kBetween, 3, false},
    {"cidrMatch", Type::kBool, kMatch, 2, true},
    {"concat", Type::kString, kOnePrimitive, 1, true},
    {"divide", Type::kNumber, kTwoNumbers, 2, false},
    {"endsWith", Type::kBool, kTwoStrings, 2, false},
    {"indexOf", Type::kNumber, kIndexOf, 2, false},
    {"length", Type::kNumber, kLength, 1, false},
    {"match", Type::kBool, kMatch, 2, true},
    {"matchLite", Type::kBool, kMatch, 2, true},
    {"modulo", Type::kNumber, kTwoNumbers, 2, false},
    {"multiply", Type::kNumber, kTwoNumbers, 2, false},
    {"number", Type::kNumber, kToNumber, 1, false},
    {"safe", Type::kAny, kSafe, 1, false},
    {"startsWith", Type::kBool, kTwoStrings, 2, false},
    {"string", Type::kString, kOnePrimitive, 1, false},
    {"stringContains", Type::kBool, kTwoStrings, 2, false},
    {"substring", Type::kString, kSubstring, 2, false},
    {"subtract", Type::kNumber, kTwoNumbers, 2, false},
    {"wildcard", Type::kBool, kMatch, 2, true},
};

}  // namespace

std::span<const PythonFunction> PythonFunctions() { return kFunctions; }

const PythonFunction* FindPythonFunction(std::string_view name) {
  const auto* it = std::ranges::find(kFunctions, name, &PythonFunction::name);
  return it == std::end(kFunctions) ? nullptr : it;
}

bool HasPatternFirst(const ast::Ast& ast, const ast::Call& call) {
  const auto is_text = [&](size_t i) { return std::holds_alternative<ast::StringLiteral>(ast[call.args[i]].node); };
  return (call.name == "match" || call.name == "matchLite") && call.args.size() == 2 && is_text(0) && !is_text(1);
}

}  // namespace eqlc::sema
