// IP addresses and CIDR blocks, parsed by hand: the system's parsers differ in what they take.
// Tested by tests/unit/runtime/value/cidr_test.cpp.
#include "runtime/value/cidr.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <string>

#include "runtime/value/ascii.h"
#include "runtime/value/words.h"

namespace eqlc {

namespace {

constexpr size_t kLongestAddress = 45;  // six full groups and a dotted quad
constexpr uint8_t kMappedBits = 96;     // ::ffff:0:0/96
constexpr size_t kGroups = 8;

// Decimal without leading zeros; nothing beyond `limit`. REQUIRES: limit < 1000.
std::optional<unsigned> ParseSmall(std::string_view text, unsigned limit) {
  if (text.empty() || text.size() > 3 || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  unsigned number = 0;
  for (const char c : text) {
    if (!ascii::IsDigit(c)) return std::nullopt;
    number = number * 10 + static_cast<unsigned>(c - '0');
  }
  return number <= limit ? std::optional(number) : std::nullopt;
}

// Four numbers up to 255 without leading zeros. REQUIRES: room for 4 bytes at `out`.
bool ParseQuad(std::string_view text, uint8_t* out) {
  unsigned number = 0, digits = 0, dots = 0;
  for (const char c : text) {
    if (ascii::IsDigit(c)) {
      if (digits == 3 || (digits == 1 && number == 0)) return false;
      number = number * 10 + static_cast<unsigned>(c - '0');
      ++digits;
    } else {
      if (c != '.' || digits == 0 || number > 255 || dots == 3) return false;
      out[dots++] = static_cast<uint8_t>(number);
      number = digits = 0;
    }
  }
  if (digits == 0 || number > 255 || dots != 3) return false;
  out[3] = static_cast<uint8_t>(number);
  return true;
}

bool ParseGroup(std::string_view text, uint8_t* out) {
  if (text.empty() || text.size() > 4) return false;
  unsigned group = 0;
  for (const char c : text) {
    const int digit = ascii::HexValue(c);
    if (digit < 0) return false;
    group = group << 4 | static_cast<unsigned>(digit);
  }
  out[0] = static_cast<uint8_t>(group >> 8);
  out[1] = static_cast<uint8_t>(group);
  return true;
}

struct Groups {
  std::array<uint8_t, 16> bytes{};
  size_t count = 0;
};

// Groups separated by single colons; the last may be a dotted quad when `quad`. An empty text has none.
std::optional<Groups> ParseGroups(std::string_view text, bool quad) {
  Groups groups;
  while (!text.empty()) {
    const size_t colon = text.find(':');
    const std::string_view part = text.substr(0, colon);
    const bool last = colon == std::string_view::npos;
    if (last && quad && part.find('.') != std::string_view::npos) {
      if (groups.count > kGroups - 2 || !ParseQuad(part, &groups.bytes[2 * groups.count])) return std::nullopt;
      groups.count += 2;
      return groups;
    }
    if (groups.count == kGroups || !ParseGroup(part, &groups.bytes[2 * groups.count])) return std::nullopt;
    ++groups.count;
    if (last) return groups;
    text.remove_prefix(colon + 1);
    if (text.empty()) return std::nullopt;
  }
  return groups;
}

std::optional<IpAddress> ParseV6(std::string_view text) {
  const size_t gap = text.find("::");
  if (gap == std::string_view::npos) {
    const std::optional<Groups> groups = ParseGroups(text, true);
    return groups && groups->count == kGroups ? std::optional(groups->bytes) : std::nullopt;
  }
  const std::optional<Groups> head = ParseGroups(text.substr(0, gap), false);
  const std::optional<Groups> tail = ParseGroups(text.substr(gap + 2), true);
  // The gap stands for at least one group.
  if (!head || !tail || head->count + tail->count >= kGroups) return std::nullopt;
  IpAddress address{};
  std::copy_n(head->bytes.begin(), 2 * head->count, address.begin());
  std::copy_n(tail->bytes.begin(), 2 * tail->count, address.end() - static_cast<std::ptrdiff_t>(2 * tail->count));
  return address;
}

std::optional<IpAddress> ParseV4(std::string_view text) {
  IpAddress address{};
  address[10] = address[11] = 0xFF;
  return ParseQuad(text, &address[12]) ? std::optional(address) : std::nullopt;
}

bool IsV6(std::string_view text) { return words::Contains(text, ':'); }

void ClearHostBits(CidrBlock& block) {
  for (size_t i = 0; i < block.base.size(); ++i) {
    const int kept = std::clamp(static_cast<int>(block.prefix) - static_cast<int>(8 * i), 0, 8);
    block.base[i] &= static_cast<uint8_t>(0xFF00u >> kept);
  }
}

}  // namespace

std::optional<IpAddress> ParseIp(std::string_view text) noexcept {
  if (text.size() > kLongestAddress) return std::nullopt;
  return IsV6(text) ? ParseV6(text) : ParseV4(text);
}

std::string FormatIp(const IpAddress& address) {
  const auto is_zero = [](uint8_t byte) { return byte == 0; };
  if (std::all_of(address.begin(), address.begin() + 10, is_zero) && address[10] == 0xFF && address[11] == 0xFF) {
    std::string quad = std::to_string(address[12]);
    for (size_t i = 13; i < 16; ++i) quad.append(".").append(std::to_string(address[i]));
    return quad;
  }
  const auto group = [&](size_t i) { return static_cast<unsigned>(address[2 * i] << 8 | address[2 * i + 1]); };
  // The first of the longest runs of at least two zero groups is written `::`.
  size_t gap = kGroups, gap_size = 1;
  for (size_t i = 0; i < kGroups; ++i) {
    size_t end = i;
    while (end < kGroups && group(end) == 0) ++end;
    if (end - i > gap_size) gap = i, gap_size = end - i;
  }
  std::string text;
  for (size_t i = 0; i < kGroups; ++i) {
    if (i == gap) {
      text += "::";
      i += gap_size - 1;
      continue;
    }
    if (!text.empty() && text.back() != ':') text += ':';
    std::array<char, 4> digits;
    const auto written = std::to_chars(digits.begin(), digits.end(), group(i), 16);
    text.append(digits.begin(), written.ptr);
  }
  return text;
}

bool CidrBlock::Contains(const IpAddress& address) const noexcept {
  const size_t bytes = prefix / 8;
  if (std::memcmp(base.data(), address.data(), bytes) != 0) return false;
  const unsigned bits = prefix % 8;
  return bits == 0 || ((base[bytes] ^ address[bytes]) >> (8 - bits)) == 0;
}

std::optional<CidrBlock> ParseCidr(std::string_view text) noexcept {
  const size_t slash = text.find('/');
  const std::string_view host = text.substr(0, slash);
  const std::optional<IpAddress> address = ParseIp(host);
  if (!address) return std::nullopt;
  CidrBlock block{*address, 128};
  if (slash != std::string_view::npos) {
    const uint8_t implied = IsV6(host) ? 0 : kMappedBits;
    const std::optional<unsigned> prefix = ParseSmall(text.substr(slash + 1), 128u - implied);
    if (!prefix) return std::nullopt;
    block.prefix = static_cast<uint8_t>(implied + *prefix);
  }
  ClearHostBits(block);
  return block;
}

Result<CidrSet> CidrSet::Create(std::span<const std::string_view> blocks) {
  std::vector<CidrBlock> parsed;
  for (const std::string_view text : blocks) {
    const std::optional<CidrBlock> block = ParseCidr(text);
    if (!block) return Error{"'" + std::string(text) + "' is neither an IP address nor a CIDR block"};
    parsed.push_back(*block);
  }
  std::sort(parsed.begin(), parsed.end(), [](const CidrBlock& a, const CidrBlock& b) {
    return a.base != b.base ? a.base < b.base : a.prefix < b.prefix;
  });
  // Two blocks are nested or disjoint; in this order the outer one comes first.
  CidrSet set;
  for (const CidrBlock& block : parsed) {
    if (set.blocks_.empty() || !set.blocks_.back().Contains(block.base)) set.blocks_.push_back(block);
  }
  return set;
}

bool CidrSet::Contains(const IpAddress& address) const noexcept {
  const auto behind = std::upper_bound(blocks_.begin(), blocks_.end(), address,
                                       [](const IpAddress& a, const CidrBlock& b) { return a < b.base; });
  return behind != blocks_.begin() && std::prev(behind)->Contains(address);
}

bool CidrSet::Contains(std::string_view text) const noexcept {
  const std::optional<IpAddress> address = ParseIp(text);
  return address && Contains(*address);
}

}  // namespace eqlc
