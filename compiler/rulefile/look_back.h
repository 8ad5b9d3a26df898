// When a detection rule runs and how far it looks back: `from = "now-9m"`, `interval = "5m"`.
// Tested by tests/unit/compiler/rulefile/look_back_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace eqlc {

// How far back a rule looks when its file does not say; Kibana's default.
inline constexpr int64_t kDefaultLookBackNs = int64_t{6} * 60 * 1'000'000'000;

// Nanoseconds of `now-<count><unit>`, units s m h d w. Nothing for other date arithmetic, and beyond 100 years.
std::optional<int64_t> ParseLookBack(std::string_view from);

// Date arithmetic from now on: `now`, then any number of `-9m`, `+1h` or `/d`.
bool IsDateMath(std::string_view from);
// `5m`: a count and one of s m h d.
bool IsInterval(std::string_view interval);

}  // namespace eqlc
