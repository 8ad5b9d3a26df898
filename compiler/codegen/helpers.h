// Helpers: declarations of the runtime functions that generated code calls, made in a module when first used.
#pragma once

#include <llvm/IR/Function.h>
#include <llvm/IR/Module.h>

#include <array>
#include <cstdint>
#include <string_view>

#include "compiler/codegen/layout.h"

namespace eqlc::codegen {

enum class Helper : uint8_t {
#define EQLC_HELPER(name, result, parameters, effect) k_##name,
#include "runtime/abi/helpers.def"
#undef EQLC_HELPER
  kCount,
};

// The declarations of one module. Thread-safety: none.
class Helpers {
 public:
  Helpers(llvm::Module& module, const Layout& layout) : module_(module), layout_(layout) {}

  llvm::Function* Get(Helper helper);

 private:
  llvm::Function* Declare(Helper helper);

  llvm::Module& module_;
  const Layout& layout_;
  std::array<llvm::Function*, static_cast<size_t>(Helper::kCount)> declared_{};
};

}  // namespace eqlc::codegen
