// HotCode: the second tier. What sessions evaluate most is compiled once more, with all that the code generator can do,
// while they run, and takes the place of what they ran before. Tested by tests/unit/compiler/native/hot_code_test.cpp.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "compiler/ir/ir.h"
#include "compiler/jit/library.h"
#include "compiler/support/big_stack.h"
#include "eqlc/result.hpp"
#include "runtime/program/native_code.h"
#include "runtime/program/program.h"

namespace eqlc {

class HotCode final : public CodeImprover {
 public:
  // `program` has machine code, and outlives this object. It is compiled from its image, so nothing else of its making
  // need be there any more, nor have been there: it may come from a cache.
  HotCode(const Program::Impl& program, const JitOptions& options);
  // Waits for the conditions that are being compiled, which are few.
  ~HotCode() override;

  void OnHot(abi::ConditionId id) override;
  uint32_t improved() const override;
  void Await() const override;

 private:
  void Work();
  Status ImproveWaiting();
  // What is to be compiled next; empty: nothing.
  std::vector<abi::ConditionId> Take();
  // False when there is more to do.
  bool EndWork();
  Status Improve(const ir::Module& module, std::span<const abi::ConditionId> conditions);
  void Fail();

  const Program::Impl& program_;
  const JitOptions options_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::vector<bool> known_;  // [ConditionId]: it was hot before
  std::deque<abi::ConditionId> waiting_;
  bool is_working_ = false;
  bool is_to_end_ = false;
  uint32_t improved_ = 0;
  std::vector<std::unique_ptr<NativeCode>> codes_;  // of the working thread, but for the end
  std::unique_ptr<BigStackThread> thread_;          // the last one; it has ended or is about to where !is_working_
};

}  // namespace eqlc
