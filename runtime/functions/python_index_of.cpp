// python.indexOf: where a text occurs in another.
// Tested by tests/unit/runtime/functions/.
#include "runtime/functions/function.h"

#include <algorithm>

#include "runtime/value/search.h"
#include "runtime/value/utf8.h"

namespace eqlc::functions {

namespace {

constexpr Parameter kParameters[] = {
    {.name = "source", .type = ParamType::kString},
    {.name = "substring", .type = ParamType::kString},
    {.name = "start", .type = ParamType::kInteger, .optional = true},
};

constexpr FunctionExample kExamples[] = {
    {R"(python.indexOf("user@example.com", "@"))", "4"},
    {R"(python.indexOf("a.b.c", ".", 2))", "3"},
    {R"(python.indexOf("a.b.c", ".", -2))", "3"},
    {R"(python.indexOf("a.b.c", "x"))", "null"},
    {R"(python.indexOf~("ABC", "b"))", "1"},
};

abi::Value Body(const CallContext& context, std::span<const abi::Value> args) noexcept {
  if (args[0].is_null() || args[1].is_null()) return abi::Null();
  const std::string_view source = args[0].text();
  const abi::Value start = args.size() > 2 ? args[2] : abi::Null();
  const auto size = static_cast<int64_t>(utf8::Count(source));
  int64_t from = 0;
  if (start.kind == abi::ValueKind::kInt) from = start.payload.i64;
  if (from < 0) from = std::max<int64_t>(from + size, 0);
  if (start.kind == abi::ValueKind::kUint || from > size) return abi::Null();
  const size_t offset = utf8::Offset(source, static_cast<size_t>(from));
  const size_t at = FindFirst(source, args[1].text(), context.fold, offset);
  return at == kNotFound ? abi::Null() : abi::Int(static_cast<int64_t>(utf8::Count(source.substr(0, at))));
}

}  // namespace

extern const Function kPythonIndexOf = {
    .name = "python.indexOf",
    .help = "The place of the first `substring` at or behind `start`, counted from 0; null when there is none.",
    .parameters = kParameters,
    .has_fold_form = true,
    .result = ParamType::kInteger,
    .null_strict = false,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
