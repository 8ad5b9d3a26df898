#include "compiler/support/big_stack.h"

#include <limits.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <system_error>
#include <utility>

#include "runtime/support/signals_blocked.h"

namespace eqlc {
namespace {

// pthread_attr_setstacksize may demand a multiple of the page size.
size_t RoundToPages(size_t bytes) {
  const size_t page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  const size_t minimum = static_cast<size_t>(PTHREAD_STACK_MIN);
  return (std::max(bytes, minimum) + page - 1) / page * page;
}

Error ThreadError(int error) {
  return Error{"cannot start a compiler thread: " + std::generic_category().message(error)};
}

}  // namespace

void* BigStackThread::Run(void* thread) noexcept {
  static_cast<const BigStackThread*>(thread)->function_();
  return nullptr;
}

Result<std::unique_ptr<BigStackThread>> BigStackThread::Start(size_t stack_bytes, std::function<void()> function) {
  std::unique_ptr<BigStackThread> thread(new BigStackThread(std::move(function)));
  pthread_attr_t attributes;
  if (int error = pthread_attr_init(&attributes)) return ThreadError(error);
  int error = pthread_attr_setstacksize(&attributes, RoundToPages(stack_bytes));
  if (error == 0) {
    const SignalsBlocked blocked;
    error = pthread_create(&thread->thread_, &attributes, Run, thread.get());
  }
  pthread_attr_destroy(&attributes);
  if (error != 0) return ThreadError(error);
  thread->running_ = true;
  return thread;
}

BigStackThread::~BigStackThread() {
  if (running_) pthread_join(thread_, nullptr);
}

Status RunOnBigStack(size_t stack_bytes, const std::function<void()>& function) {
  const Result<std::unique_ptr<BigStackThread>> thread = BigStackThread::Start(stack_bytes, function);
  return thread ? Status() : Status(thread.error());
}

}  // namespace eqlc
