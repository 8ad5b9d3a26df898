#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "compiler/diag/diagnostics.h"
#include "compiler/rulefile/look_back.h"
#include "compiler/rulefile/readers.h"
#include "compiler/rulefile/rule_keys.h"
#include "compiler/rulefile/toml.h"
#include "compiler/rulefile/toml_json.h"
#include "compiler/rulefile/toml_string.h"
#include "compiler/support/utf8.h"
#include "eqlc/limits.hpp"

namespace eqlc {
namespace {

constexpr std::string_view kOtherRuleTypes[] = {"query",     "saved_query",      "new_terms",   "esql",
                                                "threshold", "machine_learning", "threat_match"};

const std::vector<std::string_view> kSeverities = {"low", "medium", "high", "critical"};
constexpr int64_t kMaxRiskScore = 100;

// Behaviour rules state neither severity nor risk; they are written to kill what they match.
constexpr char kEndpointSeverity[] = "high";
constexpr uint32_t kEndpointRiskScore = 73;

std::string_view DescribeNode(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::string:
      return "a string";
    case toml::node_type::integer:
      return "an integer";
    case toml::node_type::floating_point:
      return "a float";
    case toml::node_type::boolean:
      return "a boolean";
    case toml::node_type::date:
    case toml::node_type::time:
    case toml::node_type::date_time:
      return "a date or time";
    case toml::node_type::none:
      return "nothing";
  }
  return {};
}

bool IsListOf(const toml::node& node, bool (toml::node::*is)() const noexcept) {
  const toml::array* list = node.as_array();
  return list != nullptr && std::all_of(list->begin(), list->end(), [is](const toml::node& e) { return (e.*is)(); });
}

bool HasType(const toml::node& node, KeyType type) {
  switch (type) {
    case KeyType::kAny:
      return true;
    case KeyType::kString:
      return node.is_string();
    case KeyType::kInteger:
      return node.is_integer();
    case KeyType::kBoolean:
      return node.is_boolean();
    case KeyType::kList:
      return node.is_array();
    case KeyType::kStringList:
      return IsListOf(node, &toml::node::is_string);
    case KeyType::kStringOrList:
      return node.is_string() || IsListOf(node, &toml::node::is_string);
    case KeyType::kTable:
      return node.is_table();
    case KeyType::kTableList:
      return IsListOf(node, &toml::node::is_table);
  }
  return false;
}

// An ignored key with such a value would change nothing in Elastic either.
bool IsNeutral(const RuleKey& key, const toml::node& value) {
  if (const auto* flag = value.as_boolean()) return flag->get() == (key.name == "enabled");
  if (const auto* text = value.as_string()) return text->get().empty();
  if (const auto* list = value.as_array()) return list->empty();
  if (const auto* table = value.as_table()) return table->empty();
  return false;
}

enum class RuleKind : uint8_t { kEql, kOther };

// Reads one parsed file. Reports into a sink whose limit bounds the work: what is dropped is not located either.
class TomlRuleReader {
 public:
  TomlRuleReader(const std::shared_ptr<const SourceFile>& file, const toml::table& root)
      : shared_file_(file),
        file_(*file),
        root_(root),
        rule_table_(root["rule"].as_table()),
        rule_{.query_map = SourceMap(file)},
        map_(file),
        sink_(map_, Text("rule_id").value_or(Text("id").value_or(""))),
        unless_event_(map_, Text("rule_id").value_or(Text("id").value_or(""))) {}

  void Read(RuleFileContents& contents) {
    if (Kind() == RuleKind::kOther) {
      ++contents.other_rules;
      return;
    }
    if (rule_table_ != nullptr) ReadRule();
    if (rule_table_ == nullptr && root_["rule"].node() == nullptr) ReportAtStart("the file has no [rule] table");
    CheckTypes();
    CheckEffects();
    if (sink_.has_errors()) {
      ++contents.failed_rules;
    } else {
      rule_.parameters = TomlToJson(root_);
      rule_.has_warnings = sink_.warning_count() > 0;
      rule_.unless_event = unless_event_.Take();
      contents.rules.push_back(std::move(rule_));
    }
    for (Diagnostic& diagnostic : sink_.Take()) contents.diagnostics.push_back(std::move(diagnostic));
  }

 private:
  // The value of a string key of [rule].
  std::optional<std::string> Text(std::string_view key) const {
    return rule_table_ == nullptr ? std::nullopt : (*rule_table_)[key].value_exact<std::string>();
  }

  bool IsEndpoint() const {
    if (root_.contains("actions") || root_.contains("optional_actions")) return true;
    return rule_table_ != nullptr && rule_table_->contains("os_list");
  }

  // A type that nobody knows counts as another language's, unless it looks like a misspelt "eql".
  RuleKind Kind() const {
    const std::optional<std::string> type = Text("type");
    if (!type) return Text("language").value_or("eql") == "eql" ? RuleKind::kEql : RuleKind::kOther;
    std::vector<std::string_view> known(std::begin(kOtherRuleTypes), std::end(kOtherRuleTypes));
    if (std::find(known.begin(), known.end(), *type) != known.end()) return RuleKind::kOther;
    known.push_back("eql");
    return NearestName(*type, known) == "eql" ? RuleKind::kEql : RuleKind::kOther;
  }

