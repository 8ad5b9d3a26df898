// between: the text between two others.
// Tested by tests/unit/runtime/functions/.
#include "runtime/functions/function.h"

#include "runtime/value/search.h"

namespace eqlc::functions {

namespace {

constexpr Parameter kParameters[] = {
    {.name = "source", .type = ParamType::kString},
    {.name = "left", .type = ParamType::kString},
    {.name = "right", .type = ParamType::kString},
    {.name = "greedy", .type = ParamType::kBool, .optional = true},
};

constexpr FunctionExample kExamples[] = {
    {R"(between("key=value;rest", "=", ";"))", R"("value")"},
    {R"(between("a[b[c]d]e", "[", "]"))", R"("b[c")"},
    {R"(between("a[b[c]d]e", "[", "]", true))", R"("b[c]d")"},
    {R"(between("Begin x End", "begin ", " end"))", R"("")"},
    {R"(between~("Begin x End", "begin ", " end"))", R"("x")"},
    {R"(between("abc", "", "c"))", R"("abc")"},
    {R"(between(null, "a", "b"))", "null"},
};

abi::Value Body(const CallContext& context, std::span<const abi::Value> args) noexcept {
  const std::string_view source = args[0].text(), left = args[1].text(), right = args[2].text();
  const bool greedy = args.size() > 3 && args[3].truth();
  // Elasticsearch gives the source back when a delimiter is empty.
  if (left.empty() || right.empty()) return args[0];
  const size_t left_at = FindFirst(source, left, context.fold);
  if (left_at == kNotFound) return abi::String("");
  const size_t from = left_at + left.size();
  const size_t to = greedy ? FindLast(source, right, context.fold) : FindFirst(source, right, context.fold, from);
  if (to == kNotFound || to < from) return abi::String("");
  return abi::String(source.substr(from, to - from));
}

}  // namespace

extern const Function kBetween = {
    .name = "between",
    .help =
        "The text between the first `left` and the next (greedy: the last) `right`; empty when either is not there.",
    .parameters = kParameters,
    .has_fold_form = true,
    .result = ParamType::kString,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
