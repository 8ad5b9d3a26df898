#include "compiler/support/big_stack.h"

#include <limits.h>
#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <system_error>

namespace eqlc {
namespace {

void* CallFunction(void* function) noexcept {
  (*static_cast<const std::function<void()>*>(function))();
  return nullptr;
}

// pthread_attr_setstacksize may demand a multiple of the page size.
size_t RoundToPages(size_t bytes) {
  const size_t page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  const size_t minimum = static_cast<size_t>(PTHREAD_STACK_MIN);
  return (std::max(bytes, minimum) + page - 1) / page * page;
}

Status ThreadError(int error) {
  return Error{"cannot start a parser thread: " + std::generic_category().message(error)};
}

}  // namespace

Status RunOnBigStack(size_t stack_bytes, const std::function<void()>& function) {
  pthread_attr_t attributes;
  if (int error = pthread_attr_init(&attributes)) return ThreadError(error);
  int error = pthread_attr_setstacksize(&attributes, RoundToPages(stack_bytes));
  pthread_t thread;
  if (error == 0) {
    void* argument = const_cast<std::function<void()>*>(&function);
    error = pthread_create(&thread, &attributes, CallFunction, argument);
  }
  pthread_attr_destroy(&attributes);
  if (error != 0) return ThreadError(error);
  pthread_join(thread, nullptr);
  return {};
}

}  // namespace eqlc
