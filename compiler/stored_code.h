// StoredCode: machine code that is made in the background as an entry of the cache and then run from there.
#pragma once

#include <functional>
#include <memory>

#include "compiler/cache/entry.h"
#include "compiler/ir/ir.h"
#include "compiler/native/background_code.h"
#include "eqlc/compile.hpp"

namespace eqlc {

// What is to be kept of a compilation.
struct ToKeep {
  cache::Entry entry;
  std::function<void()> keep_rest;  // what else is to be kept; called once, before the code is made
  // The same rules were to be kept before. The end of the code waits for the entry then, else short runs would never
  // leave one behind. It does not the first time: who changes a rule and tries it on a few events will change it again.
  bool is_wanted_again;
};

// `result` is what the entry keeps beside the code. Where nothing can be kept, code is made in memory instead.
std::unique_ptr<BackgroundCode> StoreInBackground(ToKeep to_keep, std::shared_ptr<const ir::Module> module,
                                                  const CompileOptions& options, const CompileResult& result);

}  // namespace eqlc
