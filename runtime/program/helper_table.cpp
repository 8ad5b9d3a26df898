#include "runtime/program/helper_table.h"

#include <cstring>

#include "runtime/abi/native.h"

namespace eqlc {

std::span<const HelperAddress> HelperTable() {
  static const HelperAddress kTable[] = {
#define EQLC_HELPER(name, result, parameters, effect) {#name, reinterpret_cast<void*>(&::name)},
#include "runtime/abi/helpers.def"
#undef EQLC_HELPER
  };
  return kTable;
}

}  // namespace eqlc
