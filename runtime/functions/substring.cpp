// substring: a part of a text.
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
    {R"(substring("rundll32.exe", 0, 8))", R"("rundll32")"},
    {R"(substring("rundll32.exe", -4))", R"(".exe")"},
    {R"(substring("rundll32.exe", -4, -1))", R"(".ex")"},
    {R"(substring("rundll32.exe", 3, 300))", R"("dll32.exe")"},
    {R"(substring("rundll32.exe", 8, 2))", R"("")"},
    {R"(substring("rundll32.exe", 99))", R"("")"},
    {R"(substring("übung", 1, 3))", R"("bu")"},
    {R"(substring("abc", 1, null))", R"("bc")"},
    {R"(substring("abc", null, 2))", R"("ab")"},
    {"substring(null, 1)", "null"},
};

// An index as in a slice: negative from the end, then clamped to the text.
size_t Clamp(const abi::Value& index, size_t count) {
  if (index.kind == abi::ValueKind::kUint) return count;
  const auto limit = static_cast<int64_t>(count);
  const int64_t i = index.payload.i64;
  return static_cast<size_t>(i < 0 ? (i < -limit ? 0 : limit + i) : std::min(i, limit));
}

abi::Value Body(const CallContext&, std::span<const abi::Value> args) noexcept {
  if (args[0].is_null()) return abi::Null();
  const std::string_view source = args[0].text();
  const size_t count = utf8::Count(source);
  const size_t start = args[1].is_null() ? 0 : Clamp(args[1], count);
  const size_t end = args.size() > 2 && !args[2].is_null() ? Clamp(args[2], count) : count;
  if (start >= end) return abi::String("");
  const size_t from = utf8::Offset(source, start);
  return abi::String(source.substr(from, utf8::Offset(source.substr(from), end - start)));
}

}  // namespace

extern const Function kSubstring = {
    .name = "substring",
    .help = "The code points from `start` up to, not including, `end`; negative indices count from the end.",
    .parameters = kParameters,
    .result = ParamType::kString,
    .null_strict = false,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
