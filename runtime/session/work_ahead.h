// WorkAhead: what threads of a session do ahead of the OrderedStage and behind it: events are matched, and alerts that
// it has decided are rendered.
//
//   LineChunk --> [chunks] --> OrderedStage --> AlertBatch --> [batches] --> AlertSink
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "eqlc/session.hpp"
#include "runtime/session/ahead_queue.h"
#include "runtime/session/alert_batch.h"
#include "runtime/session/event_matcher.h"
#include "runtime/session/line_chunk.h"

namespace eqlc {

// Thread-safety: none; the threads inside are its own affair.
class WorkAhead {
 public:
  // Both must outlive it. Without renderer no batch may be pushed.
  WorkAhead(const Program::Impl& program, const AlertRenderer* renderer, const SessionOptions& options);
  ~WorkAhead();

  void Push(std::unique_ptr<LineChunk> chunk) { Push(chunks_, std::move(chunk)); }
  void Push(std::unique_ptr<AlertBatch> batch) { Push(batches_, std::move(batch)); }

  // No more should be pushed before one is taken.
  bool chunks_full() const { return full(chunks_); }
  bool batches_full() const { return full(batches_); }
  bool no_chunks() const { return chunks_.empty(); }
  bool no_batches() const { return batches_.empty(); }

  // See AheadQueue::Take. `matcher` helps where threads are slow.
  std::unique_ptr<LineChunk> TakeChunk(bool wait, EventMatcher& matcher) { return chunks_.Take(wait, matcher); }
  // REQUIRES: there are batches.
  std::unique_ptr<AlertBatch> TakeBatch(bool wait) { return batches_.Take(wait, *renderer_); }

 private:
  template <typename Item>
  void Push(AheadQueue<Item>& queue, std::unique_ptr<Item> item);
  template <typename Item>
  bool full(const AheadQueue<Item>& queue) const;

  void StartThread();
  void RunThread();
  void Work(EventMatcher& matcher);
  // REQUIRES: `lock` is held. False: there is nothing to do.
  bool DoOne(EventMatcher& matcher, std::unique_lock<std::mutex>& lock);

  const Program::Impl& program_;
  const AlertRenderer* const renderer_;
  const SessionOptions options_;
  uint32_t max_threads_;  // beside the caller's
  std::vector<std::thread> threads_;

  std::mutex mutex_;  // guards what AheadQueue says, and:
  bool stopping_ = false;
  std::condition_variable work_;  // an item waits, or stopping_

  AheadQueue<LineChunk> chunks_{mutex_};
  AheadQueue<AlertBatch> batches_{mutex_};
};

}  // namespace eqlc
