// RuleDocument: what every alert of one rule has in common, worked out once per rule: the `kibana.alert.rule.*` fields
// as ready JSON text, and the overrides that depend on the event.
//
// Tested by tests/unit/runtime/alert/alert_document_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "eqlc/program.hpp"
#include "runtime/value/json_text.h"

namespace eqlc {

// One entry of severity_mapping: events in which `field` has the text `value` get `severity`.
struct SeverityMapping {
  std::string field;
  std::string value;
  std::string severity;
};

// Owns copies of all it needs of the RuleInfo.
// Thread-safety: immutable.
class RuleDocument {
 public:
  explicit RuleDocument(const RuleInfo& rule);

  const std::string& id() const { return id_; }
  // The fields as they stand inside an object, without a comma at either end. Name, severity and risk score of the
  // alert are not among them, for they may be overridden.
  const std::string& static_fields() const { return static_fields_; }
  const std::string& building_block_type() const { return building_block_type_; }

  // Name, severity and risk score of an alert on `event`. Sequences get the rule's own: pass an event without members.
  struct Ratings {
    std::string name;
    std::string severity;
    std::string risk_score;  // JSON number
  };
  Ratings Rate(const json::Members& event) const;

 private:
  void ReadOverrides(std::string_view rule);
  void WriteStaticFields(std::string_view rule, std::string_view parameters);
  void RateSeverity(const json::Members& event, Ratings& ratings) const;
  void RateRisk(const json::Members& event, Ratings& ratings) const;

  std::string id_, name_, severity_;
  uint32_t risk_score_;
  std::string static_fields_;
  std::string building_block_type_;
  std::string name_field_;
  std::string risk_field_;
  std::vector<SeverityMapping> severities_;  // the highest that applies wins
};

}  // namespace eqlc
