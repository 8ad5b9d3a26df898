// Build: a checked query to IR, lowered to two-valued logic (docs/semantics.md section 3.2).
#pragma once

#include <string>

#include "compiler/diag/diagnostics.h"
#include "compiler/ir/ir.h"
#include "compiler/rulefile/rule_source.h"
#include "compiler/sema/typed.h"

namespace eqlc {

// Adds one rule to `module`. Reports warnings (a condition that is never true ...) and errors that only folding can see
// (a constant expression without value, a malformed regular expression); on error adds no rule, though expressions that
// nothing uses may stay behind in the arena.
// `category_field` is the event category field's path.
bool BuildRule(const RuleSource& source, const TypedQuery& query, const std::string& category_field, ir::Module& module,
               DiagnosticSink& sink);

namespace ir {

// The value of a constant expression as JSON text; empty when it has none, which is reported.
std::string ConstantJson(const TypedQuery& query, ast::ExprId root, DiagnosticSink& sink);
// What the schema says of how a field is read.
Reading ReadingOf(const KnownField& field);

}  // namespace ir
}  // namespace eqlc
