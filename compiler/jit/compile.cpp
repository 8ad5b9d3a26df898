// A program's code is compiled in the parts of its CodePlan, each with an LLVM context of its own that is gone when the
// part is linked: several threads share the work, code runs as soon as its part is ready, and an end half-way costs one
// part per thread.
//
//   CodePlan::Split -> for each part, on some thread: EmitOptimized -> object -> Engine::Link -> CodeSink
//
// Tested by tests/unit/compiler/jit/jit_test.cpp and tests/unit/compiler/native/background_code_test.cpp.
#include <optional>
#include <utility>
#include <vector>

#include "compiler/codegen/codegen.h"
#include "compiler/jit/engine.h"
#include "compiler/jit/functions.h"
#include "compiler/jit/part_compiler.h"
#include "compiler/support/parallel.h"

namespace eqlc::jit {
namespace {

class PartsCompiler {
 public:
  PartsCompiler(const ir::Module& module, const JitOptions& options, const CodeSink& sink, Engine& engine)
      : options_(options),
        sink_(sink),
        engine_(engine),
        plan_(module, options.perf_map || options.debugger ? SymbolNames::kWithRule : SymbolNames::kNumbers),
        compilers_(options.threads) {}

  Status Run() {
    const std::vector<CodePart> parts = plan_.Split();
    sink_.set_parts(parts.size());
    return ParallelFor(options_.threads, kCompilerStackBytes, parts.size(), [&](size_t worker, size_t index) {
      if (sink_.is_to_end.load(std::memory_order_relaxed)) return;
      const Status status = CompilePart(parts[index], compilers_[worker]);
      status ? sink_.part_is_ready() : sink_.fail(status.error());
    });
  }

 private:
  Status CompilePart(const CodePart& part, std::optional<PartCompiler>& compiler) {
    if (!compiler) {
      Result<PartCompiler> made = PartCompiler::Create(options_.level);
      if (!made) return made.error();
      compiler.emplace(std::move(*made));
    }
    NativeSymbols symbols;
    auto object = compiler->Compile(plan_, part, symbols);
    if (!object) return object.error();
    return Publish(std::move(*object), part, symbols);
  }

  Status Publish(std::unique_ptr<llvm::MemoryBuffer> object, const CodePart& part, const NativeSymbols& symbols) {
    std::vector<std::string> names;
    for (const abi::ConditionId id : part.conditions) names.push_back(symbols.conditions[id]);
    for (const uint32_t rule : part.transitions) names.push_back(symbols.advance[rule]);
    const auto addresses = engine_.Link(std::move(object), names);
    if (!addresses) return addresses.error();
    auto address = addresses->begin();
    for (const abi::ConditionId id : part.conditions) sink_.slots.Set(id, (address++)->toPtr<abi::ConditionFn>());
    for (const uint32_t rule : part.transitions) {
      sink_.slots.SetAdvance(rule, (address++)->toPtr<abi::AdvanceFn>());
    }
    return {};
  }

  const JitOptions& options_;
  const CodeSink& sink_;
  Engine& engine_;
  const CodePlan plan_;
  std::vector<std::optional<PartCompiler>> compilers_;  // [worker]
};

}  // namespace

CodeMemory Compile(const ir::Module& module, const JitOptions& options, const CodeSink& sink) {
  CodeMemory memory(nullptr, [](void* engine) { delete static_cast<Engine*>(engine); });
  auto engine = Engine::Create({.perf_map = options.perf_map, .debugger = options.debugger});
  if (!engine) {
    sink.fail(engine.error());
    return memory;
  }
  memory.reset(engine->release());
  PartsCompiler compiler(module, options, sink, *static_cast<Engine*>(memory.get()));
  if (Status status = compiler.Run(); !status) sink.fail(status.error());
  return memory;
}

}  // namespace eqlc::jit
