// JSON text of a value: join keys, `eval`.
#pragma once

#include <string>

#include "runtime/abi/value.h"

namespace eqlc {

// `null`, `true`, `5`, `1.5`, `"a"`. Doubles in the shortest form that reads back as the same double; `null` for what
// JSON has no number for.
std::string ToJson(const abi::Value& value);

}  // namespace eqlc
