#include "compiler/ir/text_equality.h"

#include "runtime/value/ascii.h"
#include "runtime/value/compare.h"

namespace eqlc::ir {

bool EqualsNonString(std::string_view text) {
  return !ParseNumber(text).is_null() || ascii::EqualFold(text, "true") || ascii::EqualFold(text, "false");
}

}  // namespace eqlc::ir
