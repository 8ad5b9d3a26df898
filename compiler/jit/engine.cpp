#include "compiler/jit/engine.h"

#include <llvm/ExecutionEngine/Orc/DebugObjectManagerPlugin.h>
#include <llvm/ExecutionEngine/Orc/ExecutorProcessControl.h>
#include <llvm/ExecutionEngine/Orc/ObjectLinkingLayer.h>
#include <llvm/ExecutionEngine/Orc/TargetProcess/JITLoaderGDB.h>

#include <utility>

#include "compiler/jit/functions.h"
#include "compiler/jit/perf_map.h"
#include "compiler/jit/target.h"

namespace eqlc::jit {

namespace orc = llvm::orc;

Engine::Engine(std::unique_ptr<orc::ExecutionSession> session)
    : session_(std::move(session)),
      library_(session_->createBareJITDylib("eqlc")),
      linker_(std::make_unique<orc::ObjectLinkingLayer>(*session_)) {
  // What goes wrong also comes back from the look-up; the default would print it.
  session_->setErrorReporter([](llvm::Error error) { llvm::consumeError(std::move(error)); });
}

Engine::~Engine() { llvm::consumeError(session_->endSession()); }

Result<std::unique_ptr<Engine>> Engine::Create(Observers observers) {
  auto process = orc::SelfExecutorProcessControl::Create();
  if (!process) return ToError("cannot start the JIT compiler", process.takeError());
  std::unique_ptr<Engine> engine(new Engine(std::make_unique<orc::ExecutionSession>(std::move(*process))));
  if (llvm::Error error = engine->DefineHelpers()) return ToError("cannot start the JIT compiler", std::move(error));
  if (observers.perf_map) engine->linker_->addPlugin(std::make_shared<PerfMap>());
  if (observers.debugger) {
    const auto interface = orc::ExecutorAddr::fromPtr(&llvm_orc_registerJITLoaderGDBWrapper);
    engine->linker_->addPlugin(std::make_shared<orc::DebugObjectManagerPlugin>(
        *engine->session_, std::make_unique<orc::EPCDebugObjectRegistrar>(*engine->session_, interface),
        /*RequireDebugSections=*/false, /*AutoRegisterCode=*/true));
  }
  return engine;
}

llvm::Error Engine::DefineHelpers() {
  orc::SymbolMap symbols;
  for (const HelperAddress& helper : Helpers()) {
    symbols[session_->intern(helper.name)] = {orc::ExecutorAddr::fromPtr(helper.address),
                                              llvm::JITSymbolFlags::Exported | llvm::JITSymbolFlags::Callable};
  }
  return library_.define(orc::absoluteSymbols(std::move(symbols)));
}

Result<std::vector<orc::ExecutorAddr>> Engine::Link(std::unique_ptr<llvm::MemoryBuffer> object,
                                                    const std::vector<std::string>& names) {
  if (llvm::Error error = linker_->add(library_, std::move(object))) {
    return ToError("cannot link generated code", std::move(error));
  }
  auto found = LookUp(names);
  if (!found) return ToError("cannot link generated code", found.takeError());
  return std::move(*found);
}

// Looking up links; all names in one go.
llvm::Expected<std::vector<orc::ExecutorAddr>> Engine::LookUp(const std::vector<std::string>& names) {
  orc::SymbolLookupSet wanted;
  for (const std::string& name : names) wanted.add(session_->intern(name));
  auto found = session_->lookup({{&library_, orc::JITDylibLookupFlags::MatchAllSymbols}}, std::move(wanted));
  if (!found) return found.takeError();
  std::vector<orc::ExecutorAddr> addresses;
  addresses.reserve(names.size());
  for (const std::string& name : names) addresses.push_back((*found)[session_->intern(name)].getAddress());
  return addresses;
}

}  // namespace eqlc::jit
