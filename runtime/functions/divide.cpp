// divide: the operator `/` as a function.
// Tested by tests/unit/runtime/functions/.
#include "runtime/functions/function.h"

#include "runtime/value/compare.h"

namespace eqlc::functions {

namespace {

constexpr Parameter kParameters[] = {
    {"dividend", ParamType::kNumber},
    {"divisor", ParamType::kNumber},
};

constexpr FunctionExample kExamples[] = {
    {"divide(9, 3)", "3"},     {"divide(9, 2)", "4"},    {"divide(-9, 2)", "-4"},
    {"divide(9, 2.0)", "4.5"}, {"divide(9, 0)", "null"}, {"divide(9.0, 0)", "null"},
};

abi::Value Body(const CallContext&, std::span<const abi::Value> args) noexcept {
  return Arithmetic(abi::Op::kDiv, args[0], args[1]);
}

}  // namespace

extern const Function kDivide = {
    .name = "divide",
    .help = "The quotient of two numbers, as `a / b`; of two integers it is truncated toward zero.",
    .parameters = kParameters,
    .result = ParamType::kNumber,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
