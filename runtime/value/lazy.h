// Lazy: a value that is made when it is first asked for. Most matchers of a ruleset never are. Tested by
// tests/unit/runtime/value/lazy_test.cpp.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>

namespace eqlc {

// Thread-safety: safe together.
template <typename T>
class Lazy {
 public:
  // What `make()` gave, the first time that it did not throw.
  template <typename Make>
  const T& Get(const Make& make) const {
    const T* const made = made_.load(std::memory_order_acquire);
    return made != nullptr ? *made : MakeIt(make);
  }

 private:
  template <typename Make>
  [[gnu::noinline]] const T& MakeIt(const Make& make) const {
    const std::lock_guard lock(mutex_);
    if (owner_ == nullptr) {
      owner_ = make();
      made_.store(owner_.get(), std::memory_order_release);
    }
    return *owner_;
  }

  mutable std::atomic<const T*> made_ = nullptr;  // owner_, once it is there
  mutable std::unique_ptr<const T> owner_;
  mutable std::mutex mutex_;
};

}  // namespace eqlc
