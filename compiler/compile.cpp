// THE pipeline, one line per stage: rule files to Program.
//
//   files -> rulefile (RuleSource) -> syntax (Ast) -> sema (TypedQuery) -> ir (Module) -> opt -> index -> merge
//         `------------------------- lower_file.cpp, file by file -------------------------'      (front_end.cpp)
//                                                        merged Module -> image, jit -> Program   (back_end.cpp)
//
// A rule that fails in a stage is reported and left out; nothing of it reaches the stages behind. What the cache has of
// an earlier time takes the place of stages: all of them, or those before merge for the files that did not change.
// Tested by tests/unit/compiler/compile_test.cpp and everything in tests/ that runs a rule.
#include "eqlc/compile.hpp"

#include <fmt/format.h>

#include <cassert>
#include <memory>
#include <optional>
#include <utility>

#include "compiler/back_end.h"
#include "compiler/cache/entry.h"
#include "compiler/cache/memory.h"
#include "compiler/diag/diagnostics.h"
#include "compiler/front_end.h"
#include "compiler/index/build_index.h"
#include "compiler/ir/ir.h"
#include "compiler/native_file.h"
#include "compiler/rulefile/rule_source.h"
#include "compiler/stopwatch.h"

namespace eqlc {
namespace {

void NoteCostlyRules(ir::Module& module, std::vector<Diagnostic>& diagnostics) {
  for (const index::UnfilteredRule& found : index::UnfilteredRules(module)) {
    const std::string& id = module.rules()[found.rule].id;
    diagnostics.push_back(Unplaced(Code::kCostlyRule, fmt::format("rule {}: {}", id, found.why)));
    diagnostics.back().rule_id = id;
    diagnostics.back().hints.push_back(
        "ask for a value that every match has, so that the rule can be passed over for other events");
  }
}

// `kept` says why nothing could be kept, if anything was to be.
void NoteUnkept(const Status& kept, std::vector<Diagnostic>& diagnostics) {
  if (!kept) diagnostics.push_back(Unplaced(Code::kCacheUnusable, "nothing is kept: " + kept.error().message));
}

// What was compiled, and what it was compiled from.
struct LoweredFiles {
  Lowered lowered;
  std::vector<ir::LoweredFile> files;  // in the order of the inputs
};

LoweredFiles Lower(RuleInputs& inputs, KnownFiles known, const CompileOptions& options, Stopwatch& watch) {
  std::vector<CompilePhase> phases;
  watch.Lap("rule files", phases);
  FrontEnd front = RunFrontEnd(inputs, std::move(known), options);
  assert(ir::Verify(front.module).empty());
  CompileResult result = std::move(front.result);
  result.phases.insert(result.phases.begin(), phases.begin(), phases.end());
  watch = Stopwatch();  // those of the front end are there already
  if (options.note_costly) NoteCostlyRules(front.module, result.diagnostics);
  return {{std::make_shared<const ir::Module>(std::move(front.module)), std::move(result)}, std::move(front.files)};
}

CompileResult CompileAnew(RuleInputs inputs, const CompileOptions& options, Stopwatch watch, const Status& kept) {
  Lowered lowered = Lower(inputs, {}, options, watch).lowered;
  LinkInMemory(options, lowered, watch);
  NoteUnkept(kept, lowered.result.diagnostics);
  return Finish(std::move(lowered));
}

// All that one use of the cache needs.
struct CacheUse {
  RuleInputs inputs;
  cache::Memory memory;
  cache::Entry entry;
  std::vector<ir::LoweredFile> files = {};

