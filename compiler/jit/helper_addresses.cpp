#include "compiler/jit/helper_addresses.h"

#include <cstring>

#include "runtime/abi/native.h"

namespace eqlc::jit {

std::span<const HelperAddress> HelperAddresses() {
  static const HelperAddress kAddresses[] = {
#define EQLC_HELPER(name, result, parameters, effect) {#name, reinterpret_cast<void*>(&::name)},
#include "compiler/codegen/helpers.def"
#undef EQLC_HELPER
  };
  return kAddresses;
}

}  // namespace eqlc::jit