  void ReadRule() {
    rule_.dialect = IsEndpoint() ? Dialect::kEndpoint : Dialect::kElastic;
    const bool endpoint = rule_.dialect == Dialect::kEndpoint;
    ReadRequired(endpoint ? "id" : "rule_id", rule_.id);
    if (const toml::node* id = (*rule_table_)[endpoint ? "id" : "rule_id"].node()) {
      rule_.id_range = map_.Locate(SpanOf(id->source()));
    }
    ReadRequired("name", rule_.name);
    ReadQuery();
    ReadType(endpoint);
    ReadSeverity(endpoint);
    ReadRiskScore(endpoint);
    ReadEventCategory();
    if (!endpoint) ReadSchedule();
    CheckMaxSignals();
  }

  void ReadRequired(std::string_view key, std::string& value) {
    const toml::node* node = Required(key);
    if (node == nullptr || !node->is_string()) return;  // CheckTypes reports the type
    value = node->as_string()->get();
    if (value.empty()) Report(Code::kBadKeyType, node->source(), fmt::format("`{}` is empty", key));
  }

  const toml::node* Required(std::string_view key) {
    const toml::node* node = (*rule_table_)[key].node();
    if (node == nullptr) {
      Report(Code::kMissingKey, rule_table_->source(), fmt::format("the rule has no `{}`", key));
    }
    return node;
  }

  void ReadQuery() {
    const toml::node* node = Required("query");
    if (node == nullptr || !node->is_string()) return;
    rule_.query = node->as_string()->get();
    const uint32_t begin = SpanOf(node->source()).begin;
    std::optional<TomlString> decoded = DecodeTomlString(file_.text(), begin);
    // Where toml++ reads a string differently from the standard, positions are only near; the query is as it says.
    std::vector<SourceMap::Run> runs = {{0, begin}};
    if (decoded && decoded->value == rule_.query) runs = std::move(decoded->runs);
    rule_.query_map = SourceMap(shared_file_, std::move(runs));
  }

  void ReadType(bool endpoint) {
    if (!endpoint) Required("type");
    for (const std::string_view key : {"type", "language"}) {
      const std::optional<std::string> value = Text(key);
      if (!value || *value == "eql") continue;
      Report(Code::kBadKeyType, (*rule_table_)[key].node()->source(),
             fmt::format("`{}` of an EQL rule must be \"eql\", not \"{}\"", key, Shortened(*value)));
    }
  }

  void ReadSeverity(bool endpoint) {
    rule_.severity = endpoint ? kEndpointSeverity : rule_.severity;
    const std::optional<std::string> value = Text("severity");
    if (!value) return;
    rule_.severity = *value;
    if (std::find(kSeverities.begin(), kSeverities.end(), *value) != kSeverities.end()) return;
    Diagnostic& diagnostic = Report(Code::kBadKeyType, (*rule_table_)["severity"].node()->source(),
                                    "`severity` must be \"low\", \"medium\", \"high\" or \"critical\"");
    Suggest(*value, kSeverities, diagnostic);
  }

  void ReadRiskScore(bool endpoint) {
    rule_.risk_score = endpoint ? kEndpointRiskScore : rule_.risk_score;
    const toml::value<int64_t>* value = (*rule_table_)["risk_score"].as_integer();
    if (value == nullptr) return;
    if (value->get() < 0 || value->get() > kMaxRiskScore) {
      Report(Code::kBadKeyType, value->source(), fmt::format("`risk_score` must be between 0 and {}", kMaxRiskScore));
      return;
    }
    rule_.risk_score = static_cast<uint32_t>(value->get());
  }

  // The schema knows the key under two names; the first is the one in use.
  void ReadEventCategory() {
    for (const std::string_view key : {"event_category_field", "event_category_override"}) {
      const std::optional<std::string> field = Text(key);
      if (!field) continue;
      rule_.event_category_field = *field;
      if (!field->empty()) continue;
      Report(Code::kBadKeyType, (*rule_table_)[key].node()->source(), fmt::format("`{}` is empty", key));
    }
  }

  // Date arithmetic of other forms sets no bound.
  void ReadSchedule() {
    const std::optional<std::string> from = Text("from"), interval = Text("interval");
    rule_.look_back_ns = from ? ParseLookBack(*from).value_or(-1) : kDefaultLookBackNs;
    if (from && !IsDateMath(*from)) ReportSchedule("from", *from, "date arithmetic from `now` on", "now-9m");
    if (interval && !IsInterval(*interval)) {
      ReportSchedule("interval", *interval, "a number and one of `s`, `m`, `h`, `d`", "5m");
    }
  }

  void ReportSchedule(std::string_view key, std::string_view value, std::string_view form, std::string_view example) {
    Report(Code::kBadSchedule, (*rule_table_)[key].node()->source(),
           fmt::format("`{}` must be {}, not \"{}\"", key, form, Shortened(value)))
        .hints.push_back(fmt::format("write it as in \"{}\"", example));
  }

