// Tested by tests/unit/compiler/stored_code_test.cpp.
#include "compiler/stored_code.h"

#include <condition_variable>
#include <mutex>
#include <utility>

#include "compiler/native_file.h"
#include "compiler/support/big_stack.h"
#include "compiler/support/heap.h"
#include "compiler/support/parallel.h"
#include "runtime/program/program.h"

namespace eqlc {
namespace {

// As in jit.cpp.
constexpr size_t kCompilerStackBytes = 16u << 20;

class StoredCode : public BackgroundCode {
 public:
  StoredCode(cache::Entry entry, std::shared_ptr<const ir::Module> module, const CompileOptions& options,
             const CompileResult& result)
      : entry_(std::move(entry)),
        options_(options),
        result_(result),
        slots_(module->conditions().size(), module->rules().size()),
        module_(std::move(module)) {}

  ~StoredCode() override { thread_.reset(); }  // joins

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
    progress_.parts = 1;
    under_way_ = true;
    auto thread = BigStackThread::Start(kCompilerStackBytes, [this] { Run(); });
    if (thread) {
      thread_ = std::move(*thread);
    } else {
      Done(thread.error());
    }
  }

 private:
  void Run() {
    Status made;
    if (auto program = StoreEntry(entry_, *module_, options_, result_)) {
      stored_ = std::move(*program);
      if (stored_->impl().native) Publish(*stored_->impl().native);
    } else {
      made = MakeInMemory();
    }
    module_.reset();
    ReturnFreeMemory();
    Done(made);
  }

  Status MakeInMemory() {
    auto code = JitCompile(*module_, {.level = options_.opt_level, .threads = ThreadCount(options_.threads)});
    if (!code) return code.error();
    in_memory_ = std::move(*code);
    Publish(*in_memory_);
    return {};
  }

  void Publish(const NativeCode& code) {
    const abi::NativeTables tables = code.tables();
    for (uint32_t id = 0; id < module_->conditions().size(); ++id) slots_.Set(id, tables.conditions[id].load());
    for (uint32_t rule = 0; rule < module_->rules().size(); ++rule)
      slots_.SetAdvance(rule, tables.advance[rule].load());
  }

  void Done(const Status& made) {
    const std::lock_guard lock(mutex_);
    if (made) {
      progress_.ready = progress_.parts;
    } else {
      progress_.error = made.error().message;
    }
    under_way_ = false;
    changed_.notify_all();
  }

  const cache::Entry entry_;
  const CompileOptions options_;
  const CompileResult result_;
  NativeSlots slots_;
  std::shared_ptr<const ir::Module> module_;  // until all is compiled
  // One of them owns the code.
  std::shared_ptr<const Program> stored_;
  std::unique_ptr<NativeCode> in_memory_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  NativeProgress progress_{};
  bool under_way_ = false;
  std::unique_ptr<BigStackThread> thread_;
};

}  // namespace

std::unique_ptr<BackgroundCode> StoreInBackground(cache::Entry entry, std::shared_ptr<const ir::Module> module,
                                                  const CompileOptions& options, const CompileResult& result) {
  return std::make_unique<StoredCode>(std::move(entry), std::move(module), options, result);
}

}  // namespace eqlc
