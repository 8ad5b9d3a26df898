// startsWith: does a text start with another?
// Tested by tests/unit/runtime/functions/.
#include "runtime/functions/function.h"

#include "runtime/value/ascii.h"

namespace eqlc::functions {

namespace {

constexpr Parameter kParameters[] = {
    {"source", ParamType::kString},
    {"prefix", ParamType::kString},
};

constexpr FunctionExample kExamples[] = {
    {R"(startsWith("setup.msi", "set"))", "true"},  {R"(startsWith("setup.msi", "SET"))", "false"},
    {R"(startsWith~("setup.msi", "SET"))", "true"}, {R"(startsWith("set", "setup"))", "false"},
    {R"(startsWith("setup", ""))", "true"},         {R"(startsWith("setup", null))", "null"},
};

abi::Value Body(const CallContext& context, std::span<const abi::Value> args) noexcept {
  return abi::Bool(ascii::StartsWith(args[0].text(), args[1].text(), context.fold));
}

}  // namespace

extern const Function kStartsWith = {
    .name = "startsWith",
    .help = "True when `source` starts with `prefix`.",
    .parameters = kParameters,
    .has_fold_form = true,
    .result = ParamType::kBool,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
