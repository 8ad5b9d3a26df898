#include "compiler/support/parallel.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "compiler/support/big_stack.h"
#include "eqlc/limits.hpp"

namespace eqlc {

unsigned ThreadCount(unsigned threads) {
  if (threads == 0) threads = std::thread::hardware_concurrency();  // 0 where nobody knows
  return std::clamp(threads, 1u, limits::kMaxCompileThreads);
}

Status ParallelFor(unsigned threads, size_t stack_bytes, size_t count,
                   const std::function<void(size_t worker, size_t index)>& task) {
  const size_t workers_wanted = std::min<size_t>(threads, count);
  if (workers_wanted <= 1) {
    for (size_t i = 0; i < count; ++i) task(0, i);
    return {};
  }
  std::atomic<size_t> next = 0;
  std::vector<std::unique_ptr<BigStackThread>> workers;  // joined when it goes out of scope
  for (size_t worker = 0; worker < workers_wanted; ++worker) {
    auto thread = BigStackThread::Start(stack_bytes, [&next, &task, count, worker] {
      for (size_t i; (i = next.fetch_add(1, std::memory_order_relaxed)) < count;) task(worker, i);
    });
    if (!thread) {
      if (workers.empty()) return thread.error();
      break;
    }
    workers.push_back(std::move(*thread));
  }
  return {};
}

}  // namespace eqlc
