#include "runtime/alert/rule_document.h"

#include <algorithm>
#include <array>

#include "runtime/value/compare.h"
#include "runtime/value/json.h"
#include "runtime/value/number.h"
#include "runtime/value/utf8.h"

namespace eqlc {
namespace {

// A field of the alert that is copied from the rule file, and what stands there if the file does not have it (empty:
// the field is left out). The defaults are Kibana's.
struct CopiedField {
  std::string_view key;
  std::string_view otherwise;
};

constexpr std::array kCopiedFields = std::to_array<CopiedField>({
    {"actions", "[]"},
    {"author", "[]"},
    {"building_block_type", ""},
    {"description", "\"\""},
    {"enabled", "true"},
    {"exceptions_list", "[]"},
    {"false_positives", "[]"},
    {"from", "\"now-6m\""},
    {"immutable", "false"},
    {"interval", "\"5m\""},
    {"license", ""},
    {"max_signals", "100"},
    {"note", ""},
    {"references", "[]"},
    {"revision", "0"},
    {"risk_score_mapping", "[]"},
    {"rule_name_override", ""},
    {"severity_mapping", "[]"},
    {"tags", "[]"},
    {"timeline_id", ""},
    {"timeline_title", ""},
    {"timestamp_override", ""},
    {"to", "\"now\""},
    {"version", "1"},
});

// Position in the order of severities; -1 for an unknown one, which is never given to an alert.
int SeverityRank(std::string_view severity) {
  constexpr std::array<std::string_view, 4> kOrder = {"low", "medium", "high", "critical"};
  const auto it = std::find(kOrder.begin(), kOrder.end(), severity);
  return it == kOrder.end() ? -1 : static_cast<int>(it - kOrder.begin());
}

double ScoreOf(const abi::Value& number) {
  if (number.kind == abi::ValueKind::kDouble) return number.payload.f64;
  return number.kind == abi::ValueKind::kUint ? static_cast<double>(number.payload.u64)
                                              : static_cast<double>(number.payload.i64);
}

void AppendRuleText(std::string& out, std::string_view key, std::string_view text) {
  json::AppendKey(out, "kibana.alert.rule." + std::string(key));
  json::AppendString(out, text);
}

void AppendRuleJson(std::string& out, std::string_view key, std::string_view value) {
  json::AppendKey(out, "kibana.alert.rule." + std::string(key));
  json::AppendOneLine(out, value);
}

}  // namespace

RuleDocument::RuleDocument(const RuleInfo& rule)
    : id_(rule.id), name_(rule.name), severity_(rule.severity), risk_score_(rule.risk_score) {
  const std::string_view table = json::MemberOf(rule.parameters, "rule");
  ReadOverrides(table);
  WriteStaticFields(table, rule.parameters);
}

void RuleDocument::ReadOverrides(std::string_view rule) {
  building_block_type_ = json::TextOf(json::MemberOf(rule, "building_block_type"));
  name_field_ = json::TextOf(json::MemberOf(rule, "rule_name_override"));
  const std::string_view severities = json::MemberOf(rule, "severity_mapping");
  for (json::Reader r(severities); r.is_array() && r.Next();) {
    const auto member = [&](std::string_view key) { return json::TextOf(json::MemberOf(r.value(), key)); };
    severities_.push_back({member("field"), member("value"), member("severity")});
  }
  // As in Kibana only the first entry counts.
  json::Reader risk(json::MemberOf(rule, "risk_score_mapping"));
  if (risk.is_array() && risk.Next()) risk_field_ = json::TextOf(json::MemberOf(risk.value(), "field"));
}

void RuleDocument::WriteStaticFields(std::string_view rule, std::string_view parameters) {
  std::string out = "{";
  AppendRuleText(out, "uuid", id_);
  AppendRuleText(out, "rule_id", id_);
  AppendRuleText(out, "category", "Event Correlation Rule");
  AppendRuleText(out, "consumer", "siem");
  AppendRuleText(out, "producer", "siem");
  AppendRuleText(out, "rule_type_id", "siem.eqlRule");
  AppendRuleText(out, "type", "eql");
  AppendRuleText(out, "severity", severity_);
  AppendRuleJson(out, "risk_score", std::to_string(risk_score_));
  for (const CopiedField& field : kCopiedFields) {
    const std::string_view value = json::MemberOf(rule, field.key);
    if (!value.empty() || !field.otherwise.empty())
      AppendRuleJson(out, field.key, value.empty() ? field.otherwise : value);
  }
  const std::string_view indices = json::MemberOf(rule, "index");
  AppendRuleJson(out, "indices", indices.empty() ? "[]" : indices);
  // Behaviour rules keep their threats beside the table [rule].
  std::string_view threat = json::MemberOf(rule, "threat");
  if (threat.empty()) threat = json::MemberOf(parameters, "threat");
  AppendRuleJson(out, "threat", threat.empty() ? "[]" : threat);
  if (json::IsObject(rule)) AppendRuleJson(out, "parameters", rule);
  std::string storage;
  static_fields_ = utf8::ReplaceInvalid(std::string_view(out).substr(1), storage);
}

RuleDocument::Ratings RuleDocument::Rate(const json::Members& event) const {
  Ratings ratings = {name_, severity_, std::to_string(risk_score_)};
  RateSeverity(event, ratings);
  RateRisk(event, ratings);
  if (!name_field_.empty()) {
    const auto names = json::Scalars(event, name_field_);
    if (!names.empty() && json::IsString(names.front())) ratings.name = json::TextOf(names.front());
  }
  return ratings;
}

void RuleDocument::RateSeverity(const json::Members& event, Ratings& ratings) const {
  int best = -1;
  for (const SeverityMapping& mapping : severities_) {
    const int rank = SeverityRank(mapping.severity);
    if (rank <= best) continue;
    for (std::string_view value : json::Scalars(event, mapping.field)) {
      if (json::TextOf(value) != mapping.value) continue;
      best = rank;
      ratings.severity = mapping.severity;
    }
  }
}

void RuleDocument::RateRisk(const json::Members& event, Ratings& ratings) const {
  if (risk_field_.empty()) return;
  double best = -1;
  for (std::string_view value : json::Scalars(event, risk_field_)) {
    const abi::Value number = ParseNumber(json::TextOf(value));
    if (!number.is_number()) continue;
    const double score = ScoreOf(number);
    if (!(score >= 0 && score <= 100) || score <= best) continue;
    best = score;
    // A text such as "+5" is a score, but not JSON: write what was read.
    ratings.risk_score = ToJson(CanonicalNumber(number));
  }
}

}  // namespace eqlc
