// dateMillis: a date as milliseconds since the epoch, so that `date` fields compare as numbers.
// Tested by tests/unit/runtime/functions/conversion_test.cpp.
#include "runtime/functions/function.h"

#include "runtime/value/date.h"

namespace eqlc::functions {

namespace {

constexpr Parameter kParameters[] = {
    {"date", ParamType::kAny},
};

abi::Value Body(const CallContext&, std::span<const abi::Value> args) noexcept {
  return CountOfDate(args[0], kDefaultDateFormats, DateUnit::kMillis);
}

}  // namespace

extern const Function kDateMillis = {
    .name = "dateMillis",
    .help = "The milliseconds since 1970 of ISO-8601 text or a number of milliseconds.",
    .parameters = kParameters,
    .result = ParamType::kInteger,
    .hidden = true,
    .body = Body,
    .examples = {},
};

}  // namespace eqlc::functions
