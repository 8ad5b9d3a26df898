#include "compiler/opt/set_leaf.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "compiler/ir/fold.h"
#include "compiler/ir/text_equality.h"
#include "eqlc/limits.hpp"
#include "runtime/value/ascii.h"
#include "runtime/value/glob.h"
#include "runtime/value/utf8.h"

namespace eqlc::opt {
namespace {

using abi::ValueKind;
using ir::ExprId;
using ir::ExprNode;
using ir::Literal;
using ir::Op;

// Pairs of members that Includes compares at most.
constexpr size_t kMaxComparedMembers = 4'096;

bool IsText(const Literal& literal) { return literal.kind == ValueKind::kString; }
template <typename Set>
bool IsPython(const Set& set) {
  return (set.flags & abi::kPython) != 0;
}
template <typename Set>
bool IsFolded(const Set& set) {
  return (set.flags & abi::kFold) != 0;
}

bool HasLetter(std::string_view text) { return std::ranges::any_of(text, ascii::IsLetter); }

bool HasWildcard(std::string_view text, bool python) {
  return text.find_first_of(python ? "*" : "*?") != std::string_view::npos;
}

// Only strings equal it, and a pattern without wildcards means it.
bool IsPlainText(const Literal& member, bool python) {
  return IsText(member) && utf8::IsValid(member.text) && (python || !ir::EqualsNonString(member.text));
}

// Whether the member means the same with kFold and without.
bool IsCaseless(const Literal& member) { return !IsText(member) || !HasLetter(member.text); }

bool IsCaseless(const SetLeaf& set) {
  return std::ranges::all_of(set.members, [](const Literal& member) { return IsCaseless(member); });
}

// --- reading ---

// A function that is a pattern with stars around its second argument.
struct StarredCall {
  std::string_view name;
  std::string_view before;
  std::string_view behind;
};
constexpr StarredCall kStarredCalls[] = {{"startsWith", "", "*"}, {"endsWith", "*", ""}, {"stringContains", "*", "*"}};

std::optional<SetLeaf> ReadCall(const ir::Module& module, const ExprNode& node, std::span<const ExprId> args) {
  const auto call = std::ranges::find(kStarredCalls, module.functions()[node.aux], &StarredCall::name);
  if (call == std::end(kStarredCalls) || args.size() != 2) return std::nullopt;
  if (module.expr(args[0]).op == Op::kConst || module.expr(args[1]).op != Op::kConst) return std::nullopt;
  const Literal& part = module.literals()[module.expr(args[1]).aux];
  // No text contains the empty one, though `**` matches all.
  if (!IsText(part) || part.text.empty() || HasWildcard(part.text, false) || !utf8::IsValid(part.text)) {
    return std::nullopt;
  }
  Literal pattern = part;
  pattern.text = std::string(call->before).append(part.text).append(call->behind);
  return SetLeaf{args[0], Op::kLike, node.flags, {std::move(pattern)}};
}

// --- the one spelling ---

void CollapseStars(std::string& pattern) {
  const auto is_run = [](char a, char b) { return a == '*' && b == '*'; };
  pattern.erase(std::unique(pattern.begin(), pattern.end(), is_run), pattern.end());
}

void NormalizePatterns(SetLeaf& set) {
  for (Literal& member : set.members) CollapseStars(member.text);
  const bool everything = std::ranges::any_of(set.members, [](const Literal& member) { return member.text == "*"; });
  if (everything) set.members = {Literal{ValueKind::kString, 0, "*"}};
}

// A text that a number or boolean may equal keeps its case: `in~ ("TRUE")` takes the text "true", not the boolean.
void NormalizeCase(SetLeaf& set) {
  if (!IsFolded(set)) return;
  for (Literal& member : set.members) {
    const bool texts_only = set.op == Op::kLike || IsPlainText(member, IsPython(set));
    if (IsText(member) && texts_only) member.text = ascii::Fold(member.text);
  }
  if (IsCaseless(set)) set.flags &= static_cast<uint8_t>(~abi::kFold);
}

// The operator that a set of texts without wildcards has; both mean the same. It is the one that rules mostly use, so
// that most leaves stay what they are: `:` without case, `==` with it and in python-eql.
Op OperatorOfTexts(uint8_t flags) { return flags == abi::kFold ? Op::kLike : Op::kIn; }

void NormalizeOperator(SetLeaf& set) {
  const Op op = OperatorOfTexts(set.flags);
  if (set.op == op) return;
  const bool python = IsPython(set);
  const auto is_either = [&](const Literal& member) {
    return IsPlainText(member, python) && !HasWildcard(member.text, python);
  };
  if (std::ranges::all_of(set.members, is_either)) set.op = op;
}

void NormalizeOrder(SetLeaf& set) {
  const auto before = [](const Literal& a, const Literal& b) { return ir::Before(a.value(), b.value()); };
  if (!std::ranges::is_sorted(set.members, before)) std::ranges::sort(set.members, before);
  const auto repeated = std::ranges::unique(set.members);
  set.members.erase(repeated.begin(), repeated.end());
}

// --- uniting ---

// The set with another operator or without case, if it has such a form.
bool CanBe(const SetLeaf& set, Op op, bool fold) {
  if (IsFolded(set) != fold && !IsCaseless(set)) return false;
  if (set.op == op) return true;
  // What MakeSetLeaf left a pattern is one.
  if (op == Op::kIn) return false;
  return std::ranges::all_of(set.members, [&](const Literal& member) {
    return IsPlainText(member, IsPython(set)) && !HasWildcard(member.text, IsPython(set));
  });
}

// --- including ---

// A member of the smaller set, and what of it counts.
struct Member {
  Member(const SetView& set, const Literal& member)
      : literal(member),
        is_folded(IsFolded(set) && !IsCaseless(member)),
        is_pattern(set.op == Op::kLike && HasWildcard(member.text, IsPython(set))),
        texts_only(set.op == Op::kLike || IsPlainText(member, IsPython(set))) {}

