// stringContains: does a text contain another?
// Tested by tests/unit/runtime/functions/.
#include "runtime/functions/function.h"

#include "runtime/value/search.h"

namespace eqlc::functions {

namespace {

constexpr Parameter kParameters[] = {
    {"source", ParamType::kString},
    {"substring", ParamType::kString},
};

constexpr FunctionExample kExamples[] = {
    {R"(stringContains("net user /add", "user"))", "true"},
    {R"(stringContains("net user /add", "USER"))", "false"},
    {R"(stringContains~("net user /add", "USER"))", "true"},
    {R"(stringContains("net", ""))", "false"},
    {R"(stringContains("a*b", "*"))", "true"},
    {R"(stringContains("net", null))", "null"},
};

abi::Value Body(const CallContext& context, std::span<const abi::Value> args) noexcept {
  const std::string_view source = args[0].text(), substring = args[1].text();
  return abi::Bool(!substring.empty() && FindFirst(source, substring, context.fold) != kNotFound);
}

}  // namespace

extern const Function kStringContains = {
    .name = "stringContains",
    .help = "True when `source` contains `substring`; false when either is empty.",
    .parameters = kParameters,
    .has_fold_form = true,
    .result = ParamType::kBool,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
