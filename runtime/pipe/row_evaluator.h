// RowEvaluator: values of a pipe's expressions for a row. A field stands for the row's first event, `events[n].field`
// for another one; rows are decoded anew, since pipes may have changed their events.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "runtime/abi/expr.h"
#include "runtime/abi/value.h"
#include "runtime/event/decoder.h"
#include "runtime/event/frame_buffer.h"
#include "runtime/pipe/row.h"
#include "runtime/program/program.h"

namespace eqlc {

// Thread-safety: none. `program` must outlive the evaluator.
class RowEvaluator {
 public:
  explicit RowEvaluator(const Program::Impl& program) : program_(program) {}

  // The values of `exprs`, in order; valid until the next call.
  const std::vector<abi::Value>& Evaluate(const PipeRow& row, std::span<const abi::ExprId> exprs);

 private:
  // Which events of a row the expressions read, ascending.
  const std::vector<uint32_t>& EventsOf(std::span<const abi::ExprId> exprs);
  Decoder& DecoderOf(uint32_t event);

  const Program::Impl& program_;
  std::unique_ptr<FrameBuffer> frame_;                     // made when first needed
  std::map<uint32_t, std::unique_ptr<Decoder>> decoders_;  // by event
  // By where the expressions lie in the image, and how many they are.
  std::map<std::pair<const abi::ExprId*, size_t>, std::vector<uint32_t>> events_of_;
  std::vector<abi::Value> values_;
};

// One text for equal keys: numbers by value, texts without case when `fold`; null is a key like any other.
std::string KeyText(std::span<const abi::Value> values, bool fold);

}  // namespace eqlc
