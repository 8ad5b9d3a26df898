// Folder: the value of a constant AST expression, three-valued, with the runtime's own operators
// (docs/semantics.md section 3.2). Tested by tests/unit/compiler/ir/fold_test.cpp.
#pragma once

#include <span>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/sema/typed.h"
#include "runtime/abi/expr.h"
#include "runtime/abi/value.h"
#include "runtime/program/matchers.h"
#include "runtime/value/scratch.h"

namespace eqlc::ir {

// What Elasticsearch calls a pattern list: the constants of a node that gets a matcher, and where they stand.
struct PatternList {
  std::vector<abi::Value> values;
  std::vector<Span> spans;
};

// Builds the matcher of `node` as number 0 of `matchers`, if it gets one. Reports a pattern that does not compile, at
// its place, and then returns false.
bool AddMatcher(const abi::ExprNode& node, const Function* function, const PatternList& patterns, Span whole,
                Matchers& matchers, DiagnosticSink& sink);

// Op and flags of the node that an `in` or a pattern becomes.
abi::ExprNode NodeOf(const ast::In& in);
abi::ExprNode NodeOf(const ast::Pattern& pattern);
abi::ExprNode NodeOf(const ast::Call& call);
abi::Op OpOf(ast::ArithOp op);
// Of `==` for `!=`.
abi::Op OpOf(ast::CompareOp op);

// The comparison with its sides exchanged.
abi::Op Mirror(abi::Op op);
// A total order of constants, by kind and then by value, so that equal sets are written alike.
bool Before(const abi::Value& a, const abi::Value& b);

// Strings of results live as long as the folder and the query.
class Folder {
 public:
  Folder(const TypedQuery& query, DiagnosticSink& sink) : query_(query), ast_(*query.ast), sink_(sink) {}

  // REQUIRES: the expression is constant. Reports what has no value (`1 / 0`) and gives null for it.
  abi::Value Fold(ast::ExprId id);
  // The constants of `ids` that are not null.
  PatternList FoldItems(std::span<const ast::ExprId> ids);

 private:
  std::vector<abi::Value> FoldAll(std::span<const ast::ExprId> ids);
  abi::Value Apply(abi::Op op, std::initializer_list<abi::Value> args);
  abi::Value Arithmetic(abi::Op op, std::initializer_list<abi::Value> args, Span span);
  abi::Value FoldCompare(const ast::Compare& compare);
  abi::Value FoldIn(const ast::In& in, Span span);
  abi::Value FoldPattern(const ast::Pattern& pattern, Span span);
  abi::Value FoldCall(const ast::Call& call, const Function& function, Span span);

  const TypedQuery& query_;
  const ast::Ast& ast_;
  DiagnosticSink& sink_;
  Scratch scratch_;
};

}  // namespace eqlc::ir
