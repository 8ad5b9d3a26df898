// python.arrayContains: whether a list has an element.
// Tested by tests/unit/runtime/functions/.
#include "runtime/functions/function.h"

#include "runtime/value/compare.h"
#include "runtime/value/json_text.h"
#include "runtime/value/json_value.h"

namespace eqlc::functions {

namespace {

constexpr Parameter kParameters[] = {
    {.name = "array"},
    {.name = "value"},
};

constexpr FunctionExample kExamples[] = {
    {R"(python.arrayContains(null, "a"))", "null"},
    {R"(python.arrayContains("abc", "b"))", "false"},
};

abi::Value Body(const CallContext& context, std::span<const abi::Value> args) noexcept {
  if (args[0].is_null()) return abi::Null();
  if (!IsList(args[0])) return abi::Bool(false);
  const uint8_t flags = abi::kPython | (context.fold ? abi::kFold : 0);
  for (json::Reader reader(args[0].text()); reader.Next();) {
    const abi::Value element = FromJson(reader.value(), context.scratch);
    for (const abi::Value& value : args.subspan(1)) {
      if (Compare(abi::Op::kEq, element, value, flags) == Tri::kTrue) return abi::Bool(true);
    }
  }
  return abi::Bool(false);
}

}  // namespace

extern const Function kPythonArrayContains = {
    .name = "python.arrayContains",
    .help = "True when an element of the list equals one of the values; null when there is no list.",
    .parameters = kParameters,
    .variadic = true,
    .has_fold_form = true,
    .result = ParamType::kBool,
    .null_strict = false,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
