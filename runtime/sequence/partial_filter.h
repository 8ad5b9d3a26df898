// PartialFilter: what of an item's filter takes the events of a partial sequence (`as event0`), asked for one partial
// at a time (docs/semantics.md section 5.11).
#pragma once

#include <span>

#include "runtime/abi/expr.h"
#include "runtime/event/event_record.h"

namespace eqlc {

class PartialFilter {
 public:
  virtual ~PartialFilter() = default;
  // Does `residual` hold for the current event and the partial whose stages matched `events`, in order?
  // Must not call back into the engine.
  virtual bool Admits(abi::ConditionId residual, std::span<EventRecord* const> events) = 0;
};

}  // namespace eqlc
