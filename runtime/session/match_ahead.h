// MatchAhead: chunks of lines on their way to the OrderedStage, and threads that meanwhile evaluate what does not
// depend on their order.
//
//   Push --> [waiting waiting | being matched | matched matched] --> Take, in order
//
// Threads only ever make results come sooner: a chunk that none of them has begun when it is its turn is taken as it
// is. That makes one thread the same program without the others.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "eqlc/session.hpp"
#include "runtime/session/event_matcher.h"
#include "runtime/session/line_chunk.h"

namespace eqlc {

// Thread-safety: none; the threads inside are its own affair.
class MatchAhead {
 public:
  // `program` must outlive it.
  MatchAhead(const Program::Impl& program, const SessionOptions& options);
  ~MatchAhead();

  void Push(std::unique_ptr<LineChunk> chunk);
  // No more chunks should be pushed before one is taken.
  bool full() const;
  bool empty() const { return chunks_.empty(); }

  // The first chunk; null when there is none, or unless `wait`, when it is not matched yet. Instead of idling while
  // another thread is at it, matches later ones with `matcher`.
  std::unique_ptr<LineChunk> Take(bool wait, EventMatcher& matcher);

 private:
  enum class State : uint8_t { kWaiting, kBeingMatched, kMatched };
  struct Entry {
    std::unique_ptr<LineChunk> chunk;
    State state = State::kWaiting;
  };

  void StartThread();
  void RunThread();
  void MatchWaiting(EventMatcher& matcher);
  // REQUIRES: the lock is held. Null: none waits.
  Entry* FirstWaiting();
  void Match(Entry& entry, EventMatcher& matcher, std::unique_lock<std::mutex>& lock);

  const Program::Impl& program_;
  const SessionOptions options_;
  uint32_t max_threads_;  // beside the caller's

  // Of the caller's thread.
  std::deque<Entry> chunks_;  // grows at the back and shrinks at the front, so that entries stay where they are
  size_t bytes_ = 0;          // of chunks_
  std::vector<std::thread> threads_;

  std::mutex mutex_;  // guards chunks_ (its owner reads its size without), the states, and:
  bool stopping_ = false;
  std::condition_variable work_;     // a chunk waits, or stopping_
  std::condition_variable matched_;  // a chunk has been matched
};

}  // namespace eqlc
