// ViewCache: the views of one partition that events have asked for. Events of one source have few shapes, so nearly
// every event finds its view made, and most of them the one of the event before.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "runtime/match/partition.h"

namespace eqlc {

// Thread-safety: none (one per session).
class ViewCache {
 public:
  explicit ViewCache(const Partition& partition) : partition_(partition), key_(partition.fields().size()) {}

  // The view for an event that has values for the fields `present` (bits by FieldId); the whole partition when no
  // further view can be kept. `bytes` counts what all partitions and views take: a new view adds to it.
  const Partition::View& Of(const uint64_t* present, size_t& bytes);

 private:
  struct Hash {
    size_t operator()(const std::vector<uint64_t>& words) const noexcept;
  };

  const Partition& partition_;
  // `last_` is the view of `key_`, what the event before had of the partition's fields.
  std::vector<uint64_t> key_;
  const Partition::View* last_ = nullptr;
  std::unordered_map<std::vector<uint64_t>, Partition::View, Hash> views_;
};

}  // namespace eqlc