  void CheckMaxSignals() {
    const toml::value<int64_t>* value = (*rule_table_)["max_signals"].as_integer();
    if (value != nullptr && value->get() <= 0) {
      Report(Code::kBadKeyType, value->source(), "`max_signals` must be positive");
    }
  }

  // Calls visit(section, key, node) for each key of the top level and of the sections below it.
  template <typename Visit>
  void ForEachKey(const Visit& visit) const {
    const auto section_keys = [&](std::string_view section, const toml::table& table) {
      for (auto&& [key, value] : table) visit(section, key, value);
    };
    section_keys("", root_);
    for (auto&& [key, value] : root_) {
      if (const toml::table* table = value.as_table()) section_keys(key.str(), *table);
      if (const toml::array* list = value.as_array()) {
        for (const toml::node& entry : *list) {
          if (entry.is_table()) section_keys(key.str(), *entry.as_table());
        }
      }
    }
  }

  void CheckTypes() {
    ForEachKey([&](std::string_view section, const toml::key& name, const toml::node& value) {
      const RuleKey* key = FindRuleKey(section, name.str());
      if (key == nullptr || HasType(value, key->type)) return;
      std::string found = fmt::format(", not {}", DescribeNode(value));
      if (value.is_array()) found.clear();  // a list that should hold something else
      Report(Code::kBadKeyType, value.source(),
             fmt::format("`{}` must be {}{}", name.str(), DescribeKeyType(key->type), found));
    });
  }

  // Unknown keys, and known ones that do nothing.
  void CheckEffects() {
    ForEachKey([&](std::string_view section, const toml::key& name, const toml::node& value) {
      const RuleKey* key = FindRuleKey(section, name.str());
      if (key == nullptr) {
        if (section.empty() || FindRuleKey("", section) != nullptr) ReportUnknown(section, name);
      } else if (HasType(value, key->type) && !IsNeutral(*key, value)) {
        const std::string message = fmt::format("`{}` has no effect: {}", key->name, key->consequence);
        if (key->effect == KeyEffect::kIgnored) Report(Code::kKeyIgnored, name.source(), message);
        if (key->effect == KeyEffect::kEventRules) {
          unless_event_.Report(Code::kKeyIgnored, SpanOf(name.source()), message);
        }
      }
    });
  }

  void ReportUnknown(std::string_view section, const toml::key& name) {
    const std::string place = section.empty() ? "the rule file" : fmt::format("[{}]", section);
    const bool shown = !IsFull();
    Diagnostic& diagnostic = Report(Code::kUnknownKey, name.source(),
                                    fmt::format("{} has an unknown key `{}`", place, Shortened(name.str())));
    if (shown) Suggest(name.str(), RuleKeyNames(section), diagnostic);
  }

  static void Suggest(std::string_view name, const std::vector<std::string_view>& known, Diagnostic& diagnostic) {
    const std::string nearest = NearestName(name, known);
    if (!nearest.empty()) diagnostic.hints.push_back(fmt::format("did you mean `{}`?", nearest));
  }

  bool IsFull() const { return reported_ >= limits::kMaxDiagnosticsPerRule; }

  Diagnostic& Report(Code code, const toml::source_region& region, std::string message) {
    const Span span = IsFull() ? Span{} : SpanOf(region);
    ++reported_;
    return sink_.Report(code, span, std::move(message));
  }

  void ReportAtStart(std::string message) {
    ++reported_;
    sink_.Report(Code::kMissingKey, {0, 0}, std::move(message));
  }

  Span SpanOf(const toml::source_region& region) const {
    return {file_.Offset(region.begin.line, region.begin.column), file_.Offset(region.end.line, region.end.column)};
  }

  const std::shared_ptr<const SourceFile> shared_file_;
  const SourceFile& file_;
  const toml::table& root_;
  const toml::table* const rule_table_;  // nullptr: there is none
  RuleSource rule_;
  const SourceMap map_;  // of the whole file
  DiagnosticSink sink_;
  DiagnosticSink unless_event_;  // see RuleSource
  size_t reported_ = 0;
};

// Reports a fault of the whole file, before anything is known of the rule in it.
void ReportBadToml(const std::shared_ptr<const SourceFile>& file, TomlFault fault, RuleFileContents& contents) {
  const SourceMap map(file);
  DiagnosticSink sink(map, "");
  sink.Report(Code::kBadToml, {fault.offset, fault.offset}, std::move(fault.message));
  for (Diagnostic& diagnostic : sink.Take()) contents.diagnostics.push_back(std::move(diagnostic));
  ++contents.failed_rules;
}

}  // namespace

void ReadTomlRule(const std::shared_ptr<const SourceFile>& file, RuleFileContents& contents) {
  std::variant<toml::table, TomlFault> parsed = ParseToml(file->text());
  if (auto* fault = std::get_if<TomlFault>(&parsed)) {
    ReportBadToml(file, std::move(*fault), contents);
  } else {
    TomlRuleReader(file, std::get<toml::table>(parsed)).Read(contents);
  }
}

}  // namespace eqlc
