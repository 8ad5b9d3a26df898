// THE pipeline, one line per stage: rule files to Program.
//
//   files -> rulefile (RuleSource) -> syntax (Ast) -> sema (TypedQuery) -> ir (Module, shared) -> opt -> index
//   -> image, jit -> Program         `------------- front_end.cpp -------------'
//
// A rule that fails in a stage is reported and left out; nothing of it reaches the stages behind.
// Tested by tests/unit/compiler/compile_test.cpp and everything in tests/ that runs a rule.
#include "eqlc/compile.hpp"

#include <fmt/format.h>

#include <cassert>
#include <chrono>
#include <optional>
#include <utility>

#include "compiler/cache/entry.h"
#include "compiler/diag/diagnostics.h"
#include "compiler/front_end.h"
#include "compiler/index/build_index.h"
#include "compiler/ir/build.h"
#include "compiler/ir/ir.h"
#include "compiler/jit/jit.h"
#include "compiler/native_file.h"
#include "compiler/opt/optimize.h"
#include "compiler/rulefile/rule_source.h"
#include "compiler/stored_code.h"
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
std::unique_ptr<NativeCode> RunBackEnd(const ir::Module& module, const CompileOptions& options,
                                       std::vector<Diagnostic>& diagnostics) {
  if (!options.native_code || module.rules().empty()) return nullptr;
  Result<std::unique_ptr<NativeCode>> native = JitCompile(module, ToJitOptions(options));
  if (native) return std::move(native).value();
  diagnostics.push_back(Unplaced(Code::kCodegenFailed, native.error().message));
  diagnostics.back().severity = Severity::kWarning;
  diagnostics.back().hints.push_back("the rules run in the interpreter");
  return nullptr;
}

// The compiler made the image itself, so one that does not verify or link is our own fault; it is reported like a bad
// rule file instead of taking the caller's process down.
std::shared_ptr<const Program> LinkOwn(const ir::Module& module, std::unique_ptr<NativeCode> native,
                                       std::vector<Diagnostic>& diagnostics) {
  Result<Image> image = Image::Parse(ir::WriteImage(module));
  Result<std::shared_ptr<const Program>> program =
      image ? LinkProgram(std::move(image).value(), std::move(native)) : image.error();
  if (program) return std::move(program).value();
  diagnostics.push_back(Unplaced(Code::kInternalError, program.error().message));
  return nullptr;
}

void NoteCostlyRules(ir::Module& module, std::vector<Diagnostic>& diagnostics) {
  for (const index::UnfilteredRule& found : index::UnfilteredRules(module)) {
    const std::string& id = module.rules()[found.rule].id;
    diagnostics.push_back(Unplaced(Code::kCostlyRule, fmt::format("rule {}: {}", id, found.why)));
    diagnostics.back().rule_id = id;
    diagnostics.back().hints.push_back(
        "ask for a value that every match has, so that the rule can be passed over for other events");
  }
}

