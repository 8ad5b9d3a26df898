// Tested by tests/unit/compiler/native_file_test.cpp.
#include "compiler/native_file.h"

#include <unistd.h>

#include <algorithm>
#include <string_view>

#include "compiler/native/jit.h"
#include "runtime/abi/native_ruleset.h"
#include "runtime/program/file.h"
#include "runtime/program/sealed_file.h"

namespace eqlc {
namespace {

bool IsIdentifier(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return !name.empty() && is_letter(name[0]) &&
         std::ranges::all_of(name, [&](char c) { return is_letter(c) || is_digit(c); });
}

Status WriteSharedObject(std::span<const std::byte> object, const std::string& path) {
  const Result<std::string> place = PlaceOf(path);
  if (!place) return place.error();
  const std::string temporary = TemporaryBeside(*place);
  if (Status status = LinkSharedObject(object, temporary); !status) return status;
  if (Status status = SealFile(temporary, {}); !status) {
    ::unlink(temporary.c_str());
    return status;
  }
  return MoveIntoPlace(temporary, *place);
}

}  // namespace

Status WriteNativeFile(const ir::Module& module, std::span<const std::byte> image, OptLevel level,
                       const NativeFile& file) {
  const bool shared = file.format == NativeFile::Format::kSharedObject;
  const std::string symbol = shared ? abi::kRulesetSymbol : file.symbol;
  if (!IsIdentifier(symbol)) return Error{"'" + symbol + "' is no name for a symbol"};
  const Result<Cpu> cpu = FindCpu(file.cpu);
  if (!cpu) return cpu.error();
  const auto object = EmitRulesetObject(module, image, *cpu, level, symbol);
  if (!object) return object.error();
  return shared ? WriteSharedObject(*object, file.path) : ReplaceFile(file.path, {*object});
}

Result<std::shared_ptr<const Program>> StoreEntry(const cache::Entry& entry, const ir::Module& module,
                                                  const CompileOptions& options, const CompileResult& result) {
  const std::vector<std::byte> image = ir::WriteImage(module);
  if (!options.native_code || module.rules().empty()) return entry.StoreImage(image, result);
  const Result<Cpu> cpu = FindCpu("native");
  if (!cpu) return cpu.error();
  const auto object = EmitRulesetObject(module, image, *cpu, options.opt_level, abi::kRulesetSymbol);
  if (!object) return object.error();
  return entry.StoreObject(*object, result);
}

}  // namespace eqlc
