// A ruleset as a relocatable object: image and machine code behind one symbol (runtime/abi/native_ruleset.h). The code
// is that of the JIT compiler; only where calls of helpers lead differs. Hides LLVM from everyone else. Tested by
// tests/unit/compiler/jit/ruleset_object_test.cpp.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "compiler/ir/ir.h"
#include "compiler/jit/cpu.h"
#include "eqlc/compile.hpp"
#include "eqlc/result.hpp"

namespace eqlc {

// `image` is WriteImage's of the module. The object refers to nothing but itself; equal arguments give equal bytes.
Result<std::vector<std::byte>> EmitRulesetObject(const ir::Module& module, std::span<const std::byte> image,
                                                 const Cpu& cpu, OptLevel level, const std::string& symbol);

// Writes a shared object of it that dlopen takes; it is not on the disk yet. Thread-safety: one after the other.
Status LinkSharedObject(std::span<const std::byte> object, const std::string& path);

}  // namespace eqlc