  const Literal& literal;
  bool is_folded;   // also other cases than the one written
  bool is_pattern;  // more texts than one
  bool texts_only;  // no number or boolean
};

// Every value that the member takes is in `b` because of `other`.
bool Covers(const SetView& b, const Literal& other, const Member& member) {
  if (member.is_folded && !IsFolded(b)) return false;
  // Numbers and booleans: by the same constant only.
  if (!member.texts_only) return b.op == Op::kIn && other == member.literal;
  if (!IsText(other)) return false;
  const std::string& text = member.literal.text;
  if (b.op == Op::kIn) return !member.is_pattern && ascii::Equal(text, other.text, IsFolded(b));
  // A star of the member is matched by a star alone, so whatever stands in its place is, too. Not so by `?`.
  if (member.is_pattern && !IsPython(b) && other.text.find('?') != std::string::npos) return other == member.literal;
  return GlobMatch(other.text, text, IsFolded(b), IsPython(b));
}

// --- spelling ---

bool IsLower(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

// Whether MakeSetLeaf would make the same leaf; false where it takes more than a glance to tell.
bool IsSpelled(const ir::Module& module, ExprId leaf, const SetView& set) {
  if (set.members.size() == 1 && module.expr(module.args(leaf)[0]).op == Op::kIn) return false;
  if (set.op == Op::kIn && !IsFolded(set)) return true;
  const bool folded = IsFolded(set);
  bool has_letter = false, has_wildcard = set.op == OperatorOfTexts(set.flags);
  if (set.op == Op::kIn && !has_wildcard) return false;
  for (const ExprId id : set.members) {
    const Literal& member = module.literals()[module.expr(id).aux];
    if (!IsText(member) || (folded && !IsLower(member.text))) return false;
    if (member.text == "*" ? set.members.size() > 1 : member.text.find("**") != std::string::npos) return false;
    has_letter |= HasLetter(member.text);
    has_wildcard |= HasWildcard(member.text, IsPython(set));
  }
  return has_letter >= folded && has_wildcard;
}

}  // namespace

std::optional<SetView> ViewSet(const ir::Module& module, ExprId leaf) {
  const ExprId argument = module.args(leaf)[0];
  const ExprNode& node = module.expr(argument);
  if (node.op != Op::kEq && node.op != Op::kIn && node.op != Op::kLike) return std::nullopt;
  const auto args = module.args(argument);
  if (module.expr(args[0]).op == Op::kConst) return std::nullopt;
  for (const ExprId arg : args.subspan(1)) {
    if (module.expr(arg).op != Op::kConst) return std::nullopt;
    // Python-eql's null equals null.
    if (module.literals()[module.expr(arg).aux].kind == ValueKind::kNull) return std::nullopt;
  }
  return SetView{args[0], node.op == Op::kLike ? Op::kLike : Op::kIn, node.flags, args.subspan(1)};
}

std::optional<SetLeaf> ReadSetLeaf(const ir::Module& module, ExprId leaf) {
  const ExprId argument = module.args(leaf)[0];
  if (module.expr(argument).op == Op::kCall) return ReadCall(module, module.expr(argument), module.args(argument));
  const std::optional<SetView> view = ViewSet(module, leaf);
  if (!view) return std::nullopt;
  SetLeaf set{view->operand, view->op, view->flags};
  for (const ExprId member : view->members) set.members.push_back(module.literals()[module.expr(member).aux]);
  return set;
}

ExprId MakeSetLeaf(ir::Module& module, SetLeaf set) {
  if (set.op == Op::kLike) NormalizePatterns(set);
  NormalizeCase(set);
  NormalizeOperator(set);
  NormalizeOrder(set);
  std::vector<ExprId> args = {set.operand};
  for (Literal& member : set.members) args.push_back(module.Const(std::move(member)));
  const Op op = set.op == Op::kIn && args.size() == 2 ? Op::kEq : set.op;
  const ExprId argument = module.Make(op, args, abi::kNone, set.flags);
  return module.Make(Op::kLeaf, {&argument, 1});
}

ExprId SpellSetLeaf(ir::Module& module, ExprId leaf) {
  const std::optional<SetView> view = ViewSet(module, leaf);
  if (view && IsSpelled(module, leaf, *view)) return leaf;
  std::optional<SetLeaf> set = ReadSetLeaf(module, leaf);
  return set ? MakeSetLeaf(module, std::move(*set)) : leaf;
}

bool Unite(SetLeaf& set, const SetLeaf& other) {
  if (IsPython(set) != IsPython(other)) return false;
  if (set.members.size() + other.members.size() > limits::kMaxTestsPerClause) return false;
  const Op op = set.op == other.op ? set.op : Op::kLike;
  for (const uint8_t flags : {set.flags, other.flags}) {
    const bool fold = (flags & abi::kFold) != 0;
    if (!CanBe(set, op, fold) || !CanBe(other, op, fold)) continue;
    set.op = op;
    set.flags = flags;
    set.members.insert(set.members.end(), other.members.begin(), other.members.end());
    return true;
  }
  return false;
}

bool Includes(const ir::Module& module, const SetView& b, const SetView& a) {
  if (IsPython(a) != IsPython(b) || a.members.size() * b.members.size() > kMaxComparedMembers) return false;
  const auto literal = [&](ExprId id) -> const Literal& { return module.literals()[module.expr(id).aux]; };
  return std::ranges::all_of(a.members, [&](ExprId id) {
    const Member member(a, literal(id));
    return std::ranges::any_of(b.members, [&](ExprId other) { return Covers(b, literal(other), member); });
  });
}

}  // namespace eqlc::opt
