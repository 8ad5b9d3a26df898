// python.concat: texts one after the other.
// Tested by tests/unit/runtime/functions/.
#include "runtime/functions/function.h"

#include <algorithm>

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
  NumberBuffer buffer;
  size_t size = 0;
  for (const abi::Value& arg : args) {
    if (arg.is_json()) return abi::Null();
    size += PythonTextOf(arg, buffer).size();
  }
  char* bytes = context.scratch.Allocate(size);
  if (bytes == nullptr) return abi::Null();
  char* end = bytes;
  for (const abi::Value& arg : args) {
    const std::string_view text = PythonTextOf(arg, buffer);
    end = std::copy(text.begin(), text.end(), end);
  }
  return abi::String({bytes, size});
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
