// The pipes by name. Elasticsearch has two of them, python-eql all.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "runtime/abi/image.h"

namespace eqlc::sema {

// Sorted.
std::vector<std::string_view> PipeNames();
std::optional<abi::PipeKind> PipeNamed(std::string_view name);
std::string_view NameOf(abi::PipeKind kind);

}  // namespace eqlc::sema
