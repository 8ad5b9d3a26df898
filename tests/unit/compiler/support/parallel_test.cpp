#include "compiler/support/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "eqlc/limits.hpp"

namespace eqlc {
namespace {

constexpr size_t kStack = 1 << 18;

TEST(ParallelFor, DoesEachTaskOnce) {
  for (const unsigned threads : {1u, 2u, 7u, 50u}) {
    std::vector<std::atomic<int>> calls(40);
    EXPECT_TRUE(ParallelFor(threads, kStack, calls.size(), [&](size_t, size_t i) { ++calls[i]; }).ok());
    for (const std::atomic<int>& count : calls) EXPECT_EQ(count, 1) << threads << " threads";
  }
  EXPECT_TRUE(ParallelFor(3, kStack, 0, [](size_t, size_t) { FAIL(); }).ok());
}

TEST(ParallelFor, AWorkerIsOneThread) {
  std::mutex mutex;
  std::set<std::pair<size_t, std::thread::id>> seen;
  EXPECT_TRUE(ParallelFor(3, kStack, 100, [&](size_t worker, size_t) {
                const std::lock_guard lock(mutex);
                seen.emplace(worker, std::this_thread::get_id());
              }).ok());
  EXPECT_LE(seen.size(), 3u);
  for (const auto& [worker, thread] : seen) EXPECT_LT(worker, 3u);
}

TEST(ParallelFor, OneWorkerIsTheCaller) {
  for (const size_t tasks : {1, 5}) {
    EXPECT_TRUE(
        ParallelFor(tasks == 1 ? 8 : 1, kStack, tasks, [](size_t worker, size_t) { EXPECT_EQ(worker, 0u); }).ok());
  }
  std::thread::id ran_on;
  EXPECT_TRUE(ParallelFor(8, kStack, 1, [&](size_t, size_t) { ran_on = std::this_thread::get_id(); }).ok());
  EXPECT_EQ(ran_on, std::this_thread::get_id());
}

TEST(ParallelFor, SaysWhenThereAreNoThreads) {
  EXPECT_FALSE(ParallelFor(2, size_t{1} << 60, 2, [](size_t, size_t) { FAIL(); }).ok());
}

TEST(ThreadCount, IsAtLeastOneAndBounded) {
  EXPECT_GE(ThreadCount(0), 1u);
  EXPECT_EQ(ThreadCount(3), 3u);
  EXPECT_EQ(ThreadCount(1'000'000), limits::kMaxCompileThreads);
}

}  // namespace
}  // namespace eqlc
