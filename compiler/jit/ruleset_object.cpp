// A ruleset as an object: EmitModule's functions, and beside them image, tables and a slot for each helper. Tested by
// tests/unit/compiler/native_file_test.cpp.
#include <llvm/ADT/SmallVector.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/LegacyPassManager.h>
#include <llvm/Object/ObjectFile.h>
#include <llvm/Support/MemoryBufferRef.h>
#include <llvm/Support/raw_ostream.h>

#include <cassert>
#include <cstring>
#include <utility>

#include "compiler/codegen/codegen.h"
#include "compiler/jit/functions.h"
#include "compiler/jit/target.h"
#include "runtime/abi/image.h"
#include "runtime/abi/native_ruleset.h"

namespace eqlc::jit {
namespace {

Result<std::unique_ptr<llvm::TargetMachine>> CreateMachine(const Cpu& cpu, OptLevel level) {
  auto builder = HostTarget(level);
  if (!builder) return builder.error();
  // The architecture's least, and then what can be checked before the code runs.
  builder->setCPU("");
  builder->getFeatures() = llvm::SubtargetFeatures();
  llvm::SmallVector<llvm::StringRef, 32> features;
  llvm::StringRef(cpu.features).split(features, ',', -1, /*KeepEmpty=*/false);
  for (const llvm::StringRef feature : features) builder->getFeatures().AddFeature(feature);
  auto machine = builder->createTargetMachine();
  if (!machine) return ToError("cannot generate code for this processor", machine.takeError());
  return std::move(*machine);
}

// Turns a module as EmitModule makes it into one that exports a NativeRuleset and needs nothing.
class RulesetBuilder {
 public:
  RulesetBuilder(llvm::Module& module, const Cpu& cpu, std::span<const std::byte> image)
      : module_(module), context_(module.getContext()), builder_(context_), cpu_(cpu), image_(image) {}

  void Build(const NativeSymbols& symbols, const std::string& name) {
    llvm::GlobalVariable* slots = AddHelpers();
    const llvm::SmallVector<llvm::Constant*, 16> members = {
        Data(abi::kRulesetMagic, sizeof abi::kRulesetMagic),
        builder_.getInt32(abi::kNativeVersion),
        builder_.getInt32(abi::kImageVersion),
        Private(Text(cpu_.name)),
        Private(Text(cpu_.features)),
        Private(Data(image_.data(), image_.size())),
        builder_.getInt64(image_.size()),
        builder_.getInt64(reinterpret_cast<const abi::ImageHeader*>(image_.data())->checksum),
        builder_.getInt32(static_cast<uint32_t>(symbols.conditions.size())),
        builder_.getInt32(static_cast<uint32_t>(symbols.advance.size())),
        Private(Table(symbols.conditions)),
        Private(Table(symbols.advance)),
        slots,
        builder_.getInt64(Helpers().size())};
    auto* contents = llvm::ConstantStruct::getAnon(members);
    assert(module_.getDataLayout().getTypeAllocSize(contents->getType()) == sizeof(abi::NativeRuleset));
    for (llvm::Function& function : module_) {
      if (function.isDeclaration()) continue;  // an intrinsic
      function.setLinkage(llvm::Function::InternalLinkage);
      function.addFnAttr("tune-cpu", cpu_.name);
    }
    Global(contents, name).setLinkage(llvm::GlobalValue::ExternalLinkage);
  }

 private:
  // Slots for the addresses, and for each helper that is called a function that goes on to what is in its slot.
  llvm::GlobalVariable* AddHelpers() {
    auto* type = llvm::ArrayType::get(builder_.getPtrTy(), Helpers().size());
    llvm::GlobalVariable* slots = &Global(llvm::ConstantAggregateZero::get(type), "helpers");
    slots->setConstant(false);
    for (size_t i = 0; i < Helpers().size(); ++i) {
      llvm::Function* function = module_.getFunction(Helpers()[i].name);
      if (function != nullptr) DefineHelper(*function, slots, i);
    }
    return slots;
  }

  void DefineHelper(llvm::Function& function, llvm::GlobalVariable* slots, size_t index) {
    // Else it would pass for the C library's, where it has such a name.
    function.setName("helper_" + function.getName());
    builder_.SetInsertPoint(llvm::BasicBlock::Create(context_, "", &function));
    llvm::Value* slot = builder_.CreateConstInBoundsGEP2_64(slots->getValueType(), slots, 0, index);
    llvm::Value* address = builder_.CreateLoad(builder_.getPtrTy(), slot);
    llvm::SmallVector<llvm::Value*, 8> arguments;
    for (llvm::Argument& argument : function.args()) arguments.push_back(&argument);
    llvm::CallInst* call = builder_.CreateCall(function.getFunctionType(), address, arguments);
    call->setTailCallKind(llvm::CallInst::TCK_MustTail);
    call->setAttributes(llvm::AttributeList::get(context_, llvm::AttributeSet(), function.getAttributes().getRetAttrs(),
                                                 ParameterAttributes(function)));
    function.getReturnType()->isVoidTy() ? builder_.CreateRetVoid() : builder_.CreateRet(call);
  }

