// multiply: the operator `*` as a function.
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
    {"multiply(6, 7)", "42"},
    {"multiply(2, 1.5)", "3.0"},
    {"multiply(4294967296, 4294967296)", "null"},
    {"multiply(0, null)", "null"},
};

abi::Value Body(const CallContext&, std::span<const abi::Value> args) noexcept {
  return Arithmetic(abi::Op::kMul, args[0], args[1]);
}

}  // namespace

extern const Function kMultiply = {
    .name = "multiply",
    .help = "The product of two numbers, as `a * b`.",
    .parameters = kParameters,
    .result = ParamType::kNumber,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
