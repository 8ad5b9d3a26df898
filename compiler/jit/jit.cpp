// A program's code is compiled in the parts of its CodePlan, each with an LLVM context of its own that is gone when the
// part is linked: several threads share the work, code runs as soon as its part is ready, and an end half-way costs one
// part per thread.
//
//   CodePlan::Split -> for each part, on some thread: EmitOptimized -> object -> Engine::Link -> NativeSlots
//
// Tested by tests/unit/compiler/jit/jit_test.cpp and background_test.cpp.
#include "compiler/jit/jit.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "compiler/codegen/codegen.h"
#include "compiler/jit/engine.h"
#include "compiler/jit/part_compiler.h"
#include "compiler/support/big_stack.h"
#include "compiler/support/heap.h"
#include "compiler/support/parallel.h"

namespace eqlc {
namespace {

// Conditions nest at most as deep as a query; LLVM walks some of it by recursion.
constexpr size_t kCompilerStackBytes = 16u << 20;

class JitCode : public BackgroundCode {
 public:
  JitCode(std::shared_ptr<const ir::Module> module, const JitOptions& options)
      : module_(std::move(module)), options_(options), slots_(module_->conditions().size(), module_->rules().size()) {}

  ~JitCode() override {
    stop_.store(true, std::memory_order_relaxed);
    background_.reset();  // joins
  }

  abi::NativeTables tables() const override { return slots_.tables(); }

  NativeProgress progress() const override {
    const std::lock_guard lock(mutex_);
    return progress_;
  }

  void Await() const override {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !under_way_; });
  }

  void Start() override {
    SetUnderWay(true);
    auto thread = BigStackThread::Start(kCompilerStackBytes, [this] {
      Run();
      SetUnderWay(false);
    });
    if (thread) {
      background_ = std::move(*thread);
    } else {
      Fail(thread.error());
      SetUnderWay(false);
    }
  }

  Status Compile() {
    Run();
    const NativeProgress done = progress();
    return done.error.empty() ? Status() : Status(Error{done.error});
  }

 private:
  // Returns when all is compiled, something failed, or the end was asked for.
  void Run() {
    if (Status status = CompileParts(); !status) Fail(status.error());
    module_.reset();
    ReturnFreeMemory();
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
      if (stop_.load(std::memory_order_relaxed)) return;
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

  // The rest stays with the interpreter.
  void Fail(const Error& error) {
    stop_.store(true, std::memory_order_relaxed);
    const std::lock_guard lock(mutex_);
    if (progress_.error.empty()) progress_.error = error.message;
  }

  void SetParts(size_t count) {
    const std::lock_guard lock(mutex_);
    progress_.parts = static_cast<uint32_t>(count);
  }

  void PartIsReady() {
    const std::lock_guard lock(mutex_);
    ++progress_.ready;
  }

  void SetUnderWay(bool under_way) {
    const std::lock_guard lock(mutex_);
    under_way_ = under_way;
    changed_.notify_all();
  }

  std::shared_ptr<const ir::Module> module_;  // until all is compiled
  const JitOptions options_;
  std::unique_ptr<jit::Engine> engine_;  // owns the code
  NativeSlots slots_;
  std::atomic<bool> stop_ = false;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  NativeProgress progress_{};
  bool under_way_ = false;
  std::unique_ptr<BigStackThread> background_;
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
