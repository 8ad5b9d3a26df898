// Layout: LLVM's view of runtime/abi. The one place that knows offsets and sizes of what generated code reads; they are
// taken from the C++ structs themselves, so the two cannot drift apart.
// Tested by whatever runs generated code, tests/unit/compiler/jit/.
#pragma once

#include <llvm/IR/DerivedTypes.h>

#include <cstddef>

#include "runtime/abi/frame.h"
#include "runtime/abi/native.h"
#include "runtime/abi/sequence.h"
#include "runtime/abi/value.h"

namespace llvm {
class LLVMContext;
}  // namespace llvm

namespace eqlc::codegen {

// Byte offsets, for loads relative to a pointer.
namespace offset {
inline constexpr uint64_t kFrameSlots = offsetof(abi::EventFrame, slots);
inline constexpr uint64_t kFrameValues = offsetof(abi::EventFrame, values);
inline constexpr uint64_t kFrameMemo = offsetof(abi::EventFrame, memo);
inline constexpr uint64_t kFrameEpoch = offsetof(abi::EventFrame, epoch);
inline constexpr uint64_t kSlotFirst = offsetof(abi::FieldSlot, first);
inline constexpr uint64_t kSlotCount = offsetof(abi::FieldSlot, count);
inline constexpr uint64_t kValuePayload = offsetof(abi::Value, payload);
inline constexpr uint64_t kValueSize = offsetof(abi::Value, size);
inline constexpr uint64_t kValueKind = offsetof(abi::Value, kind);
inline constexpr uint64_t kTablesLiterals = offsetof(abi::ProgramTables, literals);
inline constexpr uint64_t kTablesMatchers = offsetof(abi::ProgramTables, matchers);
inline constexpr uint64_t kTablesFunctions = offsetof(abi::ProgramTables, functions);
inline constexpr uint64_t kKeySlots = offsetof(abi::KeyState, slots);
}  // namespace offset

// Types, shared by all of one module.
struct Layout {
  explicit Layout(llvm::LLVMContext& context);

  llvm::Type* none;
  llvm::IntegerType* i1;
  llvm::IntegerType* i8;
  llvm::IntegerType* i16;
  llvm::IntegerType* i32;
  llvm::IntegerType* i64;
  llvm::PointerType* ptr;
  llvm::StructType* value;  // abi::Value, for allocas and constants
};

}  // namespace eqlc::codegen
