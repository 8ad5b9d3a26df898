// subtract: the operator `-` as a function.
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
    {"subtract(10, 4)", "6"},
    {"subtract(4, 10)", "-6"},
    {"subtract(1, 0.25)", "0.75"},
    {"subtract(null, 1)", "null"},
};

abi::Value Body(const CallContext&, std::span<const abi::Value> args) noexcept {
  return Arithmetic(abi::Op::kSub, args[0], args[1]);
}

}  // namespace

extern const Function kSubtract = {
    .name = "subtract",
    .help = "The difference of two numbers, as `a - b`.",
    .parameters = kParameters,
    .result = ParamType::kNumber,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
