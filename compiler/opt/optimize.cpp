#include "compiler/opt/optimize.h"

#include <algorithm>
#include <cassert>

#include "compiler/opt/passes.h"

namespace eqlc {
namespace opt {
namespace {

using PassFunction = void (*)(ir::Module&);

constexpr PassFunction kFunctions[] = {
#define EQLC_PASS(function, name, meaning) function,
#include "compiler/opt/passes.def"
#undef EQLC_PASS
};

bool IsOn(std::string_view pass, std::span<const std::string> disabled) {
  return std::ranges::none_of(disabled, [&](const std::string& name) { return name == pass || name == kAllPasses; });
}

}  // namespace

void Optimize(ir::Module& module, std::span<const std::string> disabled) {
  bool changed = false;
  for (size_t i = 0; i < Passes().size(); ++i) {
    if (!IsOn(Passes()[i].name, disabled)) continue;
    kFunctions[i](module);
    assert(ir::Verify(module).empty());
    changed = true;
  }
  if (!changed) return;
  module.Prune();
  assert(ir::Verify(module).empty());
}

}  // namespace opt

std::span<const PassInfo> Passes() {
  static constexpr PassInfo kPasses[] = {
#define EQLC_PASS(function, name, meaning) {name, meaning},
#include "compiler/opt/passes.def"
#undef EQLC_PASS
  };
  return kPasses;
}

}  // namespace eqlc
