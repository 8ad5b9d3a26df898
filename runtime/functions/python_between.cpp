// python.between: the text between two others.
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
    {R"(python.between("key=value;rest", "=", ";"))", R"("value")"},
    {R"(python.between("a[b[c]d]e", "[", "]", true))", R"("b[c]d")"},
    {R"(python.between~("Begin x End", "begin ", " end"))", R"("x")"},
    {R"(python.between("abc", "x", "c"))", "null"},
    {R"(python.between("abc", "", "c"))", R"("ab")"},
};

abi::Value Body(const CallContext& context, std::span<const abi::Value> args) noexcept {
  const std::string_view source = args[0].text(), left = args[1].text(), right = args[2].text();
  const size_t left_at = FindFirst(source, left, context.fold);
  if (left_at == kNotFound) return abi::Null();
  const std::string_view rest = source.substr(left_at + left.size());
  const bool greedy = args.size() > 3 && args[3].truth();
  const size_t end = greedy ? FindLast(rest, right, context.fold) : FindFirst(rest, right, context.fold);
  return end == kNotFound ? abi::Null() : abi::String(rest.substr(0, end));
}

}  // namespace

extern const Function kPythonBetween = {
    .name = "python.between",
    .help = "The text between the first `left` and the next (greedy: the last) `right`; null when either is not there.",
    .parameters = kParameters,
    .has_fold_form = true,
    .result = ParamType::kString,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
