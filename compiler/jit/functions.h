// What the Library points to (compiler/jit/library.h).
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "compiler/jit/library.h"

namespace eqlc::jit {

CodeMemory Compile(const ir::Module& module, const JitOptions& options, const CodeSink& sink);
Result<std::string> Dump(const ir::Module& module, OptLevel level, bool asm_text);
Result<Cpu> FindCpu(const std::string& name);
Result<std::vector<std::byte>> EmitRulesetObject(const ir::Module& module, std::span<const std::byte> image,
                                                 const Cpu& cpu, OptLevel level, const std::string& symbol);
Status LinkSharedObject(std::span<const std::byte> object, const std::string& path);
void ReturnLlvmPages();

// What the program that loaded the library has for generated code to call.
std::span<const HelperAddress> Helpers();

}  // namespace eqlc::jit