// Takes the time between its calls.
class Stopwatch {
 public:
  void Lap(const char* name, std::vector<CompilePhase>& phases) {
    const auto now = std::chrono::steady_clock::now();
    phases.push_back({name, std::chrono::duration<double>(now - last_).count()});
    last_ = now;
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

// What all ways to a program start from.
struct Lowered {
  std::shared_ptr<const ir::Module> module;
  CompileResult result;  // without program
};

// `watch` was started before the files were read.
Lowered Lower(RuleFileContents files, const CompileOptions& options, Stopwatch& watch) {
  std::vector<CompilePhase> phases;
  watch.Lap("rule files", phases);
  FrontEnd front = RunFrontEnd(std::move(files), options);
  assert(ir::Verify(front.module).empty());
  CompileResult result = std::move(front.result);
  result.phases = std::move(phases);
  watch.Lap("front end", result.phases);
  opt::Optimize(front.module, options.disabled_passes);
  watch.Lap("passes", result.phases);
  index::BuildIndex(front.module);
  if (options.note_costly) NoteCostlyRules(front.module, result.diagnostics);
  watch.Lap("index", result.phases);
  return {std::make_shared<const ir::Module>(std::move(front.module)), std::move(result)};
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

void LinkInMemory(const CompileOptions& options, Lowered& lowered, Stopwatch& watch) {
  if (IsBackgroundWorthIt(*lowered.module, options)) {
    return LinkWithCodeToCome(JitInBackground(lowered.module, ToJitOptions(options)), lowered, watch);
  }
  std::unique_ptr<NativeCode> native = RunBackEnd(*lowered.module, options, lowered.result.diagnostics);
  watch.Lap("machine code", lowered.result.phases);
  lowered.result.program = LinkOwn(*lowered.module, std::move(native), lowered.result.diagnostics);
  watch.Lap("image", lowered.result.phases);
}

// By way of an entry of the cache. An Error says why nothing is kept; there is no program then.
Status LinkByCache(const cache::Entry& entry, const CompileOptions& options, Lowered& lowered, Stopwatch& watch) {
  if (IsBackgroundWorthIt(*lowered.module, options)) {
    auto code = StoreInBackground(entry, lowered.module, options, lowered.result);
    LinkWithCodeToCome(std::move(code), lowered, watch);
    return {};
  }
  auto program = StoreEntry(entry, *lowered.module, options, lowered.result);
  if (!program) return program.error();
  lowered.result.program = std::move(*program);
  watch.Lap("machine code and image", lowered.result.phases);
  return {};
}

// Frees what no program needs.
CompileResult Finish(Lowered lowered) {
  if (!lowered.result.program) {
    lowered.result.rules_failed = lowered.result.rules_total;
    lowered.result.program = LinkOwn(ir::Module(), nullptr, lowered.result.diagnostics);
  }
  const bool last = lowered.module.use_count() == 1;
  lowered.module.reset();
  if (last) ReturnFreeMemory();
  return std::move(lowered.result);
}

// `kept` says why nothing could be kept, if anything was to be.
void NoteUnkept(const Status& kept, std::vector<Diagnostic>& diagnostics) {
  if (!kept) diagnostics.push_back(Unplaced(Code::kCacheUnusable, "nothing is kept: " + kept.error().message));
}

CompileResult CompileInputs(const RuleInputs& inputs, const CompileOptions& options, Stopwatch watch) {
  // Observers are told of code in memory, which code from the cache is not.
  const bool cached = !options.cache_dir.empty() && !options.perf_map && !options.debugger;
  Status kept;
  std::optional<cache::Entry> entry;
  if (cached) {
    Result<cache::Entry> opened = cache::Entry::Open(options.cache_dir, inputs, options);
    if (opened) {
      entry.emplace(std::move(*opened));
    } else {
      kept = opened.error();
    }
  }
  if (entry) {
    if (std::optional<CompileResult> found = entry->Find()) {
      watch.Lap("cache", found->phases);
      return std::move(*found);
    }
  }
  Lowered lowered = Lower(LoadRules(inputs, ThreadCount(options.threads)), options, watch);
  if (entry) kept = LinkByCache(*entry, options, lowered, watch);
  if (!lowered.result.program) LinkInMemory(options, lowered, watch);
  NoteUnkept(kept, lowered.result.diagnostics);
  return Finish(std::move(lowered));
}

Result<std::string> DumpContents(RuleFileContents files, Stage stage, const CompileOptions& options,
                                 std::vector<Diagnostic>& diagnostics) {
  FrontEnd front = RunFrontEnd(std::move(files), options, &stage);
  diagnostics = std::move(front.result.diagnostics);
  if (stage == Stage::kAst || stage == Stage::kTyped) return std::move(front.text);
  opt::Optimize(front.module, options.disabled_passes);
  switch (stage) {
    case Stage::kAst:
    case Stage::kTyped:
      break;
    case Stage::kIr:
      return ir::Print(front.module);
    case Stage::kIndex:
      index::BuildIndex(front.module);
      return index::PrintIndex(front.module);
    case Stage::kLlvm:
      return DumpNative(front.module, options.opt_level, /*asm_text=*/false);
    case Stage::kAsm:
      return DumpNative(front.module, options.opt_level, /*asm_text=*/true);
  }
  return Error{"unknown stage"};
}

}  // namespace

CompileResult Compile(const std::vector<RuleText>& rules, const CompileOptions& options) {
  const Stopwatch watch;
  RuleInputs inputs;
  for (const RuleText& rule : rules) inputs.files.push_back({rule});
  return CompileInputs(inputs, options, watch);
}

CompileResult CompileFiles(const std::vector<std::string>& paths, const CompileOptions& options) {
  const Stopwatch watch;
  return CompileInputs(ReadRuleInputs(paths), options, watch);
}

Status CompileToFile(const std::vector<std::string>& paths, const CompileOptions& options, const NativeFile& file,
                     CompileResult& result) {
  Stopwatch watch;
  Lowered lowered = Lower(LoadRuleFiles(paths, ThreadCount(options.threads)), options, watch);
  const Status written = WriteNativeFile(*lowered.module, ir::WriteImage(*lowered.module), options.opt_level, file);
  lowered.result.program = LinkOwn(*lowered.module, nullptr, lowered.result.diagnostics);
  watch.Lap("machine code and image", lowered.result.phases);
  result = Finish(std::move(lowered));
  return written;
}

Result<std::string> Dump(const std::vector<RuleText>& rules, Stage stage, const CompileOptions& options,
                         std::vector<Diagnostic>& diagnostics) {
  return DumpContents(LoadRuleTexts(rules, ThreadCount(options.threads)), stage, options, diagnostics);
}

Result<std::string> DumpFiles(const std::vector<std::string>& paths, Stage stage, const CompileOptions& options,
                              std::vector<Diagnostic>& diagnostics) {
  return DumpContents(LoadRuleFiles(paths, ThreadCount(options.threads)), stage, options, diagnostics);
}

void CheckExpression(const std::string& expression, const CompileOptions& options,
                     std::vector<Diagnostic>& diagnostics) {
  WithExpression(expression, options, diagnostics, [](const TypedQuery&, ast::ExprId, DiagnosticSink&) {});
}

std::string EvalConstant(const std::string& expression, const CompileOptions& options,
                         std::vector<Diagnostic>& diagnostics) {
  std::string json;
  WithExpression(
      expression, options, diagnostics, [&](const TypedQuery& typed, ast::ExprId root, DiagnosticSink& sink) {
        if (!typed.info[root.value].constant) {
          sink.Report(Code::kNotConstant, (*typed.ast)[root].span, "the expression reads fields of an event");
          return;
        }
        json = ir::ConstantJson(typed, root, sink);
      });
  return json;
}

}  // namespace eqlc
