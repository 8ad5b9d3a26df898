// Substring search in time linear in the text whatever the needle, without allocation.
#pragma once

#include <cstddef>
#include <string_view>

namespace eqlc {

inline constexpr size_t kNotFound = std::string_view::npos;

// Byte offset of the first occurrence of `needle` at or after `from`, kNotFound when there is none. An empty needle is
// found at `from`. REQUIRES: from <= text.size().
size_t FindFirst(std::string_view text, std::string_view needle, bool fold, size_t from = 0) noexcept;
// ... of the last occurrence.
size_t FindLast(std::string_view text, std::string_view needle, bool fold) noexcept;

}  // namespace eqlc
