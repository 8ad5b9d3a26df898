// A program's code is compiled in the parts of its CodePlan, each with an LLVM context of its own that is gone when the
// part is linked: several threads share the work, code runs as soon as its part is ready, and an end half-way costs one
// part per thread.
//
//   CodePlan::Split -> for each part, on some thread: EmitOptimized -> object -> Engine::Link -> NativeSlots
//
// Tested by tests/unit/compiler/jit/jit_test.cpp and background_test.cpp.
#include "compiler/jit/jit.h"

#include <optional>
#include <utility>
#include <vector>

#include "compiler/codegen/codegen.h"
#include "compiler/jit/engine.h"
#include "compiler/jit/llvm_pages.h"
#include "compiler/jit/part_compiler.h"
#include "compiler/support/heap.h"
#include "compiler/support/parallel.h"

namespace eqlc {
namespace {

class JitCode final : public BackgroundCode {
 public:
  JitCode(std::shared_ptr<const ir::Module> module, const JitOptions& options)
      : BackgroundCode(module->conditions().size(), module->rules().size()),
        module_(std::move(module)),
        options_(options) {}

  ~JitCode() override { End(); }

  Status Compile() {
    Make();
    const NativeProgress done = progress();
    return done.error.empty() ? Status() : Status(Error{done.error});
  }

 private:
  void Make() override {
    if (Status status = CompileParts(); !status) Fail(status.error());
    module_.reset();
    ReturnFreeMemory();
    jit::ReturnLlvmPages();
  }

  Status CompileParts() {
    auto engine = jit::Engine::Create({.perf_map = options_.perf_map, .debugger = options_.debugger});
    if (!engine) return engine.error();
    engine_ = std::move(*engine);
    const bool observed = options_.perf_map || options_.debugger;
    const CodePlan plan(*module_, observed ? SymbolNames::kWithRule : SymbolNames::kNumbers);
    const std::vector<CodePart> parts = plan.Split();
    SetParts(parts.size());
    std::vector<std::optional<jit::PartCompiler>> compilers(options_.threads);
    return ParallelFor(options_.threads, kCompilerStackBytes, parts.size(), [&](size_t worker, size_t index) {
      if (is_to_end()) return;
      const Status status = CompilePart(plan, parts[index], compilers[worker]);
      status ? PartIsReady() : Fail(status.error());
    });
  }

  Status CompilePart(const CodePlan& plan, const CodePart& part, std::optional<jit::PartCompiler>& compiler) {
    if (!compiler) {
      Result<jit::PartCompiler> made = jit::PartCompiler::Create(options_.level);
      if (!made) return made.error();
      compiler.emplace(std::move(*made));
    }
    NativeSymbols symbols;
    auto object = compiler->Compile(plan, part, symbols);
    if (!object) return object.error();
    return Publish(std::move(*object), part, symbols);
  }

  Status Publish(std::unique_ptr<llvm::MemoryBuffer> object, const CodePart& part, const NativeSymbols& symbols) {
    std::vector<std::string> names;
    for (const abi::ConditionId id : part.conditions) names.push_back(symbols.conditions[id]);
    for (const uint32_t rule : part.transitions) names.push_back(symbols.advance[rule]);
    const auto addresses = engine_->Link(std::move(object), names);
    if (!addresses) return addresses.error();
    auto address = addresses->begin();
    for (const abi::ConditionId id : part.conditions) slots_.Set(id, (address++)->toPtr<abi::ConditionFn>());
    for (const uint32_t rule : part.transitions) slots_.SetAdvance(rule, (address++)->toPtr<abi::AdvanceFn>());
    return {};
  }

  std::shared_ptr<const ir::Module> module_;  // until all is compiled
  const JitOptions options_;
  std::unique_ptr<jit::Engine> engine_;  // owns the code
};

}  // namespace

Result<std::unique_ptr<NativeCode>> JitCompile(const ir::Module& module, const JitOptions& options) {
  auto code = std::make_unique<JitCode>(std::shared_ptr<const ir::Module>(std::shared_ptr<void>(), &module), options);
  if (Status status = code->Compile(); !status) return status.error();
  return std::unique_ptr<NativeCode>(std::move(code));
}

std::unique_ptr<BackgroundCode> JitInBackground(std::shared_ptr<const ir::Module> module, const JitOptions& options) {
  return std::make_unique<JitCode>(std::move(module), options);
}

}  // namespace eqlc
