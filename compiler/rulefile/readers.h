// One reader per rule file format. Each appends what a file holds to `contents`.
#pragma once

#include <memory>

#include "compiler/rulefile/rule_source.h"

namespace eqlc {

// detection-rules or endpoint behaviour TOML. REQUIRES: valid UTF-8.
// Tested by tests/unit/compiler/rulefile/toml_rule_test.cpp.
void ReadTomlRule(const std::shared_ptr<const SourceFile>& file, RuleFileContents& contents);

// A bare query; the file's stem is the rule's id and name. REQUIRES: valid UTF-8.
// Tested by tests/unit/compiler/rulefile/eql_file_test.cpp.
void ReadEqlFile(const std::shared_ptr<const SourceFile>& file, RuleFileContents& contents);

}  // namespace eqlc
