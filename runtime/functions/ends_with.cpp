// endsWith: does a text end with another?
// Tested by tests/unit/runtime/functions/.
#include "runtime/functions/function.h"

#include "runtime/value/ascii.h"

namespace eqlc::functions {

namespace {

constexpr Parameter kParameters[] = {
    {"source", ParamType::kString},
    {"suffix", ParamType::kString},
};

constexpr FunctionExample kExamples[] = {
    {R"(endsWith("setup.msi", ".msi"))", "true"},  {R"(endsWith("setup.msi", ".MSI"))", "false"},
    {R"(endsWith~("setup.msi", ".MSI"))", "true"}, {R"(endsWith("msi", "setup.msi"))", "false"},
    {R"(endsWith("setup.msi", ""))", "true"},      {R"(endsWith(null, "x"))", "null"},
};

abi::Value Body(const CallContext& context, std::span<const abi::Value> args) noexcept {
  return abi::Bool(ascii::EndsWith(args[0].text(), args[1].text(), context.fold));
}

}  // namespace

extern const Function kEndsWith = {
    .name = "endsWith",
    .help = "True when `source` ends with `suffix`.",
    .parameters = kParameters,
    .has_fold_form = true,
    .result = ParamType::kBool,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
