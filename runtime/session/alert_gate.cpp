#include "runtime/session/alert_gate.h"

#include <algorithm>
#include <functional>

#include "eqlc/limits.hpp"
#include "runtime/value/json_text.h"
#include "runtime/value/search.h"

namespace eqlc {

bool MayBeAlert(std::string_view event) { return FindFirst(event, "kibana", /*fold=*/false) != kNotFound; }

bool IsAlertOf(std::string_view event, std::string_view rule_id) {
  const json::Members fields(json::SourceOf(event));
  // Kibana has a uuid of its own for a rule, whose rule_id is that of the file; eqlc writes the latter as both.
  for (const std::string_view path : {"kibana.alert.rule.uuid", "kibana.alert.rule.rule_id"}) {
    for (const std::string_view value : json::Scalars(fields, path)) {
      if (json::TextOf(value) == rule_id) return true;
    }
  }
  return false;
}

bool AlertGate::ByEvents::Less(std::span<EventRecord* const> a, std::span<EventRecord* const> b) {
  return std::ranges::lexicographical_compare(a, b, std::less<>());
}

bool AlertGate::Admits(uint32_t rule, std::span<EventRecord* const> events) {
  if (rule != rule_ || groups_.size() >= limits::kMaxKeysPerEvent) groups_.clear();
  rule_ = rule;
  if (groups_.contains(events)) return false;
  groups_.emplace(events, std::span<const std::string>());
  return true;
}

}  // namespace eqlc
