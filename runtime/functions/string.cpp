// string: a value as text.
// Tested by tests/unit/runtime/functions/.
#include "runtime/functions/function.h"

#include "runtime/value/number.h"

namespace eqlc::functions {

namespace {

constexpr Parameter kParameters[] = {
    {"value", ParamType::kAny},
};

constexpr FunctionExample kExamples[] = {
    {"string(4711)", R"("4711")"},        {"string(2.0)", R"("2.0")"}, {"string(false)", R"("false")"},
    {R"(string("as is"))", R"("as is")"}, {"string(null)", "null"},
};

abi::Value Body(const CallContext& context, std::span<const abi::Value> args) noexcept {
  if (args[0].is_string()) return args[0];
  NumberBuffer buffer;
  const std::string_view text = context.scratch.Copy(TextOf(args[0], buffer));
  return text.data() == nullptr ? abi::Null() : abi::String(text);
}

}  // namespace

extern const Function kString = {
    .name = "string",
    .help = "The text of a value: `true`, `42`, `1.5`; a string is itself.",
    .parameters = kParameters,
    .result = ParamType::kString,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
