// A module with its machine code in a file: one that the user asked for, or an entry of the cache.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <span>

#include "compiler/cache/entry.h"
#include "compiler/ir/ir.h"
#include "eqlc/compile.hpp"
#include "eqlc/result.hpp"

namespace eqlc {

// `image` is WriteImage's of the module.
Status WriteNativeFile(const ir::Module& module, std::span<const std::byte> image, const CompileOptions& options,
                       const NativeFile& file);

// Keeps `result` with what the options ask for, and gives the program of what is kept. An Error, and soon, when
// `is_to_end` becomes true before all code is made.
Result<std::shared_ptr<const Program>> StoreEntry(const cache::Entry& entry, const ir::Module& module,
                                                  const CompileOptions& options, const CompileResult& result,
                                                  const std::atomic<bool>& is_to_end = false);

}  // namespace eqlc
