// Memory: what a cache folder keeps of the rule files of a ruleset, one by one, so that a change of some costs what
// these cost. Sealed files of which each is replaced as a whole: the stamps, by which a file that is as it was need not
// be read, what the files lowered to, and which entry was begun last. Ruleset means where its files were looked for and
// the options of the front end. Whatever is damaged or out of date is as if it were not there. Tested by
// tests/unit/compiler/cache/memory_test.cpp.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compiler/ir/lowered_file.h"
#include "compiler/rulefile/rule_source.h"
#include "eqlc/compile.hpp"
#include "eqlc/result.hpp"

namespace eqlc::cache {

class Memory {
 public:
  // Makes the folder when missing. An Error says why it cannot be used.
  static Result<Memory> Open(const std::string& folder, const RuleInputs& inputs, const CompileOptions& options);

  // Gives every input its digest. Reads those whose stamp is not remembered.
  void Identify(RuleInputs& inputs);
  // What the inputs lowered to, in their order; nothing for those that are new. REQUIRES: Identify.
  std::vector<std::optional<ir::LoweredFile>> Recall(const RuleInputs& inputs) const;

  // Remembers the stamps, if there are others than Identify found. REQUIRES: Identify.
  Status KeepStamps(const RuleInputs& inputs) const;
  // `files` is what the inputs lowered to.
  Status KeepFiles(const RuleInputs& inputs, std::span<const ir::LoweredFile> files) const;

  // Whether the entry with this path is the one that was begun last, and to remember that.
  bool WasBegun(const std::string& entry) const;
  Status KeepBegun(const std::string& entry) const;

 private:
  Memory(std::string folder, const std::string& key);

  std::string folder_;
  std::string stamps_path_;
  std::string files_path_;
  std::string begun_path_;
  bool stamps_changed_ = false;
};

// The digest of an input that has been read.
std::string DigestOf(const RuleInput& input);

}  // namespace eqlc::cache
