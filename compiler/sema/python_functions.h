// The functions of python-eql as far as sema needs to know them (docs/semantics.md section 4.3). What they compute is
// in runtime/functions and compiler/ir/build_python.cpp.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "compiler/sema/typed.h"

namespace eqlc::sema {

enum class PythonParam : uint8_t {
  kPrimitive,  // anything but a list or object
  kAnything,
  kBool,
  kNumber,
  kString,
  kLiteral,  // a string literal
  kList,
  kStringOrList,
  kVariable,  // a name that stands for an element in the arguments behind it
};

struct PythonFunction {
  std::string_view name;
  Type result;
  std::span<const PythonParam> params;
  size_t min_args;
  bool variadic;  // the last parameter may repeat
};

// By name, case counting; null when there is none.
const PythonFunction* FindPythonFunction(std::string_view name);
std::span<const PythonFunction> PythonFunctions();

// `match("re", x)`, an old spelling of `match(x, "re")`.
bool HasPatternFirst(const ast::Ast& ast, const ast::Call& call);

}  // namespace eqlc::sema
