#include <utility>

#include "compiler/syntax/ast.h"

namespace eqlc::ast {

std::optional<EventIndex> EventIndexOf(const FieldRef& field) {
  if (field.plain_size != 6 || !field.path.starts_with("events") || field.steps.size() < 2) return std::nullopt;
  if (!field.steps[0].is_index || field.steps[1].is_index) return std::nullopt;
  EventIndex result{field.steps[0].index, {}};
  bool plain = true;
  for (size_t i = 1; i < field.steps.size(); ++i) {
    const PathStep& step = field.steps[i];
    plain &= !step.is_index;
    if (!step.is_index) result.field.path += (i == 1 ? "" : ".") + step.name;
    if (plain) {
      result.field.plain_size = result.field.path.size();
    } else {
      result.field.subscripted = true;
      result.field.steps.push_back(step);
    }
  }
  return result;
}

}  // namespace eqlc::ast
