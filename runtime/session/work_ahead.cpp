#include "runtime/session/work_ahead.h"

#include <algorithm>
#include <system_error>

#include "eqlc/limits.hpp"
#include "runtime/support/signals_blocked.h"

namespace eqlc {
WorkAhead::WorkAhead(const Program::Impl& program, const AlertRenderer* renderer, const SessionOptions& options)
    : program_(program),
      renderer_(renderer),
      options_(options),
      max_threads_(std::clamp<uint32_t>(options.threads, 1, limits::kMaxThreads) - 1) {}

WorkAhead::~WorkAhead() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

template <typename Item>
void WorkAhead::Push(AheadQueue<Item>& queue, std::unique_ptr<Item> item) {
  // The caller takes one item itself; threads are for what piles up behind it.
  const bool more_threads = queue.Push(std::move(item));
  work_.notify_one();
  if (more_threads && threads_.size() < max_threads_) StartThread();
}

template void WorkAhead::Push(AheadQueue<LineChunk>&, std::unique_ptr<LineChunk>);
template void WorkAhead::Push(AheadQueue<AlertBatch>&, std::unique_ptr<AlertBatch>);

template <typename Item>
bool WorkAhead::full(const AheadQueue<Item>& queue) const {
  const size_t items = max_threads_ == 0 ? 1 : size_t{limits::kChunksPerThread} * (max_threads_ + 1);
  return queue.size() >= items || queue.bytes() >= items * limits::kChunkBytes;
}

template bool WorkAhead::full(const AheadQueue<LineChunk>&) const;
template bool WorkAhead::full(const AheadQueue<AlertBatch>&) const;

void WorkAhead::StartThread() {
  const SignalsBlocked blocked;
  try {
    threads_.emplace_back([this] { RunThread(); });
  } catch (const std::system_error&) {
    max_threads_ = static_cast<uint32_t>(threads_.size());  // so many are to be had
  }
}

void WorkAhead::RunThread() {
  try {
    EventMatcher matcher(program_, options_);
    Work(matcher);
  } catch (...) {
    // Then the others do without this one.
  }
}

void WorkAhead::Work(EventMatcher& matcher) {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (!DoOne(matcher, lock)) work_.wait(lock);
  }
}

// First what is closer to the end, so that little is under way.
bool WorkAhead::DoOne(EventMatcher& matcher, std::unique_lock<std::mutex>& lock) {
  if (renderer_ != nullptr && batches_.DoOne(*renderer_, lock)) return true;
  return chunks_.DoOne(matcher, lock);
}

}  // namespace eqlc
