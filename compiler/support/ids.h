// Typed indices: an ExprId cannot be passed where a FieldId is meant.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace eqlc {

template <typename Tag>
struct Id {
  uint32_t value = UINT32_MAX;

  constexpr Id() = default;
  constexpr explicit Id(uint32_t v) : value(v) {}
  constexpr explicit operator bool() const { return value != UINT32_MAX; }
  constexpr auto operator<=>(const Id&) const = default;
};

}  // namespace eqlc

template <typename Tag>
struct std::hash<eqlc::Id<Tag>> {
  size_t operator()(eqlc::Id<Tag> id) const noexcept { return std::hash<uint32_t>{}(id.value); }
};
