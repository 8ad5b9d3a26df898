// python.substring: a part of a text.
// Tested by tests/unit/runtime/functions/.
#include "runtime/functions/function.h"

#include <algorithm>

#include "runtime/value/utf8.h"

namespace eqlc::functions {

namespace {

constexpr Parameter kParameters[] = {
    {.name = "source", .type = ParamType::kString},
    {.name = "start", .type = ParamType::kInteger},
    {.name = "end", .type = ParamType::kInteger, .optional = true},
};

constexpr FunctionExample kExamples[] = {
    {R"(python.substring("hello world", -5))", R"("world")"},
    {R"(python.substring("hello world", null, 5))", R"("hello")"},
    {R"(python.substring("hello world", 5, 2))", R"("")"},
    {R"(python.substring(null, 0, 3))", "null"},
};

// A slice's bound within [0, size]; negative ones count from the end.
int64_t Bound(const abi::Value& value, int64_t otherwise, int64_t size) {
  if (value.is_null()) return otherwise;
  if (value.kind == abi::ValueKind::kUint) return size;
  const int64_t bound = value.payload.i64 < 0 ? value.payload.i64 + size : value.payload.i64;
  return std::clamp<int64_t>(bound, 0, size);
}

abi::Value Body(const CallContext&, std::span<const abi::Value> args) noexcept {
  if (args[0].is_null()) return abi::Null();
  const std::string_view source = args[0].text();
  const auto size = static_cast<int64_t>(utf8::Count(source));
  const int64_t start = Bound(args[1], 0, size);
  const int64_t end = Bound(args.size() > 2 ? args[2] : abi::Null(), size, size);
  if (start >= end) return abi::String("");
  const size_t from = utf8::Offset(source, static_cast<size_t>(start));
  return abi::String(source.substr(from, utf8::Offset(source, static_cast<size_t>(end)) - from));
}

}  // namespace

extern const Function kPythonSubstring = {
    .name = "python.substring",
    .help = "The part from `start` up to `end`, with Python's rules for slices; null bounds are the ends of the text.",
    .parameters = kParameters,
    .result = ParamType::kString,
    .null_strict = false,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
