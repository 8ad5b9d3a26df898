// Function: everything eqlc knows of one EQL function, in one record. Type checking, folding, the interpreter,
// generated code, the documentation and the tests of its examples all read this record; runtime/functions/<name>.cpp
// defines it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "runtime/abi/value.h"
#include "runtime/value/scratch.h"

namespace eqlc {

// What a parameter takes or a function gives. A value of another type makes the result null at run time and is an error
// at compile time when it is a literal.
// kIp: any value at run time; a field that is known to be none is an error.
enum class ParamType : uint8_t { kAny, kString, kNumber, kInteger, kBool, kIp };

struct Parameter {
  std::string_view name;
  ParamType type = ParamType::kAny;
  bool optional = false;
  bool constant = false;  // must be a literal (cidrMatch's blocks)
};

// Runnable: `expression` evaluates to `result`, a JSON text ("null" for no value).
struct FunctionExample {
  std::string_view expression;
  std::string_view result;
};

// What a body gets besides its arguments.
struct CallContext {
  Scratch& scratch;  // for strings of the result
  bool fold;         // called by its `~` form
};

struct Function {
  // As documented: "startsWith"; looked up without case. A function that means something else in python-eql has a
  // second record there, "python.length", which no query can name.
  std::string_view name;
  std::string_view help;  // one sentence
  std::span<const Parameter> parameters;
  bool variadic = false;       // the last parameter may repeat
  bool has_fold_form = false;  // `name~` exists
  ParamType result = ParamType::kAny;
  bool hidden = false;  // a conversion that the compiler puts around typed fields; queries cannot name it
  // null-strict: any null argument gives null without calling the body.
  bool null_strict = true;
  // The meaning. Gets as many arguments as were written (at least the mandatory ones). Must not throw.
  abi::Value (*body)(const CallContext& context, std::span<const abi::Value> args) noexcept;
  std::span<const FunctionExample> examples;

  size_t min_args() const;
  // SIZE_MAX when variadic.
  size_t max_args() const;
};

// The functions of the language, sorted by name. The table is generated from the files of this folder.
std::span<const Function* const> Functions();

// By name without case, hidden ones included; null when there is none.
const Function* FindFunction(std::string_view name);

// Null when an argument is null and the function null-strict or has the wrong type, else what the body gives.
abi::Value CallFunction(const Function& function, const CallContext& context,
                        std::span<const abi::Value> args) noexcept;

}  // namespace eqlc
