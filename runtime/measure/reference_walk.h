// ReferenceWalk: what reading events costs with a stock parser, to compare the whole program with. One forward pass of
// simdjson's On-Demand interface over the event that fetches the values of the given fields and looks at nothing else.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace eqlc {

// Thread-safety: none.
class ReferenceWalk {
 public:
  explicit ReferenceWalk(std::span<const std::string_view> fields);
  ~ReferenceWalk();

  // The number of values found. REQUIRES: EventLines::kPadding readable bytes behind `line`.
  uint64_t Walk(std::string_view line);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace eqlc
