// What concat and python.concat share.
#pragma once

#include <algorithm>
#include <span>
#include <string_view>

#include "runtime/functions/function.h"
#include "runtime/value/number.h"

namespace eqlc::functions {

// The texts of all arguments, one after the other; null when there is no room for them.
// `text_of(value, buffer)`: the text of a value, in the buffer if it is not one itself.
template <typename TextOf>
abi::Value Concatenate(const CallContext& context, std::span<const abi::Value> args, TextOf text_of) noexcept {
  NumberBuffer buffer;
  size_t size = 0;
  for (const abi::Value& arg : args) size += text_of(arg, buffer).size();
  char* const bytes = context.scratch.Allocate(size);
  if (bytes == nullptr) return abi::Null();
  char* end = bytes;
  for (const abi::Value& arg : args) {
    const std::string_view text = text_of(arg, buffer);
    end = std::copy(text.begin(), text.end(), end);
  }
  return abi::String({bytes, size});
}

}  // namespace eqlc::functions
