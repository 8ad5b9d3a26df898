// SamplePlan: the shape of one sample rule, worked out once from the image.
// Tested by tests/unit/runtime/sample/plan_test.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/abi/image.h"
#include "runtime/keys/key_list.h"
#include "runtime/program/image.h"

namespace eqlc {

// Immutable once built.
struct SamplePlan {
  uint32_t rule = 0;
  int64_t window_ns = -1;             // the events of a sample arrive within it; -1: no bound
  std::vector<uint32_t> key_list_of;  // [filter]: index into key_lists
  std::vector<KeyList> key_lists;     // distinct ones

  uint32_t filter_count() const { return static_cast<uint32_t>(key_list_of.size()); }
};

// `items` and `keys` are the image's sections; `rule_index` is kept for reports only.
SamplePlan BuildSamplePlan(uint32_t rule_index, const abi::ImageRule& rule, std::span<const abi::ImageItem> items,
                           std::span<const abi::ImageKey> keys);

// REQUIRES: the rule is a sample.
SamplePlan BuildSamplePlan(const Image& image, uint32_t rule_index);

}  // namespace eqlc
