#include "tests/conformance/conformance_case.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <regex>

#include "compiler/ir/build.h"
#include "compiler/syntax/parser.h"
#include "runtime/source/line_reader.h"
#include "tests/conformance/dataset_schema.h"

namespace eqlc::conformance {
namespace {

// Plain or compressed; none when there is no such file.
std::vector<std::string> ReadLines(const std::string& path) {
  std::vector<std::string> lines;
  auto reader = LineReader::Open(path);
  if (!reader) return lines;
  for (InputLine line;;) {
    const Result<bool> more = reader->Next(line);
    if (!more.ok() || !more.value()) return lines;
    lines.emplace_back(line.text);
  }
}

// The event's place among the inline events of a case, for those without ids.
constexpr const char* kPlace = "case_place";

// A value for the parameter of a case, by its type.
std::string Sample(const std::string& type) {
  if (type == "bool") return "true";
  if (type == "int") return "1";
  if (type == "float") return "1.5";
  return type == "string" ? "\"text\"" : "null";
}

// `$name` of a parameterised case replaced.
std::string ExpressionOf(const Json& test) {
  std::string expression = test.at("expression");
  if (!test.contains("param")) return expression;
  const std::string param = test["param"];
  const std::string variable = "$" + param.substr(0, param.find(':'));
  const size_t at = expression.find(variable);
  return expression.replace(at, variable.size(), Sample(param.substr(param.find(':') + 1)));
}

// Ids of the events of each match; -1 at the place of a missing event.
class IdSink : public AlertSink {
 public:
  explicit IdSink(std::string id_field) : id_field_(std::move(id_field)) {}

  Status Write(const Alert& alert) override {
    Json group = Json::array();
    for (std::string_view event : alert.events)
      group.push_back(event.empty() ? Json(-1) : Json::parse(event).at(id_field_));
    groups.push_back(std::move(group));
    Json keys = Json::array();
    for (const std::string& key : alert.join_keys) {
      const Json value = Json::parse(key);
      keys.push_back(value.is_string() ? value.get<std::string>() : value.dump());
    }
    join_keys.push_back(std::move(keys));
    return {};
  }

  std::vector<Json> groups;
  std::vector<Json> join_keys;

