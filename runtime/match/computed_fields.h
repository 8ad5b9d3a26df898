// ComputedFields: join keys that are expressions. Each is evaluated for the events that match an item with that key,
// and is an ordinary field of the frame from then on.
#pragma once

#include <span>
#include <vector>

#include "runtime/abi/expr.h"
#include "runtime/event/frame_buffer.h"
#include "runtime/program/program.h"

namespace eqlc {

// Thread-safety: none (one per session). `program` must outlive it.
class ComputedFields {
 public:
  explicit ComputedFields(const Program::Impl& program);

  // Adds the fields that belong to the conditions in `matched`. A null stays a missing field.
  void Fill(std::span<const abi::ConditionId> matched, FrameBuffer& frame);

 private:
  const Program::Impl& program_;
  std::vector<std::vector<uint32_t>> of_condition_;  // [ConditionId]: into the image's list; empty: no field at all
};

}  // namespace eqlc
