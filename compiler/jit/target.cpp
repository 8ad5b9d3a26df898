#include "compiler/jit/target.h"

#include <llvm/IR/Verifier.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Transforms/InstCombine/InstCombine.h>
#include <llvm/Transforms/Scalar/EarlyCSE.h>
#include <llvm/Transforms/Scalar/SimplifyCFG.h>

#include <mutex>

#include "compiler/codegen/codegen.h"

namespace eqlc::jit {
namespace {

// What EmitModule gives verifies; checking takes a tenth of the time that compiling does.
#ifdef NDEBUG
constexpr bool kVerify = false;
#else
constexpr bool kVerify = true;
#endif

void InitializeOnce() {
  static std::once_flag once;
  std::call_once(once, [] {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
  });
}

llvm::CodeGenOptLevel CodeGenLevel(OptLevel level) {
  switch (level) {
    case OptLevel::kO0:
      return llvm::CodeGenOptLevel::None;  // FastISel
    case OptLevel::kO1:
      return llvm::CodeGenOptLevel::None;
    case OptLevel::kO2:
      return llvm::CodeGenOptLevel::Default;
  }
  return llvm::CodeGenOptLevel::None;
}

// Emission leaves little to do. kO1 removes repeated loads of slots and tables; more than that costs FastISel more than
// it saves. kO2 is these few passes and LLVM's full code generator: its default pipeline unrolls and rotates the loops
// over field values and took eight times as long without smaller code.
void AddPasses(llvm::FunctionPassManager& passes, OptLevel level) {
  passes.addPass(llvm::EarlyCSEPass());
  if (level == OptLevel::kO1) return;
  passes.addPass(llvm::InstCombinePass());
  passes.addPass(llvm::SimplifyCFGPass());
}

void RunPasses(llvm::Module& module, llvm::TargetMachine& machine, OptLevel level) {
  if (level == OptLevel::kO0) return;
  llvm::PassBuilder builder(&machine);
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager sccs;
  llvm::ModuleAnalysisManager modules;
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(sccs);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, sccs, modules);

  llvm::FunctionPassManager function_passes;
  AddPasses(function_passes, level);
  llvm::ModulePassManager passes;
  passes.addPass(llvm::createModuleToFunctionPassAdaptor(std::move(function_passes)));
  passes.run(module, modules);
}

}  // namespace

Error ToError(const char* what, llvm::Error error) {
  return Error{std::string(what) + ": " + llvm::toString(std::move(error))};
}

Result<llvm::orc::JITTargetMachineBuilder> HostTarget(OptLevel level) {
  InitializeOnce();
  auto host = llvm::orc::JITTargetMachineBuilder::detectHost();
  if (!host) return ToError("cannot generate code for this machine", host.takeError());
  host->setCodeGenOptLevel(CodeGenLevel(level));
  host->setRelocationModel(llvm::Reloc::PIC_);
  host->setCodeModel(llvm::CodeModel::Small);
  return std::move(*host);
}

Result<std::unique_ptr<llvm::Module>> EmitOptimized(const CodePlan& plan, const CodePart& part,
                                                    llvm::LLVMContext& context, llvm::TargetMachine& machine,
                                                    OptLevel level) {
  std::unique_ptr<llvm::Module> output = EmitModule(plan, part, context);
  output->setDataLayout(machine.createDataLayout());
  output->setTargetTriple(machine.getTargetTriple().str());
  if (kVerify) {
    std::string problem;
    llvm::raw_string_ostream stream(problem);
    if (llvm::verifyModule(*output, &stream)) return Error{"generated code is malformed: " + problem};
  }
  RunPasses(*output, machine, level);
  return output;
}

Result<std::unique_ptr<llvm::Module>> EmitOptimized(const ir::Module& module, llvm::LLVMContext& context,
                                                    llvm::TargetMachine& machine, OptLevel level) {
  const CodePlan plan(module);
  return EmitOptimized(plan, plan.Whole(), context, machine, level);
}

}  // namespace eqlc::jit
