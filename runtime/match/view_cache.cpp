// Tested by tests/unit/compiler/index/rule_index_test.cpp.
#include "runtime/match/view_cache.h"

#include "eqlc/limits.hpp"

namespace eqlc {

size_t ViewCache::Hash::operator()(const std::vector<uint64_t>& words) const noexcept {
  uint64_t hash = 0;
  for (const uint64_t word : words) {
    hash = (hash ^ word) * 0x9E3779B97F4A7C15;  // 2^64 / golden ratio
    hash ^= hash >> 32;
  }
  return hash;
}

const Partition::View& ViewCache::Of(const uint64_t* present, size_t& bytes) {
  uint64_t differs = last_ == nullptr ? 1 : 0;
  for (size_t w = 0; w < key_.size(); ++w) {
    const uint64_t word = present[w] & partition_.fields()[w];
    differs |= word ^ key_[w];
    key_[w] = word;
  }
  if (differs == 0) return *last_;
  auto at = views_.find(key_);
  if (at == views_.end()) {
    if (views_.size() >= limits::kMaxViewsPerPartition || bytes >= limits::kMaxPartitionBytes) {
      last_ = nullptr;
      return partition_.whole();
    }
    at = views_.emplace(key_, partition_.Restrict(key_)).first;
    bytes += at->second.bytes() + sizeof(uint64_t) * key_.size();
  }
  last_ = &at->second;
  return *last_;
}

}  // namespace eqlc
