// IP addresses and CIDR blocks.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eqlc/result.hpp"

namespace eqlc {

// An address as 16 bytes; IPv4 as v4-mapped IPv6, so that `::ffff:1.2.3.4` equals `1.2.3.4`.
using IpAddress = std::array<uint8_t, 16>;

// Strict dotted-quad or RFC 4291 text; zone ids are refused.
std::optional<IpAddress> ParseIp(std::string_view text) noexcept;

// The shortest text, as RFC 5952 has it; a v4-mapped address as dotted quad.
std::string FormatIp(const IpAddress& address);

struct CidrBlock {
  IpAddress base;  // host bits cleared
  uint8_t prefix;  // 0..128, of the mapped form

  bool Contains(const IpAddress& address) const noexcept;
};

// `10.0.0.0/8`, `fe80::/10`, or a single address. Host bits may be set.
std::optional<CidrBlock> ParseCidr(std::string_view text) noexcept;

// A list of blocks, of which any may contain an address. Immutable. Thread-safety: safe together.
class CidrSet {
 public:
  // An Error names the block that does not parse.
  static Result<CidrSet> Create(std::span<const std::string_view> blocks);

  bool Contains(const IpAddress& address) const noexcept;
  // False for text that is no address.
  bool Contains(std::string_view text) const noexcept;

 private:
  std::vector<CidrBlock> blocks_;  // sorted by base, disjoint
};

}  // namespace eqlc
