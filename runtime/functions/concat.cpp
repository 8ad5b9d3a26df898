// concat: the texts of some values, one after the other.
// Tested by tests/unit/runtime/functions/.
#include "runtime/functions/function.h"

#include <algorithm>

#include "runtime/value/number.h"

namespace eqlc::functions {

namespace {

constexpr Parameter kParameters[] = {
    {"value", ParamType::kAny},
};

constexpr FunctionExample kExamples[] = {
    {R"(concat("user-", 17, "-", true))", R"("user-17-true")"},
    {R"(concat(1.5, "x"))", R"("1.5x")"},
    {R"(concat("alone"))", R"("alone")"},
    {R"(concat("a", null))", "null"},
};

abi::Value Body(const CallContext& context, std::span<const abi::Value> args) noexcept {
  NumberBuffer buffer;
  size_t size = 0;
  for (const abi::Value& arg : args) size += TextOf(arg, buffer).size();
  char* bytes = context.scratch.Allocate(size);
  if (bytes == nullptr) return abi::Null();
  char* end = bytes;
  for (const abi::Value& arg : args) {
    const std::string_view text = TextOf(arg, buffer);
    end = std::copy(text.begin(), text.end(), end);
  }
  return abi::String({bytes, size});
}

}  // namespace

extern const Function kConcat = {
    .name = "concat",
    .help = "The texts of all arguments, one after the other.",
    .parameters = kParameters,
    .variadic = true,
    .result = ParamType::kString,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
