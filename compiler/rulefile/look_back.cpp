#include "compiler/rulefile/look_back.h"

#include <charconv>

namespace eqlc {
namespace {

constexpr std::string_view kPrefix = "now-";
constexpr int64_t kLongestSeconds = int64_t{100} * 366 * 86'400;

// 0: no unit.
int64_t SecondsOf(std::string_view unit) {
  if (unit == "s") return 1;
  if (unit == "m") return 60;
  if (unit == "h") return 3'600;
  if (unit == "d") return 86'400;
  return unit == "w" ? 7 * 86'400 : 0;
}

}  // namespace

std::optional<int64_t> ParseLookBack(std::string_view from) {
  if (!from.starts_with(kPrefix)) return std::nullopt;
  from.remove_prefix(kPrefix.size());
  int64_t count = 0;
  const auto [end, error] = std::from_chars(from.data(), from.data() + from.size(), count);
  const int64_t unit = SecondsOf(from.substr(static_cast<size_t>(end - from.data())));
  if (error != std::errc() || unit == 0 || count <= 0 || count > kLongestSeconds / unit) return std::nullopt;
  return count * unit * 1'000'000'000;
}

}  // namespace eqlc
