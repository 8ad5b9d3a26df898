// One LLJIT engine per program, one LLVM context per compilation, nothing shared between threads. The only names that
// generated code can reach are those of helpers.def; the process's own symbols are not searched.
// Tested by tests/unit/compiler/jit/jit_test.cpp.
#include "compiler/jit/jit.h"

#include <llvm/ExecutionEngine/Orc/LLJIT.h>
#include <llvm/IR/LLVMContext.h>

#include <vector>

#include "compiler/codegen/codegen.h"
#include "compiler/jit/target.h"
#include "runtime/program/helper_table.h"

namespace eqlc {
namespace {

namespace orc = llvm::orc;

class JitCode : public NativeCode {
 public:
  JitCode(std::unique_ptr<orc::LLJIT> engine, std::vector<abi::ConditionFn> conditions,
          std::vector<abi::AdvanceFn> advance)
      : engine_(std::move(engine)),
        conditions_(std::move(conditions)),
        advance_(std::move(advance)),
        tables_{conditions_.data(), advance_.data()} {}

  const abi::NativeTables& tables() const override { return tables_; }

 private:
  std::unique_ptr<orc::LLJIT> engine_;  // owns the code
  std::vector<abi::ConditionFn> conditions_;
  std::vector<abi::AdvanceFn> advance_;
  abi::NativeTables tables_;
};

llvm::Error DefineHelpers(orc::LLJIT& engine) {
  orc::SymbolMap symbols;
  for (const HelperAddress& helper : HelperTable()) {
    symbols[engine.mangleAndIntern(helper.name)] = {orc::ExecutorAddr::fromPtr(helper.address),
                                                    llvm::JITSymbolFlags::Exported | llvm::JITSymbolFlags::Callable};
  }
  return engine.getMainJITDylib().define(orc::absoluteSymbols(std::move(symbols)));
}

llvm::Expected<std::unique_ptr<orc::LLJIT>> CreateEngine(orc::JITTargetMachineBuilder target) {
  auto engine = orc::LLJITBuilder()
                    .setJITTargetMachineBuilder(std::move(target))
                    .setPlatformSetUp(orc::setUpInactivePlatform)
                    .setLinkProcessSymbolsByDefault(false)
                    .create();
  if (!engine) return engine.takeError();
  // What goes wrong also comes back from the look-up; the default would print it.
  (*engine)->getExecutionSession().setErrorReporter([](llvm::Error error) { llvm::consumeError(std::move(error)); });
  if (llvm::Error error = DefineHelpers(**engine)) return error;
  return engine;
}

// Looking up compiles; all names in one go.
llvm::Expected<orc::SymbolMap> LookUp(orc::LLJIT& engine, const NativeSymbols& symbols) {
  orc::SymbolLookupSet names;
  for (const auto* list : {&symbols.conditions, &symbols.advance}) {
    for (const std::string& name : *list) {
      if (!name.empty()) names.add(engine.mangleAndIntern(name));
    }
  }
  if (names.empty()) return orc::SymbolMap();
  return engine.getExecutionSession().lookup({{&engine.getMainJITDylib(), orc::JITDylibLookupFlags::MatchAllSymbols}},
                                             std::move(names));
}

// Null for empty names.
template <typename Fn>
std::vector<Fn> Addresses(orc::LLJIT& engine, const orc::SymbolMap& found, const std::vector<std::string>& names) {
  std::vector<Fn> addresses;
  addresses.reserve(names.size());
  for (const std::string& name : names) {
    const auto at = name.empty() ? found.end() : found.find(engine.mangleAndIntern(name));
    addresses.push_back(at == found.end() ? nullptr : at->second.getAddress().toPtr<Fn>());
  }
  return addresses;
}

}  // namespace

Result<std::unique_ptr<NativeCode>> JitCompile(const ir::Module& module, OptLevel level) {
  auto target = jit::HostTarget(level);
  if (!target) return target.error();
  auto machine = target->createTargetMachine();
  if (!machine) return jit::ToError("cannot generate code for this machine", machine.takeError());

  auto context = std::make_unique<llvm::LLVMContext>();
  context->setDiscardValueNames(true);
  NativeSymbols symbols;
  auto output = jit::EmitOptimized(module, *context, **machine, level, symbols);
  if (!output) return output.error();

  auto engine = CreateEngine(std::move(*target));
  if (!engine) return jit::ToError("cannot start the JIT compiler", engine.takeError());
  orc::ThreadSafeModule owned(std::move(*output), std::move(context));
  if (llvm::Error error = (*engine)->addIRModule(std::move(owned))) {
    return jit::ToError("cannot compile generated code", std::move(error));
  }
  auto found = LookUp(**engine, symbols);
  if (!found) return jit::ToError("cannot compile generated code", found.takeError());

  auto conditions = Addresses<abi::ConditionFn>(**engine, *found, symbols.conditions);
  auto advance = Addresses<abi::AdvanceFn>(**engine, *found, symbols.advance);
  return std::unique_ptr<NativeCode>(
      std::make_unique<JitCode>(std::move(*engine), std::move(conditions), std::move(advance)));
}

}  // namespace eqlc
