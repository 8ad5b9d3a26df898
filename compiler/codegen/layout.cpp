#include "compiler/codegen/layout.h"

#include <llvm/IR/LLVMContext.h>

#include <bit>

namespace eqlc::codegen {

// Literal texts become integer constants, read in memory order.
static_assert(std::endian::native == std::endian::little);

Layout::Layout(llvm::LLVMContext& context)
    : none(llvm::Type::getVoidTy(context)),
      i1(llvm::Type::getInt1Ty(context)),
      i8(llvm::Type::getInt8Ty(context)),
      i16(llvm::Type::getInt16Ty(context)),
      i32(llvm::Type::getInt32Ty(context)),
      i64(llvm::Type::getInt64Ty(context)),
      ptr(llvm::PointerType::getUnqual(context)),
      value(llvm::StructType::create(context, {i64, i32, i8, llvm::ArrayType::get(i8, sizeof(abi::Value::unused))},
                                     "Value")) {}

}  // namespace eqlc::codegen
