// The plot of the cost of an event by the number of rules, as SVG that reads on light and dark ground.
#pragma once

#include <string>
#include <vector>

#include "bench/table/report.h"

namespace eqlc::bench {

// Empty when there are fewer than two points.
std::string PlotRuleCounts(const std::vector<RuleCountPoint>& curve);

}  // namespace eqlc::bench
