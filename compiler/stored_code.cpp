// Tested by tests/unit/compiler/stored_code_test.cpp.
#include "compiler/stored_code.h"

#include <utility>

#include "compiler/native/jit.h"
#include "compiler/native_file.h"
#include "compiler/support/heap.h"
#include "compiler/support/parallel.h"
#include "runtime/program/program.h"

namespace eqlc {
namespace {

class StoredCode final : public BackgroundCode {
 public:
  StoredCode(ToKeep to_keep, std::shared_ptr<const ir::Module> module, const CompileOptions& options,
             const CompileResult& result)
      : BackgroundCode(module->conditions().size(), module->rules().size()),
        to_keep_(std::move(to_keep)),
        options_(options),
        result_(result),
        module_(std::move(module)) {}

  ~StoredCode() override { End(); }

 private:
  void Make() override {
    SetParts(1);
    std::exchange(to_keep_.keep_rest, nullptr)();
    const Status made = MakeCode();
    module_.reset();
    ReturnFreeMemory();
    ReturnLlvmPages();
    made ? PartIsReady() : Fail(made.error());
  }

  Status MakeCode() {
    const std::atomic<bool> never = false;
    auto program =
        StoreEntry(to_keep_.entry, *module_, options_, result_, to_keep_.is_wanted_again ? never : is_to_end());
    if (!program) return is_to_end() ? program.error() : MakeInMemory();
    stored_ = std::move(*program);
    if (stored_->impl().native) Publish(*stored_->impl().native);
    return {};
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
    for (uint32_t id = 0; id < module_->conditions().size(); ++id) slots().Set(id, tables.conditions[id].load());
    for (uint32_t rule = 0; rule < module_->rules().size(); ++rule)
      slots().SetAdvance(rule, tables.advance[rule].load());
  }

  ToKeep to_keep_;
  const CompileOptions options_;
  const CompileResult result_;
  std::shared_ptr<const ir::Module> module_;  // until all is compiled
  // One of them owns the code.
  std::shared_ptr<const Program> stored_;
  std::unique_ptr<NativeCode> in_memory_;
};

}  // namespace

std::unique_ptr<BackgroundCode> StoreInBackground(ToKeep to_keep, std::shared_ptr<const ir::Module> module,
                                                  const CompileOptions& options, const CompileResult& result) {
  return std::make_unique<StoredCode>(std::move(to_keep), std::move(module), options, result);
}

}  // namespace eqlc
