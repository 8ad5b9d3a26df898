#include "compiler/back_end.h"

#include <utility>

#include "compiler/front_end.h"
#include "compiler/native/hot_code.h"
#include "compiler/native/jit.h"
#include "compiler/native_file.h"
#include "compiler/support/heap.h"
#include "compiler/support/parallel.h"
#include "runtime/program/program.h"

namespace eqlc {
namespace {

// Fewer conditions are compiled in less time than it takes to notice.
constexpr size_t kFewConditions = 16;

JitOptions ToJitOptions(const CompileOptions& options) {
  return {options.opt_level, ThreadCount(options.threads), options.perf_map, options.debugger};
}

// Machine code, or nothing and a diagnostic: the program then runs in the interpreter.
std::unique_ptr<NativeCode> CompileNow(const ir::Module& module, const CompileOptions& options,
                                       std::vector<Diagnostic>& diagnostics) {
  if (!options.native_code || module.rules().empty()) return nullptr;
  Result<std::unique_ptr<NativeCode>> native = JitCompile(module, ToJitOptions(options));
  ReturnLlvmPages();
  if (native) return std::move(native).value();
  diagnostics.push_back(Unplaced(Code::kCodegenFailed, native.error().message));
  diagnostics.back().hints.push_back("the rules run in the interpreter");
  return nullptr;
}

// The compiler made the image itself, so one that does not verify or link is our own fault; it is reported like a bad
// rule file instead of taking the caller's process down.
std::shared_ptr<const Program> LinkOwn(const ir::Module& module, std::unique_ptr<NativeCode> native,
                                       std::vector<Diagnostic>& diagnostics) {
  Result<Image> image = Image::Parse(ir::WriteImage(module), Damage::kRuledOut);
  Result<std::shared_ptr<const Program>> program =
      image ? LinkProgram(std::move(image).value(), std::move(native)) : image.error();
  if (program) return std::move(program).value();
  diagnostics.push_back(Unplaced(Code::kInternalError, program.error().message));
  return nullptr;
}

bool IsBackgroundWorthIt(const ir::Module& module, const CompileOptions& options) {
  return options.background_code && options.native_code && module.conditions().size() > kFewConditions;
}

// Code that is made while sessions run is begun last: whatever stands between the rules and their first event goes
// before it.
void LinkWithCodeToCome(std::unique_ptr<BackgroundCode> code, Lowered& lowered, Stopwatch& watch) {
  BackgroundCode* const to_start = code.get();
  lowered.result.program = LinkOwn(*lowered.module, std::move(code), lowered.result.diagnostics);
  watch.Lap("image", lowered.result.phases);
  if (lowered.result.program) to_start->Start();
}

}  // namespace

void LinkImage(Lowered& lowered) {
  lowered.result.program = LinkOwn(*lowered.module, nullptr, lowered.result.diagnostics);
}

void LinkInMemory(const CompileOptions& options, Lowered& lowered, Stopwatch& watch) {
  if (IsBackgroundWorthIt(*lowered.module, options)) {
    return LinkWithCodeToCome(JitInBackground(lowered.module, ToJitOptions(options)), lowered, watch);
  }
  std::unique_ptr<NativeCode> native = CompileNow(*lowered.module, options, lowered.result.diagnostics);
  watch.Lap("machine code", lowered.result.phases);
  lowered.result.program = LinkOwn(*lowered.module, std::move(native), lowered.result.diagnostics);
  watch.Lap("image", lowered.result.phases);
}

Status LinkByCache(ToKeep to_keep, const CompileOptions& options, Lowered& lowered, Stopwatch& watch) {
  if (IsBackgroundWorthIt(*lowered.module, options)) {
    auto code = StoreInBackground(std::move(to_keep), lowered.module, options, lowered.result);
    LinkWithCodeToCome(std::move(code), lowered, watch);
    return {};
  }
  to_keep.keep_rest();
  auto program = StoreEntry(to_keep.entry, *lowered.module, options, lowered.result);
  if (!program) return program.error();
  lowered.result.program = std::move(*program);
  watch.Lap("machine code and image", lowered.result.phases);
  return {};
}

void ImproveHotCode(const CompileOptions& options, const CompileResult& result) {
  if (!options.background_code || options.opt_level != OptLevel::kO1) return;
  const Program::Impl& program = result.program->impl();
  if (program.native == nullptr) return;
  JitOptions better = ToJitOptions(options);
  better.level = OptLevel::kO2;
  better.threads = 1;  // sessions run meanwhile
  program.improver = std::make_unique<HotCode>(program, better);
}

CompileResult Finish(Lowered lowered) {
  if (!lowered.result.program) {
    lowered.result.rules_failed = lowered.result.rules_total;
    Lowered empty{std::make_shared<const ir::Module>(), {}};
    LinkImage(empty);
    lowered.result.program = std::move(empty.result.program);
  }
  const bool last = lowered.module.use_count() == 1;
  lowered.module.reset();
  if (last) ReturnFreeMemory();
  return std::move(lowered.result);
}

}  // namespace eqlc
