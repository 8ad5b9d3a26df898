// StoredCode: machine code that is made in the background as an entry of the cache and then run from there.
#pragma once

#include <functional>
#include <memory>

#include "compiler/cache/entry.h"
#include "compiler/ir/ir.h"
#include "compiler/native/background_code.h"
#include "eqlc/compile.hpp"

namespace eqlc {

// `result` is what the entry keeps beside the code. Where nothing can be kept, code is made in memory instead. `before`
// is done first, on the same thread: what else is to be kept. The end of the code waits until the entry is in place: a
// short run must leave one behind, too.
std::unique_ptr<BackgroundCode> StoreInBackground(cache::Entry entry, std::function<void()> before,
                                                  std::shared_ptr<const ir::Module> module,
                                                  const CompileOptions& options, const CompileResult& result);

}  // namespace eqlc
