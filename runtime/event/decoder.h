// Decoder: one NDJSON line to event frame. Only fields of the trie are materialised; the rest is skipped.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "eqlc/result.hpp"
#include "runtime/abi/field.h"
#include "runtime/event/field_selection.h"
#include "runtime/event/frame_buffer.h"
#include "runtime/value/field_reading.h"

namespace eqlc {

// Dotted keys, nested objects and arrays of objects reach the same field (docs/semantics.md section 3.1).
//
// What is checked: the line is one object and nothing else; strings are closed and hold no control characters; brackets
// match, in skipped parts too; the syntax around and of everything that is not skipped; kMaxEventNesting and
// kMaxEventBytes. What is not: commas, escapes and the spelling of numbers and words inside skipped parts.
//
// A document exported with its envelope (`{"_index": .., "_id": .., "_source": {..}}`) is read as its source.
//
// Thread-safety: none (owns a parser); cheap to make.
class Decoder {
 public:
  // `fields[i]` is the dotted path of FieldId i; `readings[i]` says how it is read (none: all fields are plain JSON)
  // and `roles[i]` its role, as FieldTrie takes them. What readings point to must outlive the decoder.
  //
  // With a selection, an event's fields are left out from where its kind shows on, if the kind has no need of them.
  // Where the kind shows that nothing is asked about the event, the rest of its line is not looked at: there, what is
  // checked is that it is UTF-8, that its strings are closed and hold no control characters, and how it ends.
  explicit Decoder(std::span<const std::string_view> fields, std::span<const FieldReading> readings = {},
                   std::span<const abi::FieldRole> roles = {}, const FieldSelection& selection = {});
  ~Decoder();

  // Fills `frame` (cleared first). Strings of the frame point into `line` or into the decoder: both must live, and
  // nothing else be decoded, while the frame is used. No byte outside `line` is read.
  // An Error (not a JSON object, too deep, too long ...) leaves the frame empty.
  Status Decode(std::string_view line, FrameBuffer& frame);
  // The same without clearing the frame first, for frames that show several events. REQUIRES: there is no selection.
  Status DecodeBeside(std::string_view line, FrameBuffer& frame);

  // After Decode was ok: the text of the event, from its first bracket to its last. That is a part of `line`, or, if
  // `line` is no UTF-8, of a copy with U+FFFD at the bad bytes, which lives until the next Decode.
  std::string_view text() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace eqlc
