// What a program's events are decoded with.
#pragma once

#include "runtime/event/decoder.h"
#include "runtime/event/field_selection.h"
#include "runtime/event/frame_buffer.h"
#include "runtime/program/program.h"

namespace eqlc {

// `program`, and what the selection is of, must outlive the decoder.
inline Decoder DecoderFor(const Program::Impl& program, const FieldSelection& selection = {}) {
  return Decoder(program.paths, program.readings, program.roles, selection);
}

// `bound_values`: room for FrameBuffer::Bind.
inline FrameBuffer FrameFor(const Program::Impl& program, size_t bound_values = 0) {
  return FrameBuffer(program.paths.size(), program.image.header().leaf_count,
                     ElementLayout(program.image.fields(), program.image.scopes()), bound_values);
}

}  // namespace eqlc
