/// \file
/// Schema: the types of fields, read from JSON. Given to Compile (compile.hpp); docs/semantics.md section 3.5 says what
/// a type changes. Needs the library eqlc_compiler.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "eqlc/result.hpp"

namespace eqlc {

/// Types of fields as a user knows them; fields it does not have may still be of the built-in ECS types.
///
/// Two forms, told apart by the key `mappings`:
///   - a map: `{"source.ip": "ip", "event.created": {"type": "date", "format": "epoch_second"}}`
///   - what Elasticsearch's `GET /index/_mapping` gives: `{"index": {"mappings": {"properties": {...}}}}`, also without
///     the index's name, with nested properties and multi-fields
/// Beside `type`, `format`, `null_value`, `path` (of an alias), `properties` and `fields` count; other keys do not.
///
/// Thread-safety: immutable.
class Schema {
 public:
  ~Schema();
  Schema(const Schema&) = delete;
  Schema& operator=(const Schema&) = delete;

  /// Reads files one over the other: where two name a field, the later one wins.
  static Result<std::shared_ptr<const Schema>> Load(const std::vector<std::string>& paths);
  static Result<std::shared_ptr<const Schema>> Parse(std::string_view json);

  /// Fields with a type, aliases and multi-fields included.
  size_t field_count() const;

  /// For the library's own use (compiler/schema/schema.h).
  struct Impl;
  explicit Schema(std::unique_ptr<Impl> impl);
  const Impl& impl() const { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace eqlc
