// concat: the texts of some values, one after the other.
// Tested by tests/unit/runtime/functions/.
#include "runtime/functions/function.h"

#include "runtime/functions/concatenate.h"
#include "runtime/value/number.h"

namespace eqlc::functions {

namespace {

constexpr Parameter kParameters[] = {
    {"value", ParamType::kAny},
};

constexpr FunctionExample kExamples[] = {
    {R"(concat("user-", 17, "-", true))", R"("user-17-true")"},
    {R"(concat(1.5, "x"))", R"("1.5x")"},
    {R"(concat("alone"))", R"("alone")"},
    {R"(concat("a", null))", "null"},
};

abi::Value Body(const CallContext& context, std::span<const abi::Value> args) noexcept {
  return Concatenate(context, args, TextOf);
}

}  // namespace

extern const Function kConcat = {
    .name = "concat",
    .help = "The texts of all arguments, one after the other.",
    .parameters = kParameters,
    .variadic = true,
    .result = ParamType::kString,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