 private:
  std::string id_field_;
};

Json Flatten(const std::vector<Json>& groups) {
  Json flat = Json::array();
  for (const Json& group : groups) flat.insert(flat.end(), group.begin(), group.end());
  return flat;
}

// As Elasticsearch's harness asks: sorted by time, at most 50 matches. Python-eql takes events as they come and gives
// all matches.
SessionOptions OptionsOf(const Json& test, const Dataset& dataset) {
  if (DialectOf(test) == Dialect::kPython) return {.timestamp_unit = dataset.timestamp_unit};
  return {.timestamp_unit = dataset.timestamp_unit,
          .reorder_ns = kSortAll,
          .match_order = MatchOrder::kAsListed,
          .size = test.value("size", uint64_t{50}),
          .max_samples_per_key = test.value("max_samples_per_key", 1u)};
}

// Empty when `found` is what the case's member `name` says, or one of `name`_any_of; nothing is said: anything is
// right.
std::string Compare(const Json& test, const std::string& name, const Json& found) {
  const std::string any_of = name + "_any_of";
  if (test.contains(any_of)) {
    for (const Json& expected : test[any_of]) {
      if (expected == found) return "";
    }
    return fmt::format("{}: none of the expected; got {}", name, found.dump());
  }
  if (!test.contains(name) || test[name] == found) return "";
  return fmt::format("{}: expected {}, got {}", name, test[name].dump(), found.dump());
}

std::string CompareMatches(const Json& test, const IdSink& sink) {
  const Json events = Flatten(sink.groups);
  Json positive = events;
  positive.erase(std::remove(positive.begin(), positive.end(), Json(-1)), positive.end());
  const std::pair<std::string, Json> found[] = {{"expected_event_ids", events},
                                                {"expected_event_lines", events},
                                                {"expected_event_indexes", positive},
                                                {"expected_groups", sink.groups},
                                                {"join_keys", sink.join_keys}};
  for (const auto& [name, value] : found) {
    if (std::string failure = Compare(test, name, value); !failure.empty()) return failure;
  }
  return "";
}

std::string Join(const std::vector<Diagnostic>& errors) {
  std::string out;
  for (const Diagnostic& d : errors)
    out += fmt::format("[{}:{} {} {}]", d.range.line, d.range.column, d.code, d.message);
  return out;
}

bool MessageFits(const std::string& found, const Json& expected) {
  const std::string how = expected.value("how", "any");
  if (how == "any") return true;
  // Positions are ours (docs/semantics.md section 1); the words are compared.
  static const std::regex kPosition(R"(^(Found \d+ problems?\s*)?(line )?\d+:\d+: )");
  const std::string message = std::regex_replace(expected.value("message", ""), kPosition, "");
  if (how == "exact") return found == message;
  if (how == "prefix") return found.rfind(message, 0) == 0;
  if (how == "suffix")
    return found.size() >= message.size() && found.compare(found.size() - message.size(), message.size(), message) == 0;
  return found.find(message) != std::string::npos;
}

// Some queries are only for the parser: whether fields and types fit is not asked.
bool Parses(const std::string& query) {
  const SourceMap map(std::make_shared<SourceFile>("case", query));
  DiagnosticSink sink(map, "case");
  return Parse(query, sink).has_value();
}

}  // namespace

Dialect DialectOf(const Json& test) {
  const std::string name = test.at("dialect");
  if (name == "endgame") return Dialect::kPython;
  return name == "elastic_endpoint" ? Dialect::kEndpoint : Dialect::kElastic;
}

Suite::Suite(const std::string& folder, const std::string& cases_file) : folder_(folder) {
  for (const std::string& line : ReadLines(folder + "/" + cases_file)) cases_.push_back(Json::parse(line));
  std::ifstream in(folder + "/datasets.json");
  const Json descriptions = Json::parse(in);
  for (const auto& [name, description] : descriptions.items()) {
    if (description.is_object() && description.contains("file")) datasets_[name] = Load(description);
  }
  LoadRecordings();
  LoadMappings();
}

// Recordings that datasets.json does not describe: those of the analytics, which all look alike.
void Suite::LoadRecordings() {
  for (const Json& test : cases_) {
    if (!test.contains("dataset") || !test["dataset"].is_string()) continue;
    const std::string name = test["dataset"];
    if (datasets_.count(name) != 0) continue;
    Dataset& dataset = datasets_[name];
    for (const char* suffix : {".ndjson", ".ndjson.zst"}) {
      if (dataset.events.empty()) dataset.events = ReadLines(folder_ + "/events/" + name + suffix);
    }
    dataset.id_field = "_line";
    dataset.options.timestamp_field = "timestamp";
    dataset.options.event_category_field = "event_type";
    dataset.timestamp_unit = TimestampUnit::kFiletime;
  }
}

void Suite::LoadMappings() {
  std::ifstream types(folder_ + "/types.json");
  if (!types) return;
  std::map<std::string, std::vector<std::string>> events;
  for (const auto& [name, dataset] : datasets_) events[name] = dataset.events;
  for (auto& [name, mapping] : DatasetMappings(Json::parse(types), events)) datasets_[name].mapping = mapping;
}

// The index has every field there is, as in Elasticsearch. A case says when it needs a type that types.json lacks.
CompileOptions Suite::OptionsFor(const Json& test, const Dataset& dataset, bool case_sensitive) {
  CompileOptions options = dataset.options;
  options.dialect = DialectOf(test);
  options.case_sensitive = case_sensitive;
  if (dataset.mapping.is_null()) return options;
  Json mapping = dataset.mapping;
  const Json requirements = test.value("requires", Json::array());
  if (std::find(requirements.begin(), requirements.end(), "version field type") != requirements.end()) {
    mapping["mappings"]["properties"]["version"] = "version";
  }
  options.schema = SchemaOf(mapping);
  options.strict_schema = true;
  return options;
}

Dataset Suite::Load(const Json& description) const {
  Dataset dataset;
  dataset.events = ReadLines(folder_ + "/" + description.at("file").get<std::string>());
  dataset.id_field = description.value("id_field", "id");
  auto text = [&](const char* key) {
    return description.contains(key) && description[key].is_string() ? description[key].get<std::string>() : "";
  };
  if (!text("timestamp_field").empty()) dataset.options.timestamp_field = text("timestamp_field");
  dataset.options.tiebreaker_field = text("tiebreaker_field");
  dataset.options.event_category_field = text("event_category_field");
  if (text("timestamp_unit").starts_with("Windows FILETIME")) dataset.timestamp_unit = TimestampUnit::kFiletime;
  const Json aliases = description.value("aliases", Json::object());
  dataset.options.event_category_field =
      aliases.value(dataset.options.event_category_field, dataset.options.event_category_field);
  return dataset;
}

std::string Suite::Run(const Json& test) const {
  const Json modes = test.value("case_modes", Json::array({"insensitive"}));
  for (const std::string mode : modes) {
    if (std::string failure = RunInMode(test, mode == "sensitive"); !failure.empty()) {
      return modes.size() > 1 ? mode + ": " + failure : failure;
    }
  }
  return "";
}

std::string Suite::RunInMode(const Json& test, bool case_sensitive) const {
  const std::string kind = test.at("kind");
  if (kind == "fold" || kind == "literal") return RunFold(test, case_sensitive);
  if (kind == "accept") return RunAccept(test);
  if (kind == "reject") return RunReject(test, case_sensitive);
  if (kind == "optimize" || kind == "equivalent") {
    const std::string found = LoweredText(test.at("expression"));
    const std::string wanted = LoweredText(test.at(kind == "optimize" ? "optimized" : "alternate"));
    return found == wanted ? "" : fmt::format("{} is not {}", found, wanted);
  }
  return RunQuery(test, case_sensitive);
}

std::string Suite::RunQuery(const Json& test, bool case_sensitive) const {
  if (test.contains("events")) {
    Dataset dataset;
    for (Json event : test["events"]) {
      event[kPlace] = dataset.events.size();
      dataset.events.push_back(event.dump());
    }
    dataset.id_field = test.value("id_field", test.contains("expected_event_indexes") ? kPlace : "id");
    if (dataset.id_field == kPlace) {
      dataset.options.timestamp_field = "timestamp";
      dataset.options.event_category_field = "event_type";
      dataset.timestamp_unit = TimestampUnit::kFiletime;
    }
    return RunOn(test, dataset, case_sensitive);
  }
  std::vector<std::string> names = {test.at("dataset")};
  for (const Json& also : test.value("also_datasets", Json::array())) names.push_back(also);
  for (const std::string& name : names) {
    if (std::string failure = RunOn(test, datasets_.at(name), case_sensitive); !failure.empty()) {
      return name + ": " + failure;
    }
  }
  return "";
}

std::string Suite::RunOn(const Json& test, const Dataset& dataset, bool case_sensitive) const {
  const CompileResult compiled = Compile({{"case.eql", test.at("query")}}, OptionsFor(test, dataset, case_sensitive));
  if (compiled.rules_failed > 0) return "refused: " + Join(compiled.diagnostics);
  IdSink sink(dataset.id_field);
  Session session(compiled.program, sink, OptionsOf(test, dataset));
  for (const std::string& event : dataset.events) {
    if (const Status pushed = session.Push(event); !pushed) return "event refused: " + pushed.error().message;
  }
  if (const Status finished = session.Finish(); !finished) return "failed: " + finished.error().message;
  return CompareMatches(test, sink);
}

std::string Suite::RunFold(const Json& test, bool case_sensitive) const {
  std::vector<Diagnostic> diagnostics;
  const std::string value =
      EvalConstant(ExpressionOf(test), {.dialect = DialectOf(test), .case_sensitive = case_sensitive}, diagnostics);
  if (test.contains("expect_error")) return value.empty() ? "" : "expected an error, got " + value;
  if (value.empty()) return "refused: " + Join(diagnostics);
  const Json found = Json::parse(value);
  const Json& expected = test.at("expected_value");
  return found == expected ? "" : fmt::format("expected {}, got {}", expected.dump(), value);
}

std::vector<Diagnostic> Suite::Errors(const Json& test, const Dataset& dataset, bool case_sensitive) const {
  CompileOptions options = OptionsFor(test, dataset, case_sensitive);
  options.native_code = false;
  std::vector<Diagnostic> diagnostics;
  if (test.contains("query")) {
    diagnostics = Compile({{"case.eql", test["query"]}}, options).diagnostics;
  } else if (options.dialect == Dialect::kPython) {
    diagnostics = Compile({{"case.eql", "any where " + test.at("expression").get<std::string>()}}, options).diagnostics;
  } else {
    CheckExpression(test.at("expression"), options, diagnostics);
  }
  std::erase_if(diagnostics, [](const Diagnostic& d) { return d.severity != Severity::kError; });
  return diagnostics;
}

std::string Suite::RunAccept(const Json& test) const {
  if (test.value("stage", "").starts_with("parse only")) return Parses(test.at("query")) ? "" : "refused";
  if (test.contains("expression")) {
    std::vector<Diagnostic> diagnostics;
    CheckExpression(test["expression"], {.dialect = DialectOf(test)}, diagnostics);
    std::erase_if(diagnostics, [](const Diagnostic& d) { return d.severity != Severity::kError; });
    return diagnostics.empty() ? "" : "refused: " + Join(diagnostics);
  }
  const std::vector<Diagnostic> errors = Errors(test, {}, false);
  return errors.empty() ? "" : "refused: " + Join(errors);
}

// What Elasticsearch refuses for the type of a field it refuses with an index that is no dataset of its own.
std::string Suite::RunReject(const Json& test, bool case_sensitive) const {
  std::vector<Diagnostic> errors = Errors(test, {}, case_sensitive);
  const auto dataset = datasets_.find("endgame-140");
  if (dataset != datasets_.end() && DialectOf(test) != Dialect::kPython) {
    Dataset verifier = dataset->second;
    verifier.mapping = VerifierMapping(verifier.mapping);
    for (Diagnostic& d : Errors(test, verifier, case_sensitive)) errors.push_back(std::move(d));
  }
  if (errors.empty()) return "accepted";
  const Json expected = test.value("expect_error", Json::object());
  for (const Diagnostic& d : errors) {
    if (MessageFits(d.message, expected)) return "";
  }
  return fmt::format("expected {}, got {}", expected.dump(), Join(errors));
}

std::string LoweredText(const std::string& expression) {
  const std::string query = "any where " + expression;
  const SourceMap map(std::make_shared<SourceFile>("case", query));
  DiagnosticSink sink(map, "case");
  const std::optional<ast::Ast> ast = Parse(query, sink, Syntax::kPython);
  if (!ast) return "refused";
  const std::optional<TypedQuery> typed = Check(*ast, {.dialect = Dialect::kPython}, sink);
  ir::Module module;
  if (!typed ||
      !BuildRule(RuleSource{.id = "case", .query = query, .query_map = map}, *typed, "event_type", module, sink))
    return "refused";
  return ir::PrintExpr(module, module.conditions()[module.rules()[0].items[0].condition]);
}

Deviations::Deviations(const std::string& markdown_file) {
  static const std::regex kRow(R"(^\| `([^`]+)` \|.*)");
  std::smatch m;
  for (const std::string& line : ReadLines(markdown_file)) {
    if (std::regex_match(line, m, kRow)) ids_.push_back(m[1]);
  }
}

bool Deviations::Lists(const std::string& id) const {
  for (const std::string& listed : ids_) {
    if (listed == id) return true;
    if (listed.back() == '*' && id.compare(0, listed.size() - 1, listed, 0, listed.size() - 1) == 0) return true;
  }
  return false;
}

}  // namespace eqlc::conformance
