// BackgroundCode: machine code that comes while sessions run. Tested by
// tests/unit/compiler/native/background_code_test.cpp.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>

#include "compiler/jit/library.h"
#include "compiler/support/big_stack.h"
#include "eqlc/result.hpp"
#include "runtime/program/native_code.h"

namespace eqlc {

class BackgroundCode : public NativeCode {
 public:
  // Once. Begins to make the code on a thread of its own and returns; the thread ends with this object.
  void Start();

  NativeProgress progress() const final;
  void Await() const final;

 protected:
  BackgroundCode(size_t conditions, size_t rules) : NativeCode(conditions, rules) {}

  // Makes the code and puts it into the slots, until all is there, something failed or the end is asked for.
  virtual void Make() = 0;
  // Asks for the end and waits for it. Every destructor of a final class begins with it: Make uses its members.
  void End();

  // What Make fills and reports to, piece by piece or all of it as one thing.
  jit::CodeSink Sink();
  const std::atomic<bool>& is_to_end() const { return is_to_end_; }
  void SetParts(size_t count);
  void PartIsReady();
  // The rest stays with the interpreter.
  void Fail(const Error& error);

 private:
  void SetUnderWay(bool under_way);

  std::atomic<bool> is_to_end_ = false;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  NativeProgress progress_{};
  bool under_way_ = false;
  std::unique_ptr<BigStackThread> thread_;
};

}  // namespace eqlc