  void KeepMemory() const {
    // What cannot be kept is missing the next time, and that is all.
    static_cast<void>(memory.KeepStamps(inputs).ok());
    static_cast<void>(memory.KeepFiles(inputs, files).ok());
    static_cast<void>(memory.KeepBegun(entry.path()).ok());
  }
};

Result<std::shared_ptr<CacheUse>> UseCache(RuleInputs& inputs, const CompileOptions& options) {
  Result<cache::Memory> memory = cache::Memory::Open(options.cache_dir, inputs, options);
  if (!memory) return memory.error();
  memory->Identify(inputs);
  Result<cache::Entry> entry = cache::Entry::Open(options.cache_dir, inputs, options);
  if (!entry) return entry.error();
  return std::make_shared<CacheUse>(CacheUse{std::move(inputs), std::move(*memory), std::move(*entry)});
}

// A file that was recognised by its stamp and read later may have changed in between: then all this is something else.
Status Reidentify(CacheUse& use, const CompileOptions& options) {
  bool any = false;
  for (RuleInput& input : use.inputs.files) {
    if (!input.digest.empty()) continue;
    input.digest = cache::DigestOf(input);
    any = true;
  }
  if (!any) return {};
  Result<cache::Entry> entry = cache::Entry::Open(options.cache_dir, use.inputs, options);
  if (!entry) return entry.error();
  use.entry = std::move(*entry);
  return {};
}

CompileResult CompileByCache(const std::shared_ptr<CacheUse>& use, const CompileOptions& options, Stopwatch watch) {
  if (std::optional<CompileResult> found = use->entry.Find()) {
    static_cast<void>(use->memory.KeepStamps(use->inputs).ok());
    watch.Lap("cache", found->phases);
    return std::move(*found);
  }
  LoweredFiles made = Lower(use->inputs, use->memory.Recall(use->inputs), options, watch);
  Lowered lowered = std::move(made.lowered);
  use->files = std::move(made.files);
  Status kept = Reidentify(*use, options);
  for (RuleInput& input : use->inputs.files) input.text.contents = {};  // tens of megabytes of no more use
  if (kept) {
    const bool again = use->memory.WasBegun(use->entry.path());
    kept = LinkByCache({use->entry, [use] { use->KeepMemory(); }, again}, options, lowered, watch);
  }
  if (!lowered.result.program) LinkInMemory(options, lowered, watch);
  NoteUnkept(kept, lowered.result.diagnostics);
  return Finish(std::move(lowered));
}

CompileResult CompileOrFind(RuleInputs inputs, const CompileOptions& options, Stopwatch watch) {
  // Observers are told of code in memory, which code from the cache is not.
  const bool cached = !options.cache_dir.empty() && !options.perf_map && !options.debugger;
  if (!cached) return CompileAnew(std::move(inputs), options, watch, {});
  const Result<std::shared_ptr<CacheUse>> use = UseCache(inputs, options);
  if (!use) return CompileAnew(std::move(inputs), options, watch, use.error());
  return CompileByCache(*use, options, watch);
}

CompileResult CompileInputs(RuleInputs inputs, const CompileOptions& options, Stopwatch watch) {
  CompileResult result = CompileOrFind(std::move(inputs), options, watch);
  ImproveHotCode(options, result);
  return result;
}

}  // namespace

CompileResult Compile(const std::vector<RuleText>& rules, const CompileOptions& options) {
  const Stopwatch watch;
  return CompileInputs(ToRuleInputs(rules), options, watch);
}

CompileResult CompileFiles(const std::vector<std::string>& paths, const CompileOptions& options) {
  const Stopwatch watch;
  return CompileInputs(FindRuleInputs(paths), options, watch);
}

Status CompileToFile(const std::vector<std::string>& paths, const CompileOptions& options, const NativeFile& file,
                     CompileResult& result) {
  Stopwatch watch;
  RuleInputs inputs = FindRuleInputs(paths);
  Lowered lowered = Lower(inputs, {}, options, watch).lowered;
  const Status written = WriteNativeFile(*lowered.module, ir::WriteImage(*lowered.module), options, file);
  LinkImage(lowered);
  watch.Lap("machine code and image", lowered.result.phases);
  result = Finish(std::move(lowered));
  return written;
}

}  // namespace eqlc
