// Lowering of what the endpoint dialect has beyond Elasticsearch's: array searches, aliases and process relations
// (docs/semantics.md sections 4.3, 5.11 and 5.12). Tested by tests/unit/compiler/ir/build_search_test.cpp.
#include <algorithm>
#include <cassert>
#include <string_view>

#include "compiler/ir/builder.h"
#include "compiler/ir/lineage_kind.h"

namespace eqlc::ir {
namespace {

// `event0.file.path` -> `event0` and `file.path`.
std::pair<std::string_view, std::string_view> SplitFirst(std::string_view path) {
  const size_t dot = path.find('.');
  if (dot == std::string_view::npos) return {path, {}};
  return {path.substr(0, dot), path.substr(dot + 1)};
}

}  // namespace

// `_arraysearch(array, $name, condition)`. Members of an element are fields below the array's path.
ExprId Builder::ArraySearch(const ast::Call& call, bool negated) {
  const auto& array = std::get<ast::FieldRef>(ast_[call.args[0]].node);
  Variable variable{.name = std::get<ast::FieldRef>(ast_[call.args[1]].node).path, .scope = 0, .path = array.path};
  FieldId elements;
  if (array.variable) {
    const FieldId member = MemberOf(array);
    const FieldRef& ref = module_.field_refs()[member];
    variable.path = module_.fields()[ref.source];
    elements = module_.Member(ref.scope, module_.Elements(variable.path));
  } else {
    elements = module_.Elements(array.path);
  }
  variable.scope = module_.Scope(elements, static_cast<uint32_t>(variables_.size()));
  const ScopeId scope = variable.scope;
  variables_.push_back(std::move(variable));
  const ExprId condition = Spine(call.args[2], false);
  variables_.pop_back();
  const ExprId search = module_.Make(Op::kAnyElement, {&condition, 1}, scope);
  return negated ? module_.Negate(search) : search;
}

// A boolean field that the runtime sets, and a condition for it to watch.
ExprId Builder::Lineage(const ast::LineageTerm& term, bool negated) {
  const ConditionId source = module_.AddCondition(Filter(term.filter));
  const FieldId field = module_.LineageField(
      {.kind = KindOf(term.kind), .model = ProcessModelOfDialect(), .source = source, .field = abi::kNone});
  return Leaf(Strict(Op::kEq, {module_.Make(Op::kField, {}, field), Const(abi::Bool(true))}), negated);
}

// Entity ids are never used twice and every event of a process names its parent, so neither start nor end matters.
uint32_t Builder::ProcessModelOfDialect() {
  return module_.AddProcessModel({.process = module_.Field("process.entity_id"),
                                  .parent = module_.Field("process.parent.entity_id"),
                                  .ancestry = module_.Field("process.Ext.ancestry"),
                                  .link = abi::kNone,
                                  .end = abi::kNone});
}

FieldId Builder::FieldOf(ast::ExprId id) {
  const auto& ref = std::get<ast::FieldRef>(ast_[id].node);
  if (ref.variable) return MemberOf(ref);
  const auto [first, rest] = SplitFirst(ref.path);
  const auto alias = std::ranges::find(aliases_, first, &Alias::name);
  if (alias == aliases_.end() || rest.empty()) return module_.Field(PathOf(id));
  return module_.AliasField(alias->stage, rest);
}

// `$name.member`, or `$name` for the element's own value.
FieldId Builder::MemberOf(const ast::FieldRef& ref) {
  const auto [name, member] = SplitFirst(ref.path);
  const auto variable = std::find_if(variables_.rbegin(), variables_.rend(),
                                     [wanted = name](const Variable& v) { return v.name == wanted; });
  assert(variable != variables_.rend());
  std::string path = variable->path;
  if (!member.empty()) path.append(".").append(member);
  return module_.Member(variable->scope, module_.Field(path));
}

}  // namespace eqlc::ir
