#include "runtime/session/match_ahead.h"

#include <signal.h>

#include <algorithm>
#include <exception>
#include <system_error>

#include "eqlc/limits.hpp"

namespace eqlc {
namespace {

// Signals are the embedding program's, and its own threads handle them.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

MatchAhead::MatchAhead(const Program::Impl& program, const SessionOptions& options)
    : program_(program),
      options_(options),
      max_threads_(std::clamp<uint32_t>(options.threads, 1, limits::kMaxThreads) - 1) {}

MatchAhead::~MatchAhead() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void MatchAhead::Push(std::unique_ptr<LineChunk> chunk) {
  bytes_ += chunk->bytes();
  bool more_threads = false;
  {
    const std::lock_guard lock(mutex_);
    const auto waiting = [](const Entry& entry) { return entry.state == State::kWaiting; };
    more_threads = std::ranges::any_of(chunks_, waiting);
    chunks_.push_back({std::move(chunk)});
  }
  work_.notify_one();
  // The caller takes one chunk itself; threads are for what piles up behind it.
  if (more_threads && threads_.size() < max_threads_) StartThread();
}

bool MatchAhead::full() const {
  const size_t chunks = max_threads_ == 0 ? 1 : size_t{limits::kChunksPerThread} * (max_threads_ + 1);
  return chunks_.size() >= chunks || bytes_ >= chunks * limits::kChunkBytes;
}

std::unique_ptr<LineChunk> MatchAhead::Take(bool wait, EventMatcher& matcher) {
  std::unique_lock lock(mutex_);
  while (!chunks_.empty()) {
    Entry& first = chunks_.front();
    if (first.state == State::kMatched || (wait && first.state == State::kWaiting)) {
      std::unique_ptr<LineChunk> chunk = std::move(first.chunk);
      chunks_.pop_front();
      bytes_ -= chunk->bytes();
      return chunk;
    }
    if (!wait) break;
    if (Entry* other = FirstWaiting()) {
      Match(*other, matcher, lock);
    } else {
      matched_.wait(lock);
    }
  }
  return nullptr;
}

void MatchAhead::StartThread() {
  const SignalsBlocked blocked;
  try {
    threads_.emplace_back([this] { RunThread(); });
  } catch (const std::system_error&) {
    max_threads_ = static_cast<uint32_t>(threads_.size());  // so many are to be had
  }
}

void MatchAhead::RunThread() {
  try {
    EventMatcher matcher(program_, options_);
    MatchWaiting(matcher);
  } catch (const std::exception&) {
    // Then the others do without this one.
  }
}

void MatchAhead::MatchWaiting(EventMatcher& matcher) {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (Entry* entry = FirstWaiting()) {
      Match(*entry, matcher, lock);
      matched_.notify_one();
    } else {
      work_.wait(lock);
    }
  }
}

MatchAhead::Entry* MatchAhead::FirstWaiting() {
  const auto found = std::ranges::find_if(chunks_, [](const Entry& entry) { return entry.state == State::kWaiting; });
  return found == chunks_.end() ? nullptr : &*found;
}

void MatchAhead::Match(Entry& entry, EventMatcher& matcher, std::unique_lock<std::mutex>& lock) {
  entry.state = State::kBeingMatched;
  LineChunk& chunk = *entry.chunk;
  lock.unlock();
  chunk.MatchAhead(matcher);
  lock.lock();
  entry.state = State::kMatched;
}

}  // namespace eqlc
