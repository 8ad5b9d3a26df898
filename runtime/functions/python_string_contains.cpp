// python.stringContains: whether a text occurs in another.
// Tested by tests/unit/runtime/functions/.
#include "runtime/functions/function.h"

#include "runtime/value/search.h"

namespace eqlc::functions {

namespace {

constexpr Parameter kParameters[] = {
    {.name = "source"},
    {.name = "substring"},
};

constexpr FunctionExample kExamples[] = {
    {R"(python.stringContains("start regsvr32.exe", "regsvr32"))", "true"},
    {R"(python.stringContains("abc", ""))", "true"},
    {R"(python.stringContains(null, "a"))", "false"},
    {R"(python.stringContains~("abc", "B"))", "true"},
};

abi::Value Body(const CallContext& context, std::span<const abi::Value> args) noexcept {
  if (!args[0].is_string() || !args[1].is_string()) return abi::Bool(false);
  return abi::Bool(FindFirst(args[0].text(), args[1].text(), context.fold) != kNotFound);
}

}  // namespace

extern const Function kPythonStringContains = {
    .name = "python.stringContains",
    .help = "True when `substring` is part of `source`; false when either is no text.",
    .parameters = kParameters,
    .has_fold_form = true,
    .result = ParamType::kBool,
    .null_strict = false,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
