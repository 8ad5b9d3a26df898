// Tested by tests/unit/compiler/jit/.
#include "compiler/native/jit.h"

#include <utility>
#include <vector>

#include "compiler/native/jit_library.h"
#include "compiler/support/heap.h"

namespace eqlc {
namespace {

class JitCode final : public BackgroundCode {
 public:
  // `only` is as in JitCompile.
  JitCode(std::shared_ptr<const ir::Module> module, const JitOptions& options,
          std::span<const abi::ConditionId> only = {})
      : BackgroundCode(module->conditions().size(), module->rules().size()),
        module_(std::move(module)),
        options_(options),
        only_(only.begin(), only.end()) {}

  ~JitCode() override { End(); }

  Status Compile() {
    MakeCode();
    const NativeProgress done = progress();
    return done.error.empty() ? Status() : Status(Error{done.error});
  }

 private:
  void Make() override {
    MakeCode();
    ReturnFreeMemory();
    ReturnLlvmPages();
  }

  void MakeCode() {
    if (const auto library = JitLibrary()) {
      memory_ = (*library)->compile(*module_, only_, options_, Sink());
    } else {
      Fail(library.error());
    }
    module_.reset();
  }

  std::shared_ptr<const ir::Module> module_;  // until all is compiled
  const JitOptions options_;
  const std::vector<abi::ConditionId> only_;
  jit::CodeMemory memory_{nullptr, nullptr};
};

}  // namespace

Result<std::unique_ptr<NativeCode>> JitCompile(const ir::Module& module, const JitOptions& options,
                                               std::span<const abi::ConditionId> only) {
  const std::shared_ptr<const ir::Module> borrowed(std::shared_ptr<void>(), &module);
  auto code = std::make_unique<JitCode>(borrowed, options, only);
  if (Status status = code->Compile(); !status) return status.error();
  return std::unique_ptr<NativeCode>(std::move(code));
}

std::unique_ptr<BackgroundCode> JitInBackground(std::shared_ptr<const ir::Module> module, const JitOptions& options) {
  return std::make_unique<JitCode>(std::move(module), options);
}

Result<std::string> DumpNative(const ir::Module& module, OptLevel level, bool asm_text) {
  const auto library = JitLibrary();
  return library ? (*library)->dump(module, level, asm_text) : library.error();
}

Result<Cpu> FindCpu(const std::string& name) {
  const auto library = JitLibrary();
  return library ? (*library)->find_cpu(name) : library.error();
}

Result<std::vector<ObjectBytes>> EmitRulesetObjects(const ir::Module& module, std::span<const std::byte> image,
                                                    const RulesetOptions& options, const std::atomic<bool>& is_to_end) {
  const auto library = JitLibrary();
  if (!library) return library.error();
  return (*library)->emit_ruleset_objects(module, image, options, is_to_end);
}

Status LinkRuleset(std::span<const ObjectBytes> objects, NativeFile::Format format, const std::string& path) {
  const auto library = JitLibrary();
  return library ? (*library)->link_ruleset(objects, format, path) : Status(library.error());
}

void ReturnLlvmPages() {
  if (const jit::Library* library = LoadedJitLibrary()) library->return_llvm_pages();
}

}  // namespace eqlc
