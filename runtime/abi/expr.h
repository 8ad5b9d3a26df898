// ExprNode: the expression language of IR and image. One node array for all rules of a program, hash-consed: equal
// expressions are one node. Arguments have smaller ids than the node, so the array is a topological order.
//
// Two sorts (docs/ir.md):
//   value expressions   three-valued: a Value, null when unknown
//   conditions          two-valued: true or false
// A leaf turns the former into the latter: it is true when some choice of one value for each field below it (null for
// a missing field) makes its argument true. Conditions are and/or over leaves, negated leaves and array searches.
#pragma once

#include <cstdint>

namespace eqlc::abi {

using ExprId = uint32_t;
using FieldId = uint32_t;
using LiteralId = uint32_t;
using LeafId = uint32_t;
using ConditionId = uint32_t;
using ScopeId = uint32_t;     // a variable of an array search
using VarId = uint32_t;       // of a search in a list: how many searches stand around it
using FunctionId = uint32_t;  // index into the module's or image's own function list

inline constexpr uint32_t kNone = UINT32_MAX;

// Columns of EQLC_OPS: name, printed form, number of arguments (-1: any number), what `aux` means.
#define EQLC_OPS(X)                                                                                        \
  /* value expressions */                                                                                  \
  X(Const, "const", 0, LiteralId)                                                                          \
  X(Field, "field", 0, FieldId)                                                                            \
  X(Neg, "neg", 1, none)                                                                                   \
  X(Add, "add", 2, none)                                                                                   \
  X(Sub, "sub", 2, none)                                                                                   \
  X(Mul, "mul", 2, none)                                                                                   \
  X(Div, "div", 2, none)                                                                                   \
  X(Mod, "mod", 2, none)                                                                                   \
  X(Eq, "eq", 2, none)                                                                                     \
  X(Lt, "lt", 2, none)                                                                                     \
  X(Le, "le", 2, none)                                                                                     \
  X(Gt, "gt", 2, none)                                                                                     \
  X(Ge, "ge", 2, none)                                                                                     \
  X(And, "and", -1, none) /* three-valued */                                                               \
  X(Or, "or", -1, none)   /* three-valued */                                                               \
  X(Not, "not", 1, none)  /* three-valued */                                                               \
  X(IsNull, "is_null", 1, none)                                                                            \
  X(In, "in", -1, none)           /* operand, then constants; kFold compares strings without ASCII case */ \
  X(Like, "like", -1, none)       /* operand, then string constants with wildcards; kFold */               \
  X(Regex, "regex", -1, none)     /* operand, then string constants in the Lucene dialect; kFold */        \
  X(Call, "call", -1, FunctionId) /* kFold: the `~` form */                                                \
  X(Truth, "truth", 1, none)      /* false for zero and for what is empty, else true; null stays null */   \
  X(At, "at", 2, none)            /* a list's element by number, an object's member by name */             \
  X(Var, "var", 0, VarId)         /* the element that the search `aux` looks at */                         \
  X(Search, "search", 2, VarId)   /* list, condition: true for some element? False for what is no list */  \
  X(Count, "count", 2, VarId)     /* list, condition: for how many elements */                             \
  /* conditions */                                                                                         \
  X(Leaf, "leaf", 1, LeafId)                                                                               \
  X(Never, "never", 1, none)               /* the negation of a leaf or any_element */                     \
  X(All, "all", -1, none)                  /* no arguments: true */                                        \
  X(Any, "any", -1, none)                  /* no arguments: false */                                       \
  X(AnyElement, "any_element", 1, ScopeId) /* some element bound to the scope satisfies the argument */

enum class Op : uint8_t {
#define X(name, text, arity, aux) k##name,
  EQLC_OPS(X)
#undef X
};

enum ExprFlags : uint8_t {
  kFold = 1,    // strings compare without ASCII case
  kPython = 2,  // python-eql's reading of the operator: docs/ir.md has the table
};

// An operator with its flags in one byte, for the helpers of native.h.
inline constexpr uint8_t PackOp(Op op, uint8_t flags) {
  return static_cast<uint8_t>(static_cast<uint8_t>(op) | flags << 6);
}
inline constexpr Op UnpackOp(uint8_t packed) { return static_cast<Op>(packed & 63); }
inline constexpr uint8_t UnpackFlags(uint8_t packed) { return packed >> 6; }
static_assert(static_cast<uint8_t>(Op::kAnyElement) < 64);

struct ExprNode {
  Op op;
  uint8_t flags;
  uint16_t unused;
  uint32_t aux;        // see EQLC_OPS; kNone where there is none
  uint32_t first_arg;  // index into the argument array
  uint32_t arg_count;
};

static_assert(sizeof(ExprNode) == 16);

inline bool IsCondition(Op op) { return op >= Op::kLeaf; }

}  // namespace eqlc::abi
