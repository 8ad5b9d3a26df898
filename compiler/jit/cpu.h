// Cpu: the processor that a ruleset's machine code is for.
#pragma once

#include <string>

#include "eqlc/result.hpp"

namespace eqlc {

struct Cpu {
  std::string name;      // LLVM's; its instruction costs guide the code generator
  std::string features;  // what the code may use, with commas between; only what runtime/program/cpu_features.h knows
};

// `name`: "native", this machine; a level of the architecture ("x86-64-v3"); or a processor by LLVM's name ("znver3").
Result<Cpu> FindCpu(const std::string& name);

}  // namespace eqlc
