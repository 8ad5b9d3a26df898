// Memory that goes back to the system.
#include "compiler/support/heap.h"

#include <gtest/gtest.h>

#include <barrier>
#include <cstddef>
#include <thread>
#include <vector>

namespace eqlc {
namespace {

// The first call in a process may set the C library's heap up, and the end of a thread looks at what it set up.
TEST(ReturnFreeMemory, MayBeCalledFirstByManyThreadsAtOnce) {
  constexpr size_t kThreads = 8;
  std::barrier start(kThreads);
  std::vector<std::thread> threads;
  for (size_t i = 0; i < kThreads; ++i) {
    threads.emplace_back([&start] {
      start.arrive_and_wait();
      ReturnFreeMemory();
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace eqlc
