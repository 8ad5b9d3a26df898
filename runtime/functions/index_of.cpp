// indexOf: where a text occurs in another.
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
    {R"(indexOf("a.b.c", "."))", "1"},      {R"(indexOf("a.b.c", ".", 2))", "3"},
    {R"(indexOf("a.b.c", ".", -5))", "1"},  {R"(indexOf("a.b.c", ".", 4))", "null"},
    {R"(indexOf("a.b.c", "x"))", "null"},   {R"(indexOf("a.b.c", "", 5))", "5"},
    {R"(indexOf("a.b.c", "", 6))", "null"}, {R"(indexOf("héé.x", "."))", "3"},
    {R"(indexOf("abc", "C"))", "null"},     {R"(indexOf~("abc", "C"))", "2"},
    {R"(indexOf("abc", "b", null))", "1"},  {R"(indexOf(null, "b"))", "null"},
};

// A start beyond the longest possible text is as good as the number of its bytes plus one.
size_t StartIndex(const abi::Value& start, size_t bytes) {
  if (start.kind == abi::ValueKind::kUint) return bytes + 1;
  if (start.is_null() || start.payload.i64 < 0) return 0;
  return static_cast<size_t>(std::min<int64_t>(start.payload.i64, static_cast<int64_t>(bytes) + 1));
}

abi::Value Body(const CallContext& context, std::span<const abi::Value> args) noexcept {
  if (args[0].is_null() || args[1].is_null()) return abi::Null();
  const std::string_view source = args[0].text();
  const size_t start = args.size() > 2 ? StartIndex(args[2], source.size()) : 0;
  const size_t from = utf8::Offset(source, start);
  if (from == source.size() && utf8::Count(source) < start) return abi::Null();
  const size_t at = FindFirst(source, args[1].text(), context.fold, from);
  return at == kNotFound ? abi::Null() : abi::Int(static_cast<int64_t>(utf8::Count(source.substr(0, at))));
}

}  // namespace

extern const Function kIndexOf = {
    .name = "indexOf",
    .help = "The index of the first `substring` at or after `start`, in code points from 0; null when there is none.",
    .parameters = kParameters,
    .has_fold_form = true,
    .result = ParamType::kInteger,
    .null_strict = false,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
