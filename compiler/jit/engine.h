// Engine: machine code in this process's memory. Objects come in, addresses go out. The only names that generated code
// can reach are those of helpers.def; the process's own symbols are not searched.
// Tested by tests/unit/compiler/jit/.
#pragma once

#include <llvm/ExecutionEngine/Orc/Core.h>
#include <llvm/Support/MemoryBuffer.h>

#include <memory>
#include <string>
#include <vector>

#include "eqlc/result.hpp"

namespace llvm::orc {
class ObjectLinkingLayer;
}

namespace eqlc::jit {

// Who is told of the code besides its callers.
struct Observers {
  bool perf_map = false;  // perf, through /tmp/perf-PID.map
  bool debugger = false;  // gdb, through its interface for generated code
};

// Owns the code: it stays until the engine goes.
// Thread-safety: safe from several threads.
class Engine {
 public:
  static Result<std::unique_ptr<Engine>> Create(Observers observers);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Puts an object into memory; the addresses of `names`, which it defines.
  Result<std::vector<llvm::orc::ExecutorAddr>> Link(std::unique_ptr<llvm::MemoryBuffer> object,
                                                    const std::vector<std::string>& names);

 private:
  explicit Engine(std::unique_ptr<llvm::orc::ExecutionSession> session);
  llvm::Error DefineHelpers();
  llvm::Expected<std::vector<llvm::orc::ExecutorAddr>> LookUp(const std::vector<std::string>& names);

  std::unique_ptr<llvm::orc::ExecutionSession> session_;
  llvm::orc::JITDylib& library_;
  std::unique_ptr<llvm::orc::ObjectLinkingLayer> linker_;
};

}  // namespace eqlc::jit
