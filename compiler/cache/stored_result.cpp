#include "compiler/cache/stored_result.h"

#include "compiler/cache/format.h"

namespace eqlc::cache {
namespace {

template <typename Compiled, typename Visitor>
void EachOfResult(Compiled& result, Visitor& visit) {
  visit(result.rules_total);
  visit(result.rules_failed);
  visit(result.rules_warned);
  visit(result.other_rules);
  visit(result.diagnostics);
}

}  // namespace

std::vector<std::byte> StoreResult(const CompileResult& result) {
  Writer writer;
  EachOfResult(result, writer);
  return writer.Take();
}

std::optional<CompileResult> ReadResult(std::span<const std::byte> bytes) {
  Reader reader(bytes);
  CompileResult result;
  EachOfResult(result, reader);
  if (!reader.ReadAll()) return std::nullopt;
  return result;
}

}  // namespace eqlc::cache
