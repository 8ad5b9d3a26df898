#include "compiler/rulefile/look_back.h"

#include <algorithm>
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

// Takes decimal digits off the front of `text`; whether there were any.
bool TakeDigits(std::string_view& text) {
  const size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
  text.remove_prefix(count);
  return count > 0;
}

bool TakeOneOf(std::string_view chars, std::string_view& text) {
  if (text.empty() || chars.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

bool IsDateMath(std::string_view from) {
  constexpr std::string_view kNow = "now", kUnits = "smhHdwMy";
  if (!from.starts_with(kNow)) return false;
  from.remove_prefix(kNow.size());
  while (!from.empty()) {
    const bool shift = TakeOneOf("+-", from);
    if (!shift && !TakeOneOf("/", from)) return false;
    if ((shift && !TakeDigits(from)) || !TakeOneOf(kUnits, from)) return false;
  }
  return true;
}

bool IsInterval(std::string_view interval) {
  return TakeDigits(interval) && TakeOneOf("smhd", interval) && interval.empty();
}

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
