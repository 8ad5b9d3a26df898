// FileLowerer: one rule file through all stages that need no other file.
//
//   file -> rulefile (RuleSource) -> syntax (Ast) -> sema (TypedQuery) -> ir (a module of its own) -> opt -> index
//
// Tested by tests/unit/compiler/front_end_test.cpp.
#pragma once

#include <string>

#include "compiler/ir/lowered_file.h"
#include "compiler/rulefile/rule_source.h"
#include "compiler/schema/field_catalog.h"
#include "eqlc/compile.hpp"

namespace eqlc {

// Thread-safety: none; what the catalog of fields found out is kept from file to file.
class FileLowerer {
 public:
  // `dump`: the stage, kAst or kTyped, whose text is wanted; null for none. REQUIRES: `options` and `dump` outlive it.
  FileLowerer(const CompileOptions& options, const Stage* dump)
      : options_(options), dump_(dump), fields_(options.schema.get(), options.strict_schema) {}

  // Needs kParserStackBytes of stack. REQUIRES: the input is read.
  ir::LoweredFile Lower(const RuleInput& input);

 private:
  ir::LoweredRule LowerRule(RuleSource source);
  std::string CategoryFieldOf(const RuleSource& source);
  bool Wants(Stage stage) const { return dump_ != nullptr && *dump_ == stage; }

  const CompileOptions& options_;
  const Stage* const dump_;
  FieldCatalog fields_;
};

}  // namespace eqlc
