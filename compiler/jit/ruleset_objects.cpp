// A ruleset as objects: one for each part of its CodePlan, and the one that holds image, tables and what leads to the
// helpers. What is in one and used in another has the ruleset's symbol before its name, so that several rulesets may be
// linked into one program, and is visible to nobody else.
//
//   CodePlan::Split -> for each part, on some thread: EmitOptimized -> NameForLinking -> object
//
// Tested by tests/unit/compiler/native_file_test.cpp.
#include <llvm/ADT/SmallVector.h>
#include <llvm/ExecutionEngine/Orc/CompileUtils.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/LLVMContext.h>

#include <cassert>
#include <cstring>
#include <mutex>
#include <utility>

#include "compiler/codegen/codegen.h"
#include "compiler/codegen/helpers.h"
#include "compiler/jit/functions.h"
#include "compiler/jit/part_compiler.h"
#include "compiler/jit/target.h"
#include "compiler/support/parallel.h"
#include "runtime/abi/image.h"
#include "runtime/abi/native_ruleset.h"

namespace eqlc::jit {
namespace {

Result<llvm::orc::JITTargetMachineBuilder> TargetOf(const Cpu& cpu, OptLevel level) {
  auto target = HostTarget(level);
  if (!target) return target.error();
  // The architecture's least, and then what can be checked before the code runs.
  target->setCPU("");
  target->getFeatures() = llvm::SubtargetFeatures();
  llvm::SmallVector<llvm::StringRef, 32> features;
  llvm::StringRef(cpu.features).split(features, ',', -1, /*KeepEmpty=*/false);
  for (const llvm::StringRef feature : features) target->getFeatures().AddFeature(feature);
  return target;
}

std::string LinkedName(const std::string& ruleset, llvm::StringRef name) { return ruleset + "." + name.str(); }

// Called from, or defined for, the other objects of the ruleset.
void ShareWithinRuleset(llvm::Function& function, const std::string& ruleset) {
  function.setName(LinkedName(ruleset, function.getName()));
  function.setVisibility(llvm::GlobalValue::HiddenVisibility);
  function.setDSOLocal(true);
}

// Turns a module as EmitModule makes it into one that is linked with the others of its ruleset.
void NameForLinking(llvm::Module& part, const RulesetOptions& options) {
  for (llvm::Function& function : part) {
    if (function.isIntrinsic()) continue;
    if (!function.isDeclaration()) function.addFnAttr("tune-cpu", options.cpu.name);
    // Helpers, too: they would pass for the C library's functions, where they have such a name.
    if (!function.hasLocalLinkage()) ShareWithinRuleset(function, options.symbol);
  }
}

// Fills the module that exports the NativeRuleset.
class HeadBuilder {
 public:
  HeadBuilder(llvm::Module& module, const CodePlan& plan, std::span<const std::byte> image,
              const RulesetOptions& options)
      : module_(module),
        context_(module.getContext()),
        builder_(context_),
        layout_(context_),
        plan_(plan),
        image_(image),
        options_(options) {}

  void Build() {
    const CodePart whole = plan_.Whole();
    const size_t conditions = plan_.module().conditions().size(), rules = plan_.module().rules().size();
    const llvm::SmallVector<llvm::Constant*, 16> members = {
        Data(abi::kRulesetMagic, sizeof abi::kRulesetMagic),
        builder_.getInt32(abi::kNativeVersion),
        builder_.getInt32(abi::kImageVersion),
        Private(Text(options_.cpu.name)),
        Private(Text(options_.cpu.features)),
        Private(Data(image_.data(), image_.size())),
        builder_.getInt64(image_.size()),
        builder_.getInt64(reinterpret_cast<const abi::ImageHeader*>(image_.data())->checksum),
        builder_.getInt32(static_cast<uint32_t>(conditions)),
        builder_.getInt32(static_cast<uint32_t>(rules)),
        Private(Table(conditions, whole.conditions, [&](uint32_t id) { return plan_.ConditionName(id); })),
        Private(Table(rules, whole.transitions, [&](uint32_t rule) { return plan_.TransitionName(rule); })),
        DefineHelpers(),
        builder_.getInt64(Helpers().size())};
    auto* contents = llvm::ConstantStruct::getAnon(members);
    assert(module_.getDataLayout().getTypeAllocSize(contents->getType()) == sizeof(abi::NativeRuleset));
    Global(contents, options_.symbol).setLinkage(llvm::GlobalValue::ExternalLinkage);
  }

