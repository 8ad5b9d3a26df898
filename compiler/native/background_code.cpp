#include "compiler/native/background_code.h"

#include <utility>

namespace eqlc {

void BackgroundCode::Start() {
  SetUnderWay(true);
  auto thread = BigStackThread::Start(jit::kCompilerStackBytes, [this] {
    Make();
    SetUnderWay(false);
  });
  if (thread) {
    thread_ = std::move(*thread);
  } else {
    Fail(thread.error());
    SetUnderWay(false);
  }
}

NativeProgress BackgroundCode::progress() const {
  const std::lock_guard lock(mutex_);
  return progress_;
}

void BackgroundCode::Await() const {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !under_way_; });
}

void BackgroundCode::End() {
  is_to_end_.store(true, std::memory_order_relaxed);
  thread_.reset();  // joins
}

jit::CodeSink BackgroundCode::Sink() {
  return {.slots = slots(),
          .is_to_end = is_to_end_,
          .set_parts = [this](size_t count) { SetParts(count); },
          .part_is_ready = [this] { PartIsReady(); },
          .fail = [this](const Error& error) { Fail(error); }};
}

void BackgroundCode::SetParts(size_t count) {
  const std::lock_guard lock(mutex_);
  progress_.parts = static_cast<uint32_t>(count);
}

void BackgroundCode::PartIsReady() {
  const std::lock_guard lock(mutex_);
  ++progress_.ready;
}

void BackgroundCode::Fail(const Error& error) {
  is_to_end_.store(true, std::memory_order_relaxed);
  const std::lock_guard lock(mutex_);
  if (progress_.error.empty()) progress_.error = error.message;
}

void BackgroundCode::SetUnderWay(bool under_way) {
  const std::lock_guard lock(mutex_);
  under_way_ = under_way;
  changed_.notify_all();
}

}  // namespace eqlc
