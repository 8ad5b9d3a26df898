// FieldSelection: which fields are needed of an event, told by the kind of event that it is (`event.category`, as a
// rule). What is asked of other kinds alone need not be read.
//
//   process where process.name == "nc" and user.name == "root"     kind "process": process.name, user.name
//   network where destination.port == 25                           kind "network": destination.port
//   any where host.name == "dc1"                                   every kind: host.name
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/abi/expr.h"

namespace eqlc {

struct FieldSelection {
  using Fields = std::vector<uint64_t>;  // bits by FieldId

  struct Kind {
    std::string value;  // of `by`, in ASCII and lower case
    Fields fields;
  };

  abi::FieldId by = abi::kNone;  // kNone: every field is needed of every event
  std::vector<Kind> kinds;       // distinct values
  Fields others;                 // of events with a value that is none of these
  // Of those, nothing more matters once this field is known; kNone: `others` matter to the end.
  abi::FieldId others_end = abi::kNone;
  // Events without a value, with one that is no text, or with several need every field.
};

}  // namespace eqlc
