// Entry: what a cache folder keeps for one set of rules and options: the artefact that would be compiled (a shared
// object, or an image alone) and what was found in the rules, in one sealed file. Any number of processes may use a
// folder at the same time: entries are moved into place whole, are the same whoever makes them, and one that is damaged
// or goes away is one that was never there. Tested by tests/unit/compiler/cache/entry_test.cpp.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "compiler/native/jit.h"
#include "compiler/rulefile/rule_source.h"
#include "eqlc/compile.hpp"
#include "eqlc/result.hpp"

namespace eqlc::cache {

class Entry {
 public:
  // Makes the folder when missing. An Error says why it cannot be used.
  static Result<Entry> Open(const std::string& folder, const RuleInputs& inputs, const CompileOptions& options);

  // The whole result. Removes an entry that cannot be used.
  std::optional<CompileResult> Find() const;

  // Puts an entry in place and gives its program. `objects` are EmitRulesetObjects's.
  Result<std::shared_ptr<const Program>> StoreObjects(std::span<const ObjectBytes> objects,
                                                      const CompileResult& result) const;
  Result<std::shared_ptr<const Program>> StoreImage(std::span<const std::byte> image,
                                                    const CompileResult& result) const;

  const std::string& path() const { return path_; }

 private:
  Entry(std::string folder, std::string path) : folder_(std::move(folder)), path_(std::move(path)) {}
  Result<std::shared_ptr<const Program>> LoadStored() const;

  std::string folder_;
  std::string path_;
};

}  // namespace eqlc::cache
