// NativeCode: machine code of a program, whoever made it and whenever (JIT now or in the background, a loaded object).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "eqlc/program.hpp"
#include "runtime/abi/native.h"

namespace eqlc {

// The slots that NativeTables points to; empty at first.
// Thread-safety: slots may be set while others read them.
class NativeSlots {
 public:
  NativeSlots(size_t conditions, size_t rules) : conditions_(conditions), advance_(rules) {}

  // The first code of a condition. Better code that is there already stays.
  void Set(abi::ConditionId id, abi::ConditionFn code) {
    abi::ConditionFn none = nullptr;
    conditions_[id].compare_exchange_strong(none, code, std::memory_order_release, std::memory_order_relaxed);
  }
  void SetBetter(abi::ConditionId id, abi::ConditionFn code) { conditions_[id].store(code, std::memory_order_release); }
  void SetAdvance(size_t rule, abi::AdvanceFn code) { advance_[rule].store(code, std::memory_order_release); }
  abi::NativeTables tables() const { return {conditions_.data(), advance_.data()}; }

 private:
  std::vector<abi::ConditionSlot> conditions_;
  std::vector<abi::AdvanceSlot> advance_;
};

// Owns code and slots; both live as long as this object.
// Thread-safety: all of it may be called at any time.
class NativeCode {
 public:
  NativeCode(size_t conditions, size_t rules) : slots_(conditions, rules) {}
  // Ends what is being made in the background.
  virtual ~NativeCode() = default;
  abi::NativeTables tables() const { return slots_.tables(); }
  NativeSlots& slots() { return slots_; }
  // How far the making of code is; code that is there from the beginning is ready.
  virtual NativeProgress progress() const { return {}; }
  // Returns when no more code comes.
  virtual void Await() const {}

 private:
  NativeSlots slots_;
};

// Makes better code for the conditions of a program that sessions evaluate most.
// Thread-safety: all of it may be called at any time.
class CodeImprover {
 public:
  // Ends what is being made.
  virtual ~CodeImprover() = default;
  // A session has evaluated the condition often enough for better code to pay. Returns at once.
  virtual void OnHot(abi::ConditionId id) = 0;
  // How many conditions have better code by now.
  virtual uint32_t improved() const = 0;
  // Returns when nothing of what was hot so far is still to come.
  virtual void Await() const = 0;
};

}  // namespace eqlc
