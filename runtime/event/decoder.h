// Decoder: one NDJSON line to event frame. Only fields of the trie are materialised; the rest is skipped.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "eqlc/result.hpp"
#include "runtime/event/frame_buffer.h"

namespace eqlc {

// Dotted keys, nested objects and arrays of objects reach the same field (docs/semantics.md section 3.1).
// Thread-safety: none (owns a parser); cheap to make.
class Decoder {
 public:
  // `fields[i]` is the dotted path of FieldId i.
  explicit Decoder(std::span<const std::string_view> fields);
  ~Decoder();

  // Fills `frame` (cleared first). Strings point into `line`, which must outlive the frame, or into its scratch.
  // An Error (not a JSON object, too deep, too long ...) leaves the frame empty.
  Status Decode(std::string_view line, FrameBuffer& frame);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace eqlc
