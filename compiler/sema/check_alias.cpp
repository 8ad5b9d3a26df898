// Item aliases and references to them (docs/semantics.md section 5.11).
// Tested by tests/unit/compiler/sema/check_alias_test.cpp.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/sema/checker.h"

namespace eqlc::sema {

void Checker::FindAliases() {
  const auto* sequence = std::get_if<ast::Sequence>(&ast_.query.body);
  if (sequence == nullptr || dialect_ != Dialect::kEndpoint) return;
  for (size_t i = 0; i < sequence->items.size(); ++i) {
    const ast::SequenceItem& item = sequence->items[i];
    if (item.alias.empty()) continue;
    if (item.missing) {
      sink_.Report(Code::kBadAlias, item.span,
                   fmt::format("a missing event cannot have a name; found [as {}]", item.alias));
    } else if (std::ranges::find(aliases_, item.alias, &Alias::name) != aliases_.end()) {
      sink_.Report(Code::kBadAlias, item.span, fmt::format("an item before this one is called [{}], too", item.alias));
    } else {
      aliases_.push_back({item.alias, static_cast<uint32_t>(i) + 1});
    }
  }
}

bool Checker::IsAliasReference(const ast::FieldRef& field) const {
  const size_t dot = field.path.find('.');
  if (dot == std::string::npos || field.variable) return false;
  return std::ranges::find(aliases_, std::string_view(field.path).substr(0, dot), &Alias::name) != aliases_.end();
}

void Checker::CheckAliasReference(ast::ExprId id, const ast::FieldRef& field) {
  const std::string_view name = std::string_view(field.path).substr(0, field.path.find('.'));
  const auto alias = std::ranges::find(aliases_, name, &Alias::name);
  const Place& place = places_[id.value];
  if (place.item > alias->item) return;
  sink_
      .Report(Code::kBadAlias, ast_[id].span,
              place.item == 0 ? fmt::format("[{}] cannot be read here", field.path)
                              : fmt::format("[{}] is no item before this one", name))
      .hints.push_back("an alias is known in the filters of later items that are not missing");
}

}  // namespace eqlc::sema
