// PerfMap: tells `perf` the names of generated functions. Every object that is linked adds its functions to
// /tmp/perf-PID.map, one "START SIZE NAME" a line in hexadecimal, which perf reads when it reports.
// Tested by tests/unit/compiler/jit/observers_test.cpp.
#pragma once

#include <llvm/ExecutionEngine/Orc/ObjectLinkingLayer.h>

#include <cstdio>
#include <memory>
#include <mutex>
#include <string>

namespace eqlc::jit {

// Thread-safety: objects may be linked by several threads.
class PerfMap : public llvm::orc::ObjectLinkingLayer::Plugin {
 public:
  static std::string Path();

  // A map that cannot be written is left out: code runs without it.
  PerfMap();

  void modifyPassConfig(llvm::orc::MaterializationResponsibility& responsibility, llvm::jitlink::LinkGraph& graph,
                        llvm::jitlink::PassConfiguration& config) override;
  llvm::Error notifyFailed(llvm::orc::MaterializationResponsibility&) override { return llvm::Error::success(); }
  llvm::Error notifyRemovingResources(llvm::orc::JITDylib&, llvm::orc::ResourceKey) override {
    return llvm::Error::success();
  }
  void notifyTransferringResources(llvm::orc::JITDylib&, llvm::orc::ResourceKey, llvm::orc::ResourceKey) override {}

 private:
  void Add(const llvm::jitlink::LinkGraph& graph);

  std::mutex mutex_;
  std::unique_ptr<FILE, int (*)(FILE*)> file_;
};

}  // namespace eqlc::jit