  static llvm::SmallVector<llvm::AttributeSet, 8> ParameterAttributes(const llvm::Function& function) {
    llvm::SmallVector<llvm::AttributeSet, 8> attributes;
    for (unsigned i = 0; i < function.arg_size(); ++i) attributes.push_back(function.getAttributes().getParamAttrs(i));
    return attributes;
  }

  llvm::Constant* Data(const void* bytes, size_t size) {
    const llvm::StringRef text(static_cast<const char*>(bytes), size);
    return llvm::ConstantDataArray::getString(context_, text, /*AddNull=*/false);
  }

  llvm::Constant* Text(const std::string& text) { return llvm::ConstantDataArray::getString(context_, text); }

  // Null for empty names.
  llvm::Constant* Table(const std::vector<std::string>& names) {
    std::vector<llvm::Constant*> entries;
    entries.reserve(names.size());
    for (const std::string& name : names) {
      entries.push_back(name.empty() ? static_cast<llvm::Constant*>(llvm::ConstantPointerNull::get(builder_.getPtrTy()))
                                     : module_.getFunction(name));
    }
    return llvm::ConstantArray::get(llvm::ArrayType::get(builder_.getPtrTy(), entries.size()), entries);
  }

  llvm::Constant* Private(llvm::Constant* contents) { return &Global(contents, "k" + std::to_string(++constants_)); }

  // A constant.
  llvm::GlobalVariable& Global(llvm::Constant* contents, const std::string& name) {
    auto* global = llvm::cast<llvm::GlobalVariable>(module_.getOrInsertGlobal(name, contents->getType()));
    global->setInitializer(contents);
    global->setLinkage(llvm::GlobalValue::InternalLinkage);
    global->setConstant(true);
    global->setAlignment(llvm::Align(8));
    return *global;
  }

  llvm::Module& module_;
  llvm::LLVMContext& context_;
  llvm::IRBuilder<> builder_;
  const Cpu& cpu_;
  std::span<const std::byte> image_;
  int constants_ = 0;
};

Result<std::vector<std::byte>> WriteObject(llvm::Module& module, llvm::TargetMachine& machine) {
  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream stream(bytes);
  llvm::legacy::PassManager passes;
  if (machine.addPassesToEmitFile(passes, stream, nullptr, llvm::CodeGenFileType::ObjectFile)) {
    return Error{"cannot write objects for this processor"};
  }
  passes.run(module);
  const auto* begin = reinterpret_cast<const std::byte*>(bytes.data());
  return std::vector<std::byte>(begin, begin + bytes.size());
}

// The code generator may call functions that the IR does not name; nobody would define them.
Status CheckRefersToNothing(std::span<const std::byte> object) {
  const llvm::StringRef bytes(reinterpret_cast<const char*>(object.data()), object.size());
  auto file = llvm::object::ObjectFile::createObjectFile(llvm::MemoryBufferRef(bytes, "ruleset"));
  if (!file) return ToError("cannot read generated object", file.takeError());
  for (const llvm::object::SymbolRef& symbol : (*file)->symbols()) {
    auto flags = symbol.getFlags();
    if (!flags) return ToError("cannot read generated object", flags.takeError());
    if ((*flags & llvm::object::SymbolRef::SF_Undefined) == 0) continue;
    auto name = symbol.getName();
    if (!name) return ToError("cannot read generated object", name.takeError());
    if (!name->empty()) return Error{"generated code needs " + name->str() + ", which rulesets must not"};
  }
  return {};
}

}  // namespace

Result<std::vector<std::byte>> EmitRulesetObject(const ir::Module& module, std::span<const std::byte> image,
                                                 const Cpu& cpu, OptLevel level, const std::string& symbol) {
  auto machine = CreateMachine(cpu, level);
  if (!machine) return machine.error();
  llvm::LLVMContext context;
  context.setDiscardValueNames(true);
  NativeSymbols symbols;
  auto output = EmitOptimized(module, context, **machine, level, symbols);
  if (!output) return output.error();
  RulesetBuilder(**output, cpu, image).Build(symbols, symbol);
  auto object = WriteObject(**output, **machine);
  if (!object) return object.error();
  if (Status status = CheckRefersToNothing(*object); !status) return status.error();
  return object;
}

}  // namespace eqlc::jit
