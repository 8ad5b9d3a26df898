// length: how long a text is.
// Tested by tests/unit/runtime/functions/.
#include "runtime/functions/function.h"

#include "runtime/value/utf8.h"

namespace eqlc::functions {

namespace {

constexpr Parameter kParameters[] = {
    {"source", ParamType::kString},
};

constexpr FunctionExample kExamples[] = {
    {R"(length("powershell"))", "10"},
    {R"(length(""))", "0"},
    {R"(length("naïve"))", "5"},
    {"length(null)", "null"},
};

abi::Value Body(const CallContext&, std::span<const abi::Value> args) noexcept {
  return abi::Int(static_cast<int64_t>(utf8::Count(args[0].text())));
}

}  // namespace

extern const Function kLength = {
    .name = "length",
    .help = "The number of code points of a text.",
    .parameters = kParameters,
    .result = ParamType::kInteger,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
