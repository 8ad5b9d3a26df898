#include <llvm/ADT/SmallVector.h>
#include <llvm/ADT/StringMap.h>
#include <llvm/ADT/StringRef.h>
#include <llvm/TargetParser/Host.h>
#include <llvm/TargetParser/X86TargetParser.h>

#include "compiler/jit/functions.h"
#include "runtime/program/cpu_features.h"

namespace eqlc::jit {
namespace {

// Those that code may use and `has` holds for.
template <typename Has>
std::string FeatureList(Has has) {
  std::string list;
  for (const CpuFeature& feature : CpuFeatures()) {
    if (!has(feature)) continue;
    if (!list.empty()) list += ',';
    list += feature.name;
  }
  return list;
}

Cpu NativeCpu() {
  return {llvm::sys::getHostCPUName().str(), FeatureList([](const CpuFeature& f) { return f.available; })};
}

}  // namespace

Result<Cpu> FindCpu(const std::string& name) {
  if (name == "native") return NativeCpu();
#if defined(__x86_64__)
  if (llvm::X86::parseArchX86(name, /*Only64Bit=*/true) != llvm::X86::CK_None) {
    llvm::SmallVector<llvm::StringRef, 64> features;
    llvm::X86::getFeaturesForCPU(name, features);
    llvm::StringMap<bool> all;
    for (const llvm::StringRef feature : features) {
      all[feature] = true;
      llvm::X86::updateImpliedFeatures(feature, true, all);
    }
    const auto has = [&](const CpuFeature& f) { return all.lookup(f.name); };
    return Cpu{name, FeatureList(has)};
  }
  return Error{"unknown processor '" + name +
               "': native, x86-64, x86-64-v2, x86-64-v3, x86-64-v4, or one by LLVM's name"};
#else
  if (name == "generic") return Cpu{name, ""};
  return Error{"unknown processor '" + name + "': native or generic"};
#endif
}

}  // namespace eqlc::jit
