// ipOrder: an address as text that orders as addresses do.
// Tested by tests/unit/runtime/functions/conversion_test.cpp.
#include "runtime/functions/function.h"

#include <array>
#include <optional>

#include "runtime/value/ascii.h"
#include "runtime/value/cidr.h"

namespace eqlc::functions {

namespace {

constexpr Parameter kParameters[] = {
    {"ip", ParamType::kAny},
};

// The 16 bytes in hexadecimal.
abi::Value Body(const CallContext& context, std::span<const abi::Value> args) noexcept {
  const std::optional<IpAddress> address = args[0].is_string() ? ParseIp(args[0].text()) : std::nullopt;
  if (!address) return abi::Null();
  std::array<char, 32> digits;
  for (size_t i = 0; i < address->size(); ++i) {
    digits[2 * i] = ascii::kHexDigits[(*address)[i] >> 4];
    digits[2 * i + 1] = ascii::kHexDigits[(*address)[i] & 15];
  }
  const std::string_view text = context.scratch.Copy({digits.data(), digits.size()});
  return text.data() == nullptr ? abi::Null() : abi::String(text);
}

}  // namespace

extern const Function kIpOrder = {
    .name = "ipOrder",
    .help = "A text that orders as the IP addresses do.",
    .parameters = kParameters,
    .result = ParamType::kString,
    .hidden = true,
    .body = Body,
    .examples = {},
};

}  // namespace eqlc::functions
