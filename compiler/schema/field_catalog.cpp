// Tested by tests/unit/compiler/schema/field_catalog_test.cpp.
#include "compiler/schema/field_catalog.h"

#include <algorithm>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/schema/builtin_fields.h"
#include "runtime/value/date.h"

namespace eqlc {
namespace {

// A misspelling differs in a letter or two, and only in a path long enough that two letters are not another word.
constexpr size_t kLongPath = 12;

size_t AllowedDistance(std::string_view path) { return path.size() >= kLongPath ? 2 : 1; }

}  // namespace

FieldCatalog::FieldCatalog(const Schema* schema, bool strict) : schema_(schema), strict_(strict && schema != nullptr) {}

const KnownField& FieldCatalog::Find(std::string_view path) {
  const auto [it, added] = cache_.try_emplace(std::string(path));
  if (added) it->second = LookUp(it->first);
  return it->second;
}

// `path` outlives the catalog's entry: it is its key.
KnownField FieldCatalog::LookUp(std::string_view path) const {
  KnownField out;
  out.path = path;
  out.date_formats = kDefaultDateFormats;
  if (FromSchema(path, out)) return out;
  if (!strict_ && FromBuiltin(path, out)) return out;
  if (IsDeclaredObject(path)) {
    out.known = out.declared = true;
    out.type = FieldType::kObject;
    out.type_name = GetFieldTypeInfo(out.type).mapping_name;
  }
  return out;
}

const std::string& FieldCatalog::SuggestionFor(std::string_view path) {
  const auto [it, added] = suggestions_.try_emplace(std::string(path));
  if (added) it->second = Suggest(path);
  return it->second;
}

bool FieldCatalog::FromSchema(std::string_view path, KnownField& out) const {
  if (schema_ == nullptr) return false;
  const auto& fields = schema_->impl().fields;
  const auto found = fields.find(std::string(path));
  if (found == fields.end()) return false;
  const SchemaField* field = &found->second;
  // An alias is its target; one of an alias has no type.
  if (const auto target = fields.find(field->path); target != fields.end() && field->type == FieldType::kUnknown) {
    field = &target->second;
  }
  out.known = out.declared = true;
  out.type = field->type;
  out.path = field->path;
  out.type_name = field->type_name;
  if (!field->format.empty()) out.date_formats = field->format;
  out.null_value = field->null_value;
  for (size_t end = path.find('.');; end = path.find('.', end + 1)) {
    const auto parent = fields.find(std::string(path.substr(0, end)));
    if (parent != fields.end() && parent->second.type == FieldType::kNested) {
      out.nested = parent->first;
      break;
    }
    if (end == std::string_view::npos) break;
  }
  return true;
}

bool FieldCatalog::FromBuiltin(std::string_view path, KnownField& out) const {
  const auto& fields = BuiltinFields();
  auto found = fields.find(path);
  // ECS indexes many texts a second time below `.text`; events hold them once.
  constexpr std::string_view kTextField = ".text";
  if (found == fields.end() && path.ends_with(kTextField)) {
    found = fields.find(path.substr(0, path.size() - kTextField.size()));
    if (found != fields.end() && found->second != FieldType::kKeyword) return false;
  }
  if (found == fields.end()) return false;
  out.known = true;
  out.path = found->first;
  out.type = found->second;
  out.type_name = GetFieldTypeInfo(out.type).mapping_name;
  return true;
}

bool FieldCatalog::IsDeclaredObject(std::string_view path) const {
  if (schema_ == nullptr) return false;
  const std::string prefix = std::string(path) + '.';
  return std::ranges::any_of(schema_->impl().fields,
                             [&](const auto& field) { return field.first.starts_with(prefix); });
}

std::string FieldCatalog::Suggest(std::string_view path) const {
  std::vector<std::string_view> names;
  if (schema_ != nullptr) {
    for (const auto& [name, field] : schema_->impl().fields) names.push_back(name);
    std::ranges::sort(names);  // so that one of several equally near is always the same
  }
  if (strict_) return NearestName(path, names);
  // A name without dots is of another world than ECS: `process_name` is no slip.
  if (path.find('.') == std::string_view::npos) return {};
  const size_t allowed = AllowedDistance(path);
  for (const std::string_view name : BuiltinPaths()) {
    const size_t gap = name.size() > path.size() ? name.size() - path.size() : path.size() - name.size();
    if (gap <= allowed) names.push_back(name);
  }
  if (schema_ != nullptr) std::ranges::sort(names);
  return NearestName(path, names, std::min(path.size() / 3, allowed));
}

}  // namespace eqlc
