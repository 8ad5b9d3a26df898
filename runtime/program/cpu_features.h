// Features of processors that generated code may use beyond the least that its architecture has. Code that needs
// another one is not generated, so that what code needs can always be checked before it runs. Tested by
// tests/unit/runtime/program/cpu_features_test.cpp.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace eqlc {

struct CpuFeature {
  const char* name;  // LLVM's
  bool available;    // on this machine
};

// Of this build's architecture.
std::span<const CpuFeature> CpuFeatures();

// Tells apart the processors that code may be tuned for; empty where this build knows no way to.
std::string CpuModel();

// Those of `needed` (names with commas between) that this machine lacks or this build does not know, in the same form.
std::string MissingCpuFeatures(std::string_view needed);

}  // namespace eqlc
