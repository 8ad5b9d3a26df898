// cidrMatch: is an address in one of some blocks?
// Tested by tests/unit/runtime/functions/.
#include "runtime/functions/function.h"

#include <optional>

#include "runtime/value/cidr.h"

namespace eqlc::functions {

namespace {

constexpr Parameter kParameters[] = {
    {.name = "ip", .type = ParamType::kIp},
    {.name = "block", .type = ParamType::kString, .constant = true},
};

constexpr FunctionExample kExamples[] = {
    {R"(cidrMatch("10.20.30.40", "10.0.0.0/8"))", "true"},
    {R"(cidrMatch("172.16.9.1", "10.0.0.0/8", "172.16.0.0/12"))", "true"},
    {R"(cidrMatch("172.32.0.1", "172.16.0.0/12"))", "false"},
    {R"(cidrMatch("fe80::17", "fe80::/10"))", "true"},
    {R"(cidrMatch("::ffff:10.1.1.1", "10.0.0.0/8"))", "true"},
    {R"(cidrMatch("not an address", "0.0.0.0/0"))", "false"},
    {R"(cidrMatch(null, "10.0.0.0/8"))", "null"},
};

// Blocks are constants, so a linked program asks a CidrSet instead; this runs for folding only.
abi::Value Body(const CallContext&, std::span<const abi::Value> args) noexcept {
  if (!args[0].is_string()) return abi::Bool(false);
  const std::optional<IpAddress> address = ParseIp(args[0].text());
  if (!address) return abi::Bool(false);
  for (const abi::Value& block : args.subspan(1)) {
    const std::optional<CidrBlock> parsed = ParseCidr(block.text());
    if (parsed && parsed->Contains(*address)) return abi::Bool(true);
  }
  return abi::Bool(false);
}

}  // namespace

extern const Function kCidrMatch = {
    .name = "cidrMatch",
    .help = "True when the IP address is in one of the CIDR blocks; false when the text is no address.",
    .parameters = kParameters,
    .variadic = true,
    .result = ParamType::kBool,
    .body = Body,
    .examples = kExamples,
};

}  // namespace eqlc::functions
