// Addresses of the runtime functions that generated code calls (compiler/codegen/helpers.def).
#pragma once

#include <span>
#include <string_view>

namespace eqlc::jit {

struct HelperAddress {
  std::string_view name;
  void* address;
};

std::span<const HelperAddress> HelperAddresses();

}  // namespace eqlc::jit
