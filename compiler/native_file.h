// A module with its machine code in a file: one that the user asked for, or an entry of the cache.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "compiler/cache/entry.h"
#include "compiler/ir/ir.h"
#include "eqlc/compile.hpp"
#include "eqlc/result.hpp"

namespace eqlc {

// `image` is WriteImage's of the module.
Status WriteNativeFile(const ir::Module& module, std::span<const std::byte> image, OptLevel level,
                       const NativeFile& file);

// Keeps `result` with what the options ask for, and gives the program of what is kept.
Result<std::shared_ptr<const Program>> StoreEntry(const cache::Entry& entry, const ir::Module& module,
                                                  const CompileOptions& options, const CompileResult& result);

}  // namespace eqlc