 private:
  // Slots for the addresses, and for each helper a function that goes on to what is in its slot.
  llvm::Constant* DefineHelpers() {
    auto* type = llvm::ArrayType::get(layout_.ptr, Helpers().size());
    llvm::GlobalVariable* slots = &Global(llvm::ConstantAggregateZero::get(type), "helpers");
    slots->setConstant(false);
    codegen::Helpers declared(module_, layout_);
    for (size_t i = 0; i < Helpers().size(); ++i) {
      llvm::Function* function = declared.Get(static_cast<codegen::Helper>(i));
      assert(function->getName() == Helpers()[i].name);
      DefineHelper(*function, builder_.CreateConstInBoundsGEP2_64(type, slots, 0, i));
      ShareWithinRuleset(*function, options_.symbol);
    }
    return slots;
  }

  void DefineHelper(llvm::Function& function, llvm::Value* slot) {
    builder_.SetInsertPoint(llvm::BasicBlock::Create(context_, "", &function));
    llvm::Value* address = builder_.CreateLoad(layout_.ptr, slot);
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

  // The functions of the parts by their numbers; null for those that are not compiled.
  template <typename NameOf>
  llvm::Constant* Table(size_t size, const std::vector<uint32_t>& numbers, NameOf name_of) {
    std::vector<llvm::Constant*> entries(size, llvm::ConstantPointerNull::get(layout_.ptr));
    auto* type = llvm::FunctionType::get(layout_.none, false);  // nobody here calls them
    for (const uint32_t number : numbers) {
      auto* function = llvm::Function::Create(type, llvm::Function::ExternalLinkage, name_of(number), module_);
      ShareWithinRuleset(*function, options_.symbol);
      entries[number] = function;
    }
    return llvm::ConstantArray::get(llvm::ArrayType::get(layout_.ptr, size), entries);
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
  const codegen::Layout layout_;
  const CodePlan& plan_;
  const std::span<const std::byte> image_;
  const RulesetOptions& options_;
  int constants_ = 0;
};

ObjectBytes ToBytes(const llvm::MemoryBuffer& object) {
  const auto bytes = std::as_bytes(std::span(object.getBufferStart(), object.getBufferSize()));
  return {bytes.begin(), bytes.end()};
}

Result<ObjectBytes> CompileHead(const CodePlan& plan, std::span<const std::byte> image, const RulesetOptions& options,
                                llvm::orc::JITTargetMachineBuilder target) {
  auto machine = target.createTargetMachine();
  if (!machine) return ToError("cannot generate code for this processor", machine.takeError());
  llvm::LLVMContext context;
  llvm::Module head("eqlc", context);
  head.setDataLayout((*machine)->createDataLayout());
  head.setTargetTriple((*machine)->getTargetTriple().str());
  HeadBuilder(head, plan, image, options).Build();
  auto object = llvm::orc::SimpleCompiler(**machine)(head);
  if (!object) return ToError("cannot compile generated code", object.takeError());
  return ToBytes(**object);
}

}  // namespace

Result<std::vector<ObjectBytes>> EmitRulesetObjects(const ir::Module& module, std::span<const std::byte> image,
                                                    const RulesetOptions& options, const std::atomic<bool>& is_to_end) {
  auto target = TargetOf(options.cpu, options.level);
  if (!target) return target.error();
  const CodePlan plan(module);
  const std::vector<CodePart> parts = plan.Split(plan.Whole());
  PartCompiler compiler(plan, *target, options.level, options.threads,
                        [&](llvm::Module& part) { NameForLinking(part, options); });
  std::vector<ObjectBytes> objects(parts.size());
  std::mutex mutex;
  Status status;
  const auto compile = [&](size_t worker, size_t index) {
    if (is_to_end.load(std::memory_order_relaxed)) return;
    const auto object = compiler.Compile(worker, parts[index]);
    if (object) {
      objects[index] = ToBytes(**object);
    } else {
      const std::lock_guard lock(mutex);
      status = object.error();
    }
  };
  const Status ran = ParallelFor(options.threads, kCompilerStackBytes, parts.size(), compile);
  if (!ran || !status) return ran ? status.error() : ran.error();
  if (is_to_end.load(std::memory_order_relaxed)) return Error{"ended before all code was made"};
  Result<ObjectBytes> head = CompileHead(plan, image, options, std::move(*target));
  if (!head) return head.error();
  objects.push_back(std::move(*head));
  return objects;
}

}  // namespace eqlc::jit
