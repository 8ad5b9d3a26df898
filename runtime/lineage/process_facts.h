// ProcessFacts: what one event says about processes, whatever other events say.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "runtime/abi/frame.h"
#include "runtime/abi/image.h"

namespace eqlc {

// Seen by one process model. Identities are texts, numbers by their text: 5 for 5.0 too.
struct ProcessFacts {
  bool resets = false;        // the system has begun anew
  bool links = false;         // the event passes relations on from the parent
  bool ends = false;          // its process is gone
  bool steps = false;         // what ended before it is gone for good
  std::string_view identity;  // of its process; empty: none
  // Of the processes that it links to.
  std::vector<std::string_view> parents;
  std::vector<std::string_view> ancestors;
};

// All that lineage needs of an event, unless its process stands in a relation. Texts belong to the event.
struct LineageFacts {
  std::vector<ProcessFacts> processes;  // [process model]
  std::vector<uint32_t> sources;        // lineages whose source holds if no relation does; ascending
};

// Fills in the identities. REQUIRES: facts.links is set. Texts live as long as the frame's.
void ReadIdentities(const abi::ImageProcessModel& model, const abi::EventFrame& frame, ProcessFacts& facts);

}  // namespace eqlc
