// Library: what libeqlc_jit.so has to offer. It is the one part of eqlc that links LLVM, and loaded by those alone who
// make machine code (compiler/native/jit_library.h): reading rules, checking them, and running code that was made
// before start without it.
//
// Both sides are of one build. What a class of ours has virtual functions of exists once on each, so no object of such
// a class passes between them.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "compiler/ir/ir.h"
#include "eqlc/compile.hpp"
#include "eqlc/result.hpp"
#include "runtime/abi/image.h"
#include "runtime/abi/native.h"
#include "runtime/abi/native_ruleset.h"
#include "runtime/program/helper_table.h"
#include "runtime/program/native_code.h"

namespace eqlc {

struct JitOptions {
  OptLevel level = OptLevel::kO1;
  unsigned threads = 1;
  bool perf_map = false;  // see CompileOptions
  bool debugger = false;
};

// The processor that a ruleset's machine code is for.
struct Cpu {
  std::string name;      // LLVM's; its instruction costs guide the code generator
  std::string features;  // what the code may use, with commas between; only what runtime/program/cpu_features.h knows
};

// How a ruleset is made into objects.
struct RulesetOptions {
  Cpu cpu;
  OptLevel level = OptLevel::kO1;
  unsigned threads = 1;
  std::string symbol = abi::kRulesetSymbol;  // the one that they export
};

// An object file in memory.
using ObjectBytes = std::vector<std::byte>;

}  // namespace eqlc

namespace eqlc::jit {

// What a thread needs to compile: conditions nest at most as deep as a query, and LLVM walks some of it by recursion.
inline constexpr size_t kCompilerStackBytes = 16u << 20;

// Where code goes as it is made. Functions are called from several threads.
struct CodeSink {
  NativeSlots& slots;
  const std::atomic<bool>& is_to_end;     // no more is wanted
  std::function<void(size_t)> set_parts;  // before the first is there
  std::function<void()> part_is_ready;
  std::function<void(const Error&)> fail;  // the rest will not come
};

// The memory of code that was made, for as long as it may run.
using CodeMemory = std::unique_ptr<void, void (*)(void*)>;

// What there is to call. Thread-safety: safe from several threads, unless one says otherwise.

// Compiles all conditions and transitions, or what CodePlan::Some gives of `only` if that is not empty, in parts, which
// go to the sink as they are ready.
using CompileFn = CodeMemory(const ir::Module& module, std::span<const abi::ConditionId> only,
                             const JitOptions& options, const CodeSink& sink);
// The LLVM IR (`asm_text` false) or the host's assembly of the module, for `dump --stage=llvm|asm`.
using DumpFn = Result<std::string>(const ir::Module& module, OptLevel level, bool asm_text);
// `name`: "native", this machine; a level of the architecture ("x86-64-v3"); or a processor by LLVM's name ("znver3").
using FindCpuFn = Result<Cpu>(const std::string& name);
// A ruleset as relocatable objects: image and machine code behind one symbol (runtime/abi/native_ruleset.h). The code
// is that of CompileFn; only where calls of helpers lead differs. `image` is WriteImage's of the module. Equal rules
// and options give equal bytes, whatever the threads. An Error, and soon, when `is_to_end` is or becomes true.
using EmitRulesetObjectsFn = Result<std::vector<ObjectBytes>>(const ir::Module& module,
                                                              std::span<const std::byte> image,
                                                              const RulesetOptions& options,
                                                              const std::atomic<bool>& is_to_end);
// Writes one file of them, a shared object that dlopen takes or an object; it refers to nothing but itself, and is not
// on the disk yet. Files beside it that begin with its name are overwritten and removed. Thread-safety: one after the
// other.
using LinkRulesetFn = Status(std::span<const ObjectBytes> objects, NativeFile::Format format, const std::string& path);
// Gives the pages of LLVM's own code back to the system, some 45 MB after a ruleset was compiled. They are pages of
// libLLVM's file, unchanged, and come back by themselves when LLVM runs again. Does nothing where LLVM is no shared
// object. Thread-safety: safe, beside running LLVM code too.
using ReturnLlvmPagesFn = void();

inline constexpr uint32_t kLibraryVersion = 1;  // changes with every change of this file

struct Library {
  // Of the side that made this; equal on both, or they do not belong together.
  uint32_t library_version = kLibraryVersion;
  uint32_t image_version = abi::kImageVersion;
  uint32_t native_version = abi::kNativeVersion;
  size_t module_size = sizeof(ir::Module);
  const char* compiler = __VERSION__;

  CompileFn* compile;
  DumpFn* dump;
  FindCpuFn* find_cpu;
  EmitRulesetObjectsFn* emit_ruleset_objects;
  LinkRulesetFn* link_ruleset;
  ReturnLlvmPagesFn* return_llvm_pages;
};

// The one symbol of the library: a function of this type, which takes what generated code calls.
inline constexpr const char* kLibrarySymbol = "eqlc_jit_library";
using LibraryFn = const Library*(std::span<const HelperAddress> helpers);

}  // namespace eqlc::jit
