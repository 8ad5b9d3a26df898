// dateNanos: a date as nanoseconds since the epoch, so that `date_nanos` fields compare as numbers.
// Tested by tests/unit/runtime/functions/conversion_test.cpp.
#include "runtime/functions/function.h"

#include "runtime/value/date.h"

namespace eqlc::functions {

namespace {

constexpr Parameter kParameters[] = {
    {"date", ParamType::kAny},
};

abi::Value Body(const CallContext&, std::span<const abi::Value> args) noexcept {
  return CountOfDate(args[0], kDefaultDateFormats, DateUnit::kNanos);
}

}  // namespace

extern const Function kDateNanos = {
    .name = "dateNanos",
    .help = "The nanoseconds since 1970 of ISO-8601 text or a number of milliseconds.",
    .parameters = kParameters,
    .result = ParamType::kInteger,
    .hidden = true,
    .body = Body,
    .examples = {},
};

}  // namespace eqlc::functions
