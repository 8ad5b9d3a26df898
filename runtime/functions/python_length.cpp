// python.length: how long a text or list is.
// Tested by tests/unit/runtime/functions/.
#include "runtime/functions/function.h"

#include "runtime/value/json_value.h"
#include "runtime/value/utf8.h"

namespace eqlc::functions {

namespace {

constexpr Parameter kParameters[] = {
    {.name = "source"},
};

constexpr FunctionExample kExamples[] = {
    {R"(python.length("naïve"))", "5"},
    {"python.length(1)", "null"},
};

abi::Value Body(const CallContext&, std::span<const abi::Value> args) noexcept {
  if (args[0].is_string()) return abi::Int(static_cast<int64_t>(utf8::Count(args[0].text())));
  return args[0].is_json() ? abi::Int(static_cast<int64_t>(CountItems(args[0]))) : abi::Null();
}

}  // namespace

extern const Function kPythonLength = {
    .name = "python.length",
    .help = "The number of code points of a text, elements of a list or members of an object.",
    .parameters = kParameters,
    .result = ParamType::kInteger,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
