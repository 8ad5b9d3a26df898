#include "runtime/event/element_table.h"

#include <algorithm>
#include <cassert>

#include "eqlc/limits.hpp"

namespace eqlc {
namespace {

// The field as it is in the event, before any scope narrows it down.
abi::FieldId SourceOf(std::span<const abi::ImageField> fields, abi::FieldId field) {
  return fields[field].role == abi::FieldRole::kMember ? fields[field].source : field;
}

}  // namespace

ElementLayout::ElementLayout(std::span<const abi::ImageField> fields, std::span<const abi::ImageScope> scope_list) {
  for (const abi::ImageScope& scope : scope_list)
    scopes.push_back({ArrayOf(fields, SourceOf(fields, scope.array)), {}});
  for (abi::FieldId id = 0; id < fields.size(); ++id) {
    if (fields[id].role != abi::FieldRole::kMember) continue;
    const abi::FieldId source = fields[id].source;
    Scope& scope = scopes[fields[id].scope];
    std::vector<abi::FieldId>& columns = arrays[scope.array].columns;
    const auto column = std::find(columns.begin(), columns.end(), source);
    scope.members.push_back({id, source, static_cast<uint32_t>(column - columns.begin())});
    if (column == columns.end()) columns.push_back(source);
  }
}

uint32_t ElementLayout::ArrayOf([[maybe_unused]] std::span<const abi::ImageField> fields, abi::FieldId field) {
  assert(fields[field].role == abi::FieldRole::kElements);
  const auto known = std::find_if(arrays.begin(), arrays.end(), [&](const Array& a) { return a.field == field; });
  if (known != arrays.end()) return static_cast<uint32_t>(known - arrays.begin());
  arrays.push_back({field, {}});
  return static_cast<uint32_t>(arrays.size() - 1);
}

}  // namespace eqlc

namespace eqlc::abi {

ElementTable::ElementTable(const ElementLayout& layout, std::span<FieldSlot> slots)
    : layout_(layout),
      slots_(slots),
      array_of_(slots.size(), kNone),
      rows_(layout.arrays.size()),
      is_bound_(layout.scopes.size(), false) {
  for (uint32_t i = 0; i < layout.arrays.size(); ++i) array_of_[layout.arrays[i].field] = i;
}

void ElementTable::Clear() {
  for (uint32_t i = 0; i < rows_.size(); ++i) {
    rows_[i].begins.clear();
    rows_[i].open = false;
    slots_[layout_.arrays[i].field] = {};
  }
  for (const ScopeId scope : bound_) {
    for (const ElementLayout::Member& member : layout_.scopes[scope].members) slots_[member.member] = {};
    is_bound_[scope] = false;
  }
  bound_.clear();
}

// Elements beyond the limit are not searched; the row behind the last one keeps their values out of it.
void ElementTable::Begin(FieldId array) {
  const uint32_t index = array_of_[array];
  if (index == kNone) return;  // no scope ranges over it
  Rows& rows = rows_[index];
  rows.open = false;
  FieldSlot& slot = slots_[array];
  const std::vector<FieldId>& columns = layout_.arrays[index].columns;
  if (rows.begins.size() > slot.count * columns.size()) return;
  for (const FieldId column : columns) {
    rows.begins.push_back(slots_[column].count);
    // What dotted keys say of an array inside this element has nothing to do with those of the last one.
    if (array_of_[column] != kNone) rows_[array_of_[column]].open = false;
  }
  if (slot.count < limits::kMaxElementsPerArray) ++slot.count;
}

void ElementTable::BeginUnlessOpen(FieldId array) {
  const uint32_t index = array_of_[array];
  if (index == kNone || rows_[index].open) return;
  Begin(array);
  rows_[index].open = true;
}

void ElementTable::Bind(ScopeId scope, uint32_t element) {
  if (!is_bound_[scope]) bound_.push_back(scope);
  is_bound_[scope] = true;
  const ElementLayout::Scope& view = layout_.scopes[scope];
  const size_t width = layout_.arrays[view.array].columns.size();
  const std::vector<uint32_t>& begins = rows_[view.array].begins;
  for (const ElementLayout::Member& member : view.members) {
    const FieldSlot& source = slots_[member.source];
    const size_t at = element * width + member.column;
    const uint32_t begin = begins[at];
    const uint32_t end = at + width < begins.size() ? begins[at + width] : source.count;
    slots_[member.member] = {source.first + begin, end - begin, 0, 0};
  }
}

}  // namespace eqlc::abi
