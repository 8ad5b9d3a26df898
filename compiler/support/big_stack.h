// Threads with a stack of a chosen size: recursion over user-nested input must not depend on the stack of whoever
// called us (a Go or Python thread may have 64 KB). The pages are touched only as far as needed.
// Tested by tests/unit/compiler/support/big_stack_test.cpp.
#pragma once

#include <pthread.h>

#include <cstddef>
#include <functional>
#include <memory>

#include "eqlc/result.hpp"

namespace eqlc {

// One running thread. Signals of the process go to other threads: a compiler must not be interrupted in their place.
class BigStackThread {
 public:
  // Runs `function` on a new thread with at least `stack_bytes` of stack. An Error means that the thread could not be
  // had. An exception that leaves `function` ends the process.
  static Result<std::unique_ptr<BigStackThread>> Start(size_t stack_bytes, std::function<void()> function);
  // Waits for the function's end.
  ~BigStackThread();
  BigStackThread(const BigStackThread&) = delete;
  BigStackThread& operator=(const BigStackThread&) = delete;

 private:
  explicit BigStackThread(std::function<void()> function) : function_(std::move(function)) {}
  static void* Run(void* thread) noexcept;

  const std::function<void()> function_;
  pthread_t thread_{};
  bool running_ = false;
};

// Runs `function` to its end on such a thread and returns.
Status RunOnBigStack(size_t stack_bytes, const std::function<void()>& function);

}  // namespace eqlc
