// Tested by tests/unit/compiler/native_file_test.cpp.
#include "compiler/native_file.h"

#include <unistd.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "compiler/native/jit.h"
#include "compiler/support/parallel.h"
#include "runtime/program/file.h"
#include "runtime/program/sealed_file.h"
#include "runtime/value/ascii.h"

namespace eqlc {
namespace {

bool IsIdentifier(std::string_view name) {
  const auto is_part = [](char c) { return ascii::IsLetter(c) || ascii::IsDigit(c) || c == '_'; };
  return !name.empty() && !ascii::IsDigit(name[0]) && std::ranges::all_of(name, is_part);
}

Status WriteLinked(std::span<const ObjectBytes> objects, const NativeFile& file) {
  const Result<std::string> place = PlaceOf(file.path);
  if (!place) return place.error();
  const std::string temporary = TemporaryBeside(*place);
  if (Status status = LinkRuleset(objects, file.format, temporary); !status) return status;
  const bool sealed = file.format == NativeFile::Format::kSharedObject;
  if (Status status = sealed ? SealFile(temporary, {}) : Status(); !status) {
    ::unlink(temporary.c_str());
    return status;
  }
  return MoveIntoPlace(temporary, *place);
}

RulesetOptions ToRulesetOptions(const CompileOptions& options, Cpu cpu) {
  return {.cpu = std::move(cpu), .level = options.opt_level, .threads = ThreadCount(options.threads)};
}

}  // namespace

Status WriteNativeFile(const ir::Module& module, std::span<const std::byte> image, const CompileOptions& options,
                       const NativeFile& file) {
  Result<Cpu> cpu = FindCpu(file.cpu);
  if (!cpu) return cpu.error();
  RulesetOptions ruleset = ToRulesetOptions(options, std::move(*cpu));
  if (file.format == NativeFile::Format::kObject) ruleset.symbol = file.symbol;
  if (!IsIdentifier(ruleset.symbol)) return Error{"'" + ruleset.symbol + "' is no name for a symbol"};
  const auto objects = EmitRulesetObjects(module, image, ruleset, false);
  return objects ? WriteLinked(*objects, file) : objects.error();
}

Result<std::shared_ptr<const Program>> StoreEntry(const cache::Entry& entry, const ir::Module& module,
                                                  const CompileOptions& options, const CompileResult& result,
                                                  const std::atomic<bool>& is_to_end) {
  // Before LLVM is loaded for nothing: a short run after an edit is over by now.
  if (is_to_end.load(std::memory_order_relaxed)) return Error{"ended before any code was made"};
  const std::vector<std::byte> image = ir::WriteImage(module);
  if (!options.native_code || module.rules().empty()) return entry.StoreImage(image, result);
  Result<Cpu> cpu = FindCpu("native");
  if (!cpu) return cpu.error();
  const auto objects = EmitRulesetObjects(module, image, ToRulesetOptions(options, std::move(*cpu)), is_to_end);
  if (!objects) return objects.error();
  return entry.StoreObjects(*objects, result);
}

}  // namespace eqlc
