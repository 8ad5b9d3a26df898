#include "compiler/codegen/helpers.h"

#include <llvm/ADT/SmallVector.h>

#include <cassert>

namespace eqlc::codegen {
namespace {

enum class Effect : uint8_t { kReads, kWrites };

struct Signature {
  std::string_view name;
  char result;
  std::string_view parameters;
  Effect effect;
};

constexpr Signature kSignatures[] = {
#define EQLC_HELPER(name, result, parameters, effect) {#name, (#result)[0], parameters, Effect::effect},
#include "runtime/abi/helpers.def"
#undef EQLC_HELPER
};

const Signature& SignatureOf(Helper helper) { return kSignatures[static_cast<size_t>(helper)]; }

llvm::Type* TypeOf(char letter, const Layout& layout) {
  switch (letter) {
    case 'V':
      return layout.none;
    case 'B':
      return layout.i8;
    case 'W':
      return layout.i32;
    case 'Q':
      return layout.i64;
    case 'P':
      return layout.ptr;
    default:
      assert(false && "unknown type letter in helpers.def");
      return layout.none;
  }
}

}  // namespace

llvm::Function* Helpers::Get(Helper helper) {
  llvm::Function*& declared = declared_[static_cast<size_t>(helper)];
  if (declared == nullptr) declared = Declare(helper);
  return declared;
}

llvm::Function* Helpers::Declare(Helper helper) {
  const Signature& signature = SignatureOf(helper);
  llvm::SmallVector<llvm::Type*, 8> parameters;
  for (const char letter : signature.parameters) parameters.push_back(TypeOf(letter, layout_));
  auto* type = llvm::FunctionType::get(TypeOf(signature.result, layout_), parameters, false);
  auto* function = llvm::Function::Create(type, llvm::Function::ExternalLinkage, signature.name, module_);

  function->addFnAttr(llvm::Attribute::NoUnwind);
  // Else LLVM takes memcmp for the C library's and may call bcmp in its place, which is no helper.
  function->addFnAttr(llvm::Attribute::NoBuiltin);
  if (signature.effect == Effect::kReads) {
    function->addFnAttr(llvm::Attribute::WillReturn);
    function->setOnlyReadsMemory();
  }
  // The C calling convention leaves the upper bits of small integers to the caller; clang and g++ both extend them.
  if (signature.result == 'B') function->addRetAttr(llvm::Attribute::ZExt);
  for (unsigned i = 0; i < signature.parameters.size(); ++i) {
    if (signature.parameters[i] == 'B') function->addParamAttr(i, llvm::Attribute::ZExt);
  }
  return function;
}

}  // namespace eqlc::codegen
