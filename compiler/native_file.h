// What a module becomes when it is written to a file with its machine code.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "compiler/ir/ir.h"
#include "eqlc/compile.hpp"
#include "eqlc/result.hpp"

namespace eqlc {

// `image` is WriteImage's of the module.
Status WriteNativeFile(const ir::Module& module, std::span<const std::byte> image, OptLevel level,
                       const NativeFile& file);

}  // namespace eqlc
