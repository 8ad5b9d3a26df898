// Third-party conformance cases: one line of a cases.ndjson each, run through the public API. The data is not part of
// this repository; EQLC_CONFORMANCE_DIR says where it is.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "eqlc/compile.hpp"

namespace eqlc::conformance {

using Json = nlohmann::json;

// How a dataset is to be read (an entry of datasets.json).
struct Dataset {
  std::vector<std::string> events;  // NDJSON lines
  CompileOptions options;
  std::string id_field;
  Json mapping;  // of its index; null: not known
};

// One folder of cases.
class Suite {
 public:
  // `folder` holds cases.ndjson, datasets.json and events/.
  explicit Suite(const std::string& folder);

  const std::vector<Json>& cases() const { return cases_; }

  // Empty when the case is met, else what happened instead.
  std::string Run(const Json& test) const;

 private:
  std::string RunQuery(const Json& test) const;
  std::string RunOn(const Json& test, const Dataset& dataset) const;
  std::string RunFold(const Json& test) const;
  std::string RunAccept(const Json& test) const;
  std::string RunReject(const Json& test) const;
  std::vector<Diagnostic> Errors(const Json& test, const Dataset* dataset) const;
  // Options for a case over `dataset`.
  static CompileOptions OptionsFor(const Json& test, const Dataset& dataset);
  Dataset Load(const Json& description) const;

  std::string folder_;
  std::vector<Json> cases_;
  std::map<std::string, Dataset> datasets_;
};

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
