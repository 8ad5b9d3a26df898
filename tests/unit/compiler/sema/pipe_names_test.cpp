#include "compiler/sema/pipe_names.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace eqlc::sema {
namespace {

TEST(PipeNames, EveryKindHasOne) {
  constexpr auto kLast = static_cast<uint32_t>(abi::PipeKind::kUniqueCount);
  for (uint32_t kind = 0; kind <= kLast; ++kind) {
    const std::string_view name = NameOf(abi::PipeKind(kind));
    EXPECT_FALSE(name.empty()) << kind;
    EXPECT_EQ(PipeNamed(name), abi::PipeKind(kind)) << name;
  }
  const std::vector<std::string_view> names = PipeNames();
  EXPECT_EQ(names.size(), kLast + 1);
  EXPECT_TRUE(std::ranges::is_sorted(names));
  EXPECT_FALSE(PipeNamed("heads"));
  EXPECT_FALSE(PipeNamed(""));
}

}  // namespace
}  // namespace eqlc::sema
