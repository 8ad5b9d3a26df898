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

  void Set(abi::ConditionId id, abi::ConditionFn code) { conditions_[id].store(code, std::memory_order_release); }
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
  // Ends what is being made in the background.
  virtual ~NativeCode() = default;
  virtual abi::NativeTables tables() const = 0;
  // How far the making of code is; code that is there from the beginning is ready.
  virtual NativeProgress progress() const { return {}; }
  // Returns when no more code comes.
  virtual void Await() const {}
};

}  // namespace eqlc
