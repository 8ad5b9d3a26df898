// versionOrder: a version as text that orders as versions do.
// Tested by tests/unit/runtime/functions/conversion_test.cpp.
#include "runtime/functions/function.h"

#include <string>

#include "runtime/value/number.h"
#include "runtime/value/version.h"

namespace eqlc::functions {

namespace {

constexpr Parameter kParameters[] = {
    {"version", ParamType::kAny},
};

abi::Value Body(const CallContext& context, std::span<const abi::Value> args) noexcept {
  NumberBuffer buffer;
  std::string key;
  AppendVersionKey(TextOf(args[0], buffer), key);
  const std::string_view text = context.scratch.Copy(key);
  return text.data() == nullptr ? abi::Null() : abi::String(text);
}

}  // namespace

extern const Function kVersionOrder = {
    .name = "versionOrder",
    .help = "A text that orders as the versions do.",
    .parameters = kParameters,
    .result = ParamType::kString,
    .hidden = true,
    .body = Body,
    .examples = {},
};

}  // namespace eqlc::functions
