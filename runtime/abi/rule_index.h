// What compiler and runtime agree on about the texts of index tests (ImageTest in image.h). Shorter texts are in almost
// every value, and the search goes by two bytes at the ends of a value and by four inside it.
#pragma once

#include <cstdint>

namespace eqlc::abi {

inline constexpr uint32_t kMinAnchoredBytes = 2;   // kPrefix, kSuffix
inline constexpr uint32_t kMinContainedBytes = 4;  // kContains

}  // namespace eqlc::abi
