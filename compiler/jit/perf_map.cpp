#include "compiler/jit/perf_map.h"

#include <llvm/ExecutionEngine/JITLink/JITLink.h>
#include <unistd.h>

namespace eqlc::jit {

std::string PerfMap::Path() { return "/tmp/perf-" + std::to_string(getpid()) + ".map"; }

// Appended to, since a process may have several engines.
PerfMap::PerfMap() : file_(fopen(Path().c_str(), "ae"), fclose) {}

void PerfMap::modifyPassConfig(llvm::orc::MaterializationResponsibility&, llvm::jitlink::LinkGraph&,
                               llvm::jitlink::PassConfiguration& config) {
  // Addresses are final after allocation.
  config.PostFixupPasses.push_back([this](llvm::jitlink::LinkGraph& graph) {
    Add(graph);
    return llvm::Error::success();
  });
}

void PerfMap::Add(const llvm::jitlink::LinkGraph& graph) {
  if (!file_) return;
  const std::lock_guard lock(mutex_);
  for (const llvm::jitlink::Symbol* symbol : const_cast<llvm::jitlink::LinkGraph&>(graph).defined_symbols()) {
    if (!symbol->hasName() || !symbol->isCallable()) continue;
    fprintf(file_.get(), "%llx %llx %.*s\n", static_cast<unsigned long long>(symbol->getAddress().getValue()),
            static_cast<unsigned long long>(symbol->getSize()), static_cast<int>(symbol->getName().size()),
            symbol->getName().data());
  }
  fflush(file_.get());
}

}  // namespace eqlc::jit
