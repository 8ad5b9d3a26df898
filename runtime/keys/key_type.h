// Join keys by type: what a key's values become before they are compared (docs/semantics.md section 5.2).
#pragma once

#include <string>

#include "runtime/abi/image.h"
#include "runtime/abi/value.h"

namespace eqlc {

// The value by which `value` is compared under `type`; itself when it is none of the type. Its text may lie in `text`.
abi::Value KeyValue(const abi::Value& value, abi::KeyType type, std::string& text);

}  // namespace eqlc
