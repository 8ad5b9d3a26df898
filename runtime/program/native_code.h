// NativeCode: machine code of a program, whoever made it (JIT now, a loaded object later).
#pragma once

#include "runtime/abi/native.h"

namespace eqlc {

// Owns code and tables; both live as long as this object. Thread-safety: immutable.
class NativeCode {
 public:
  virtual ~NativeCode() = default;
  virtual const abi::NativeTables& tables() const = 0;
};

}  // namespace eqlc
