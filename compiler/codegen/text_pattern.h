// TextPattern: a string or glob that generated code compares inline: `head`, then anything if `open`, then `tail`.
// Tested by tests/unit/compiler/codegen/text_pattern_test.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "runtime/abi/expr.h"

namespace eqlc::codegen {

struct TextPattern {
  std::string_view head;  // all of it when not open
  std::string_view tail;
  bool open = false;
  abi::LiteralId literal = abi::kNone;

  size_t min_size() const { return head.size() + tail.size(); }
};

// Views point into `text`.
TextPattern ExactText(std::string_view text, abi::LiteralId literal);
// Nothing for globs with `?`, or with text between stars.
std::optional<TextPattern> ParseGlob(std::string_view glob, abi::LiteralId literal);
// False for what is too long to be unrolled.
bool CanInline(const TextPattern& pattern, bool fold);

// Texts up to this size are compared by unrolled word compares.
inline constexpr size_t kMaxUnrolledText = 64;

}  // namespace eqlc::codegen
