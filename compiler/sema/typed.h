// What sema knows of a query beyond its AST: a side table per node, so that the tree itself is never rewritten.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/schema/field_catalog.h"
#include "compiler/syntax/ast.h"
#include "eqlc/compile.hpp"
#include "runtime/functions/function.h"

namespace eqlc {

// Static type of an expression. kAny: a field, whose type only the event knows. A field has another one only when the
// user's schema says so; kIp, kDate and kVersion are of fields alone.
enum class Type : uint8_t { kAny, kNull, kBool, kNumber, kString, kIp, kDate, kVersion };

struct ExprInfo {
  Type type = Type::kAny;
  bool constant = false;               // no field below it
  const Function* function = nullptr;  // of a Call
  bool array_search = false;           // a Call that is one
  const KnownField* field = nullptr;   // of a FieldRef, when there is a catalog
};

struct SemaOptions {
  Dialect dialect = Dialect::kElastic;  // never kAuto
  bool case_sensitive = false;          // python-eql's dialect: texts differ by case
  bool any_type = false;                // an event query's condition need not be boolean
  FieldCatalog* fields = nullptr;       // null: nothing is known of any field
};

// A checked query. `ast` and the field catalog must outlive it.
struct TypedQuery {
  const ast::Ast* ast = nullptr;
  std::vector<ExprInfo> info;  // by ast::ExprId
  SemaOptions options = {};
};

// Checks names, types, sequences and pipes (docs/semantics.md sections 1.8, 2.4 to 2.6, 3, 4). Reports everything it
// finds; returns nothing when it found an error.
std::optional<TypedQuery> Check(const ast::Ast& ast, const SemaOptions& options, DiagnosticSink& sink);

// One line per expression node: its text, type and constness; for `dump --stage=typed`.
std::string DumpTyped(const TypedQuery& query);

}  // namespace eqlc
