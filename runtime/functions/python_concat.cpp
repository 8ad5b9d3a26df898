// python.concat: texts one after the other.
// Tested by tests/unit/runtime/functions/.
#include "runtime/functions/function.h"

#include <algorithm>

#include "runtime/functions/concatenate.h"
#include "runtime/value/number.h"

namespace eqlc::functions {

namespace {

constexpr Parameter kParameters[] = {
    {.name = "value"},
};

constexpr FunctionExample kExamples[] = {
    {R"(python.concat("a", 1, true))", R"("a1true")"},
    {R"(python.concat(1.0))", R"("1.0")"},
    {R"(python.concat("a", null))", "null"},
};

abi::Value Body(const CallContext& context, std::span<const abi::Value> args) noexcept {
  if (std::ranges::any_of(args, &abi::Value::is_json)) return abi::Null();
  return Concatenate(context, args, PythonTextOf);
}

}  // namespace

extern const Function kPythonConcat = {
    .name = "python.concat",
    .help = "The texts of all arguments, one after the other, numbers as Python writes them.",
    .parameters = kParameters,
    .variadic = true,
    .result = ParamType::kString,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
