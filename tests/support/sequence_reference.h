// A batch reference for sequences, written from docs/semantics.md sections 5.1 and 5.6 (lists of partials per item, and
// missing events judged over the whole stream), not from the streaming algorithm that the engine implements.
#pragma once

#include <vector>

#include "tests/support/plan_builder.h"

namespace eqlc::testing {

// All matches, sorted. REQUIRES: times do not decrease.
std::vector<TestMatch> ReferenceMatches(const TestRule& rule, const std::vector<TestEvent>& events);

}  // namespace eqlc::testing
