// FieldCatalog: what one compilation knows of the fields that its queries name, from the user's schema and, where that
// is silent, from the built-in table. A type of the latter never makes a rule fail: events need not be ECS.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "compiler/schema/schema.h"

namespace eqlc {

struct KnownField {
  FieldType type = FieldType::kUnknown;
  bool known = false;
  bool declared = false;       // by the user's schema
  std::string_view path;       // where events hold its values; another field's for aliases and multi-fields
  std::string_view type_name;  // as the schema writes it
  std::string_view nested;     // the field of type nested that it is, or is below; empty: none
  std::string date_formats;    // of dates
  MappedScalar null_value;     // see SchemaField

  FieldFamily family() const { return FamilyOf(type); }
};

// Thread-safety: none; one per compilation. The schema must outlive it.
class FieldCatalog {
 public:
  // `strict`: the schema has every field there is. Without schema, `strict` means nothing.
  FieldCatalog(const Schema* schema, bool strict);

  bool strict() const { return strict_; }
  // The reference is valid as long as the catalog; the same for the same path.
  const KnownField& Find(std::string_view path);
  // The known field that one that is not known was perhaps meant to be; empty: none.
  const std::string& SuggestionFor(std::string_view path);

 private:
  KnownField LookUp(std::string_view path) const;
  bool FromSchema(std::string_view path, KnownField& out) const;
  bool FromBuiltin(std::string_view path, KnownField& out) const;
  bool IsDeclaredObject(std::string_view path) const;
  std::string Suggest(std::string_view path) const;

  const Schema* schema_;
  const bool strict_;
  std::unordered_map<std::string, KnownField> cache_;
  std::unordered_map<std::string, std::string> suggestions_;
};

}  // namespace eqlc
