// Third-party conformance cases: one line of a cases.ndjson each, run through the public API. The data is not part of
// this repository; EQLC_CONFORMANCE_DIR says where it is.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "eqlc/compile.hpp"
#include "eqlc/session.hpp"

namespace eqlc::conformance {

using Json = nlohmann::json;

// How a dataset is to be read (an entry of datasets.json).
struct Dataset {
  std::vector<std::string> events;  // NDJSON lines
  CompileOptions options;
  TimestampUnit timestamp_unit = TimestampUnit::kMillis;
  std::string id_field;
  Json mapping;  // of its index; null: not known
};

// One folder of cases.
class Suite {
 public:
  // `folder` holds the cases, datasets.json and events/. Analytics name their datasets by file.
  explicit Suite(const std::string& folder, const std::string& cases_file = "cases.ndjson");

  const std::vector<Json>& cases() const { return cases_; }

  // Empty when the case is met, in every mode that it names, else what happened instead.
  std::string Run(const Json& test) const;

 private:
  std::string RunInMode(const Json& test, bool case_sensitive) const;
  std::string RunQuery(const Json& test, bool case_sensitive) const;
  std::string RunOn(const Json& test, const Dataset& dataset, bool case_sensitive) const;
  std::string RunFold(const Json& test, bool case_sensitive) const;
  std::string RunAccept(const Json& test) const;
  std::string RunReject(const Json& test, bool case_sensitive) const;
  std::vector<Diagnostic> Errors(const Json& test, const Dataset& dataset, bool case_sensitive) const;
  // Options for a case over `dataset`.
  static CompileOptions OptionsFor(const Json& test, const Dataset& dataset, bool case_sensitive);
  Dataset Load(const Json& description) const;
  void LoadRecordings();
  void LoadMappings();

  std::string folder_;
  std::vector<Json> cases_;
  std::map<std::string, Dataset> datasets_;
};

// What the condition `expression` of python-eql becomes in the IR, for cases that say which two are the same.
std::string LoweredText(const std::string& expression);

// The dialect a case is written in.
Dialect DialectOf(const Json& test);

// Cases that are known not to be met, with the reason: the tables of docs/deviations.md. Ids may end in `*`.
class Deviations {
 public:
  explicit Deviations(const std::string& markdown_file);
  bool Lists(const std::string& id) const;

 private:
  std::vector<std::string> ids_;
};

}  // namespace eqlc::conformance
