// The AST of one query, as written: names unresolved, nothing folded, nothing lowered. Nodes live in one array per Ast
// and refer to each other by ExprId; a node's children have smaller ids than the node, so passes that need no order of
// their own are plain loops and nothing is destroyed recursively. What Parse returns is at most
// limits::kMaxQueryNesting nodes deep, so a recursive walk on a thread with kParserStackBytes is safe.
//
// The AST covers the union of all dialects (docs/semantics.md section 2); sema says what a dialect forbids.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/support/ids.h"
#include "compiler/support/source.h"

namespace eqlc::ast {

using ExprId = Id<struct AstExprTag>;

// --- expressions ---

struct NullLiteral {};
struct BoolLiteral {
  bool value;
};
// Integers are at most UINT64_MAX; beyond that the lexer gives a double (docs/semantics.md section 1.5).
struct IntLiteral {
  uint64_t value;
};
struct DoubleLiteral {
  double value;
};
// How a string was quoted. All but kStandard belong to python-eql; sema refuses them elsewhere
// (LegacyQuotesMessage in literals.h).
enum class Quotes : uint8_t {
  kStandard /* "x" or """x""" */,
  kSingle /* 'x' */,
  kRawDouble /* ?"x" */,
  kRawSingle /* ?'x' */
};
struct StringLiteral {
  std::string value;  // unescaped
  Quotes quotes = Quotes::kStandard;
};

// `.name` or `[index]`.
struct PathStep {
  bool is_index = false;
  std::string name = {};
  uint64_t index = 0;

  bool operator==(const PathStep&) const = default;
};

// `a.b.c`, `?a.b`, `a[0].b`, `$var.b`.
struct FieldRef {
  std::string path;          // dotted, back-quotes removed, without `?`, `$` and subscripts
  bool optional = false;     // `?a.b`
  bool variable = false;     // `$var...`: path's first component is the variable's name
  bool subscripted = false;  // had `[n]` somewhere (`path` does not show where)
  // Of a subscripted field: how much of `path` stands before the first subscript, and the steps from there on.
  size_t plain_size = 0;
  std::vector<PathStep> steps = {};
};

// `events[1].pid`: a field of another event of a pipe's row.
struct EventIndex {
  uint64_t event;
  FieldRef field;
};
// Nothing for any other field.
std::optional<EventIndex> EventIndexOf(const FieldRef& field);

struct Call {
  std::string name;          // as written, without `~`
  bool insensitive = false;  // `name~(...)`
  Span name_span;
  std::vector<ExprId> args;
};

enum class UnaryOp : uint8_t { kPlus, kMinus };
struct Unary {
  UnaryOp op;
  ExprId operand;
};

enum class ArithOp : uint8_t { kAdd, kSub, kMul, kDiv, kMod };
struct Arith {
  ArithOp op;
  ExprId left, right;
};

enum class CompareOp : uint8_t { kEq, kNe, kLt, kLe, kGt, kGe };
struct Compare {
  CompareOp op;
  Span op_span;
  ExprId left, right;
};

// n-ary, at least two operands; flat as written (`a or b or c` is one node, `a or (b or c)` is two).
struct And {
  std::vector<ExprId> operands;
};
struct Or {
  std::vector<ExprId> operands;
};
struct Not {
  ExprId operand;
};

// `x in (...)`, `x not in~ (...)`.
struct In {
  ExprId operand;
  std::vector<ExprId> items;
  bool insensitive = false;
  bool negated = false;
};

enum class PatternOp : uint8_t { kSeq /* : */, kLike, kLikeInsensitive, kRegex, kRegexInsensitive };
// `x : "a*"`, `x like~ ("a*", "b*")`; items are literals.
struct Pattern {
  PatternOp op;
  ExprId operand;
  std::vector<ExprId> items;
  bool list = false;  // written with parentheses
};

enum class Lineage : uint8_t { kChild, kDescendant, kEvent };
struct EventFilter {
  std::string category;  // empty: `any`
  bool any = false;
  bool quoted = false;  // category written as string
  Span category_span;
  ExprId condition;
  Span span;
  Quotes quotes = Quotes::kStandard;  // of a quoted category
};
// `descendant of [process where ...]`.
struct LineageTerm {
  Lineage kind;
  EventFilter filter;
};

struct Expr {
  Span span;
  std::variant<NullLiteral, BoolLiteral, IntLiteral, DoubleLiteral, StringLiteral, FieldRef, Call, Unary, Arith,
               Compare, And, Or, Not, In, Pattern, LineageTerm>
      node;
};

// --- statements ---

struct TimeSpan {
  uint64_t count;
  int64_t nanoseconds;  // INT64_MAX when the span does not fit (292 years)
  std::string unit;     // ms s m h d
  Span span;
};

struct SequenceItem {
  EventFilter filter;
  bool missing = false;      // `![ ]`
  std::vector<ExprId> keys;  // `by`; FieldRefs when well-formed
  uint64_t runs = 1;
  bool has_runs = false;
  Span runs_span;
  std::string alias;  // `as event0`
  Span alias_span;
  bool fork = false;
  Span fork_span;
  bool has_fork = false;  // `fork` was written, true or not
  Span span;
};

struct EventQuery {
  EventFilter filter;
};

struct Sequence {
  std::vector<ExprId> keys;
  bool has_maxspan = false;
  TimeSpan maxspan;
  std::vector<SequenceItem> items;
  bool has_until = false;
  SequenceItem until;
};

struct Sample {
  std::vector<ExprId> keys;
  std::vector<SequenceItem> items;
};

// python-eql's `join`; the elastic dialect refuses it.
struct Join {
  std::vector<ExprId> keys;
  std::vector<SequenceItem> items;
  bool has_until = false;
  SequenceItem until;
};

struct Pipe {
  std::string name;
  Span name_span;
  std::vector<ExprId> args;
  Span span;
};

struct Query {
  std::variant<EventQuery, Sequence, Sample, Join> body;
  std::vector<Pipe> pipes;
  Span span;
};

struct Ast {
  std::vector<Expr> exprs;
  Query query;

  const Expr& operator[](ExprId id) const { return exprs[id.value]; }
};

}  // namespace eqlc::ast
