// add: the operator `+` as a function.
// Tested by tests/unit/runtime/functions/.
#include "runtime/functions/function.h"

#include "runtime/value/compare.h"

namespace eqlc::functions {

namespace {

constexpr Parameter kParameters[] = {
    {"left", ParamType::kNumber},
    {"right", ParamType::kNumber},
};

constexpr FunctionExample kExamples[] = {
    {"add(2, 3)", "5"},       {"add(1, 0.5)", "1.5"}, {"add(-7, 7)", "0"}, {"add(9223372036854775807, 1)", "null"},
    {"add(1, null)", "null"},
};

abi::Value Body(const CallContext&, std::span<const abi::Value> args) noexcept {
  return Arithmetic(abi::Op::kAdd, args[0], args[1]);
}

}  // namespace

extern const Function kAdd = {
    .name = "add",
    .help = "The sum of two numbers, as `a + b`.",
    .parameters = kParameters,
    .result = ParamType::kNumber,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
