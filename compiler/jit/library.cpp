#include "compiler/jit/library.h"

#include "compiler/jit/functions.h"

namespace eqlc::jit {
namespace {

std::span<const HelperAddress> helpers_of_program;

}  // namespace

std::span<const HelperAddress> Helpers() { return helpers_of_program; }

extern "C" [[gnu::visibility("default")]] const Library* eqlc_jit_library(std::span<const HelperAddress> helpers) {
  static const Library library{.compile = &Compile,
                               .dump = &Dump,
                               .find_cpu = &FindCpu,
                               .emit_ruleset_objects = &EmitRulesetObjects,
                               .link_ruleset = &LinkRuleset,
                               .return_llvm_pages = &ReturnLlvmPages};
  helpers_of_program = helpers;
  return &library;
}

}  // namespace eqlc::jit
