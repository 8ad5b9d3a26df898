// python.string: the text of a value.
// Tested by tests/unit/runtime/functions/.
#include "runtime/functions/function.h"

#include "runtime/value/number.h"

namespace eqlc::functions {

namespace {

constexpr Parameter kParameters[] = {
    {.name = "value"},
};

constexpr FunctionExample kExamples[] = {
    {"python.string(1)", R"("1")"},
    {"python.string(1e20)", R"("1e+20")"},
    {"python.string(true)", R"("true")"},
    {"python.string(null)", "null"},
};

abi::Value Body(const CallContext& context, std::span<const abi::Value> args) noexcept {
  if (args[0].is_string()) return args[0];
  if (args[0].is_json()) return abi::Null();
  NumberBuffer buffer;
  const std::string_view text = context.scratch.Copy(PythonTextOf(args[0], buffer));
  return text.data() == nullptr ? abi::Null() : abi::String(text);
}

}  // namespace

extern const Function kPythonString = {
    .name = "python.string",
    .help = "The text of a value, numbers as Python writes them.",
    .parameters = kParameters,
    .result = ParamType::kString,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
