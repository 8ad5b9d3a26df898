#include "runtime/value/lazy.h"

#include <gtest/gtest.h>

#include <atomic>
#include <new>
#include <thread>
#include <vector>

namespace eqlc {
namespace {

TEST(LazyTest, MakesOneValueForAllThreads) {
  for (int round = 0; round < 50; ++round) {
    const Lazy<int> lazy;
    std::atomic<int> made = 0;
    std::atomic<int> seen = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] { seen += lazy.Get([&] { return std::make_unique<int>(++made); }); });
    }
    threads.clear();
    EXPECT_EQ(made, 1);
    EXPECT_EQ(seen, 4);
  }
}

TEST(LazyTest, TriesAgainAfterAFailure) {
  const Lazy<int> lazy;
  EXPECT_THROW(lazy.Get([]() -> std::unique_ptr<int> { throw std::bad_alloc(); }), std::bad_alloc);
  EXPECT_EQ(lazy.Get([] { return std::make_unique<int>(7); }), 7);
  EXPECT_EQ(lazy.Get([] { return std::make_unique<int>(8); }), 7);
}

}  // namespace
}  // namespace eqlc
