// The schema of a conformance dataset: the types that types.json declares, and for every other field of the events
// what Elasticsearch's dynamic mapping would make of its first value.
#pragma once

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "eqlc/schema.hpp"

namespace eqlc::conformance {

using Json = nlohmann::json;

// By dataset; those that types.json does not know are missing. `files` has the events of each.
std::map<std::string, Json> DatasetMappings(const Json& types,
                                            const std::map<std::string, std::vector<std::string>>& files);

// The mapping of the index against which Elasticsearch's verifier is tested: `endgame` and fields named for their
// types, which types.json does not list. Null for a null mapping.
Json VerifierMapping(const Json& endgame);

// Null for a null mapping.
std::shared_ptr<const Schema> SchemaOf(const Json& mapping);

}  // namespace eqlc::conformance
