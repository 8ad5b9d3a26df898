// AheadQueue: items on their way to their turn, of which a part may be done before it, by any thread.
//
//   Push --> [waiting waiting | busy | ready ready] --> Take, in order
//
// Threads only ever make results come sooner: an item that none of them has begun when it is its turn is taken as it
// is. That makes one thread the same program without the others.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>

namespace eqlc {

// An Item has bytes(), which do not change while it is here, a type Helper, and DoAhead(Helper&), which is called at
// most once and does not throw.
// Thread-safety: one thread owns the queue; others call DoOne.
template <typename Item>
class AheadQueue {
 public:
  using Helper = typename Item::Helper;

  // `mutex`, shared with whoever calls DoOne, guards items_ (its owner reads its size without) and their states.
  explicit AheadQueue(std::mutex& mutex) : mutex_(mutex) {}

  // True when another item waits already: one more thread would have something to do.
  bool Push(std::unique_ptr<Item> item);
  size_t size() const { return items_.size(); }
  bool empty() const { return items_.empty(); }
  size_t bytes() const { return bytes_; }

  // The first item; null when there is none, or unless `wait`, when it is not ready. Instead of idling while another
  // thread is at it, does a part of later ones with `helper`.
  std::unique_ptr<Item> Take(bool wait, Helper& helper);

  // Does what can be done of the first item that waits; false when none does. REQUIRES: `lock` holds the mutex.
  bool DoOne(Helper& helper, std::unique_lock<std::mutex>& lock);

 private:
  enum class State : uint8_t { kWaiting, kBusy, kReady };
  struct Entry {
    std::unique_ptr<Item> item;
    State state = State::kWaiting;
  };

  Entry* FirstWaiting();

  std::mutex& mutex_;
  std::condition_variable ready_;  // an item has become so
  std::deque<Entry> items_;        // grows at the back and shrinks at the front, so that entries stay where they are
  size_t bytes_ = 0;               // of them
};

template <typename Item>
bool AheadQueue<Item>::Push(std::unique_ptr<Item> item) {
  bytes_ += item->bytes();
  const std::lock_guard lock(mutex_);
  const bool others = FirstWaiting() != nullptr;
  items_.push_back({std::move(item)});
  return others;
}

template <typename Item>
std::unique_ptr<Item> AheadQueue<Item>::Take(bool wait, Helper& helper) {
  std::unique_lock lock(mutex_);
  while (!items_.empty()) {
    Entry& first = items_.front();
    if (first.state == State::kReady || (wait && first.state == State::kWaiting)) {
      std::unique_ptr<Item> item = std::move(first.item);
      items_.pop_front();
      bytes_ -= item->bytes();
      return item;
    }
    if (!wait) break;
    if (!DoOne(helper, lock)) ready_.wait(lock);
  }
  return nullptr;
}

template <typename Item>
bool AheadQueue<Item>::DoOne(Helper& helper, std::unique_lock<std::mutex>& lock) {
  Entry* const entry = FirstWaiting();
  if (entry == nullptr) return false;
  entry->state = State::kBusy;
  lock.unlock();
  entry->item->DoAhead(helper);
  lock.lock();
  entry->state = State::kReady;
  ready_.notify_one();
  return true;
}

template <typename Item>
typename AheadQueue<Item>::Entry* AheadQueue<Item>::FirstWaiting() {
  const auto found = std::ranges::find_if(items_, [](const Entry& entry) { return entry.state == State::kWaiting; });
  return found == items_.end() ? nullptr : &*found;
}

}  // namespace eqlc
