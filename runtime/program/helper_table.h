// Addresses of the runtime functions that generated code calls (runtime/abi/helpers.def), in the order of that list.
#pragma once

#include <span>

namespace eqlc {

struct HelperAddress {
  const char* name;
  void* address;
};

std::span<const HelperAddress> HelperTable();

}  // namespace eqlc
