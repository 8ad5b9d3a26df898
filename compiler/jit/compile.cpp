// A program's code is compiled in the parts of its CodePlan, each with an LLVM context of its own that is gone when the
// part is linked: several threads share the work, code runs as soon as its part is ready, and an end half-way costs one
// part per thread.
//
//   CodePlan::Split -> for each part, on some thread: EmitOptimized -> object -> Engine::Link -> CodeSink
//
// Tested by tests/unit/compiler/jit/jit_test.cpp and tests/unit/compiler/native/background_code_test.cpp.
#include <utility>
#include <vector>

#include "compiler/codegen/codegen.h"
#include "compiler/jit/engine.h"
#include "compiler/jit/functions.h"
#include "compiler/jit/part_compiler.h"
#include "compiler/jit/target.h"
#include "compiler/support/parallel.h"

namespace eqlc::jit {
namespace {

class PartsCompiler {
 public:
  PartsCompiler(const ir::Module& module, const JitOptions& options, llvm::orc::JITTargetMachineBuilder target,
                const CodeSink& sink, Engine& engine)
      : options_(options),
        sink_(sink),
        engine_(engine),
        plan_(module, options.perf_map || options.debugger ? SymbolNames::kWithRule : SymbolNames::kNumbers),
        compiler_(plan_, std::move(target), options.level, options.threads) {}

  Status Run(std::span<const abi::ConditionId> only) {
    const std::vector<CodePart> parts = plan_.Split(only.empty() ? plan_.Whole() : plan_.Some(only));
    sink_.set_parts(parts.size());
    return ParallelFor(options_.threads, kCompilerStackBytes, parts.size(), [&](size_t worker, size_t index) {
      if (sink_.is_to_end.load(std::memory_order_relaxed)) return;
      const Status status = CompilePart(worker, parts[index]);
      status ? sink_.part_is_ready() : sink_.fail(status.error());
    });
  }

 private:
  Status CompilePart(size_t worker, const CodePart& part) {
    auto object = compiler_.Compile(worker, part);
    if (!object) return object.error();
    return Publish(std::move(*object), part);
  }

  Status Publish(std::unique_ptr<llvm::MemoryBuffer> object, const CodePart& part) {
    std::vector<std::string> names;
    for (const abi::ConditionId id : part.conditions) names.push_back(plan_.ConditionName(id));
    for (const uint32_t rule : part.transitions) names.push_back(plan_.TransitionName(rule));
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
  PartCompiler compiler_;
};

}  // namespace

CodeMemory Compile(const ir::Module& module, std::span<const abi::ConditionId> only, const JitOptions& options,
                   const CodeSink& sink) {
  CodeMemory memory(nullptr, [](void* engine) { delete static_cast<Engine*>(engine); });
  auto target = HostTarget(options.level);
  auto engine = Engine::Create({.perf_map = options.perf_map, .debugger = options.debugger});
  if (!target || !engine) {
    sink.fail(target ? engine.error() : target.error());
    return memory;
  }
  memory.reset(engine->release());
  PartsCompiler compiler(module, options, std::move(*target), sink, *static_cast<Engine*>(memory.get()));
  if (Status status = compiler.Run(only); !status) sink.fail(status.error());
  return memory;
}

}  // namespace eqlc::jit
