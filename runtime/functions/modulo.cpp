// modulo: the operator `%` as a function.
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
    {"modulo(11, 4)", "3"},    {"modulo(11, -4)", "3"},   {"modulo(-11, 4)", "-3"},
    {"modulo(5.5, 2)", "1.5"}, {"modulo(11, 0)", "null"},
};

abi::Value Body(const CallContext&, std::span<const abi::Value> args) noexcept {
  return Arithmetic(abi::Op::kMod, args[0], args[1]);
}

}  // namespace

extern const Function kModulo = {
    .name = "modulo",
    .help = "The remainder of a division, as `a % b`; it has the sign of the dividend.",
    .parameters = kParameters,
    .result = ParamType::kNumber,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
