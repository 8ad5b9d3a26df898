// Fields against the schema: names, types that queries can use, and join keys that can be equal (docs/semantics.md
// sections 1.8, 2.4 and 3.5). Only what the user's schema says is an error.
// Tested by tests/unit/compiler/sema/check_field_test.cpp.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/sema/checker.h"

namespace eqlc::sema {
namespace {

Type ToType(FieldFamily family) {
  switch (family) {
    case FieldFamily::kText:
      return Type::kString;
    case FieldFamily::kNumber:
      return Type::kNumber;
    case FieldFamily::kBool:
      return Type::kBool;
    case FieldFamily::kIp:
      return Type::kIp;
    case FieldFamily::kDate:
      return Type::kDate;
    case FieldFamily::kVersion:
      return Type::kVersion;
    case FieldFamily::kUnknown:
    case FieldFamily::kObject:
    case FieldFamily::kNested:
    case FieldFamily::kOther:
      return Type::kAny;
  }
  return Type::kAny;
}

}  // namespace

void Checker::CheckFieldType(ast::ExprId id, const ast::FieldRef& field) {
  if (fields_ == nullptr) return;
  const KnownField& known = fields_->Find(field.path);
  info(id).field = &known;
  if (!known.known) return ReportUnknownField(id, field);
  if (!known.declared) return;
  info(id).type = ToType(known.family());
  RefuseFieldType(id, field, known);
}

// Section 3.3: an optional field that no index has is the literal null.
void Checker::ReportUnknownField(ast::ExprId id, const ast::FieldRef& field) {
  const Span span = ast_[id].span;
  if (fields_->strict() && field.optional) {
    info(id).type = Type::kNull;
    info(id).constant = true;
  } else if (fields_->strict()) {
    std::string message = fmt::format("Unknown column [{}]", field.path);
    const std::string& suggestion = fields_->SuggestionFor(field.path);
    if (!suggestion.empty()) message += fmt::format(", did you mean [{}]?", suggestion);
    sink_.Report(Code::kUnknownField, span, std::move(message))
        .hints.push_back("the schema has no such field; write `?` before a field that need not exist");
  } else if (const std::string& suggestion = fields_->SuggestionFor(field.path); !suggestion.empty()) {
    sink_.Report(Code::kSuspectField, span, fmt::format("the field `{}` is not known", field.path))
        .hints.push_back(fmt::format("did you mean `{}`?", suggestion));
  }
}

void Checker::RefuseFieldType(ast::ExprId id, const ast::FieldRef& field, const KnownField& known) {
  const Span span = ast_[id].span;
  if (!known.nested.empty()) {
    sink_.Report(Code::kUnusableField, span,
                 fmt::format("Cannot use field [{}] type [{}] due to nested fields not being supported yet", field.path,
                             known.type_name));
  } else if (known.family() == FieldFamily::kObject) {
    sink_.Report(Code::kUnusableField, span,
                 fmt::format("Cannot use field [{}] type [{}] only its subfields", field.path, known.type_name));
  } else if (known.family() == FieldFamily::kOther) {
    sink_.Report(Code::kUnusableField, span,
                 fmt::format("Cannot use field [{}] with unsupported type [{}]", field.path, known.type_name));
  }
}

// The items' own keys, by position, with those of the first; a shared key is the same field everywhere.
void Checker::CheckKeyTypes(const std::vector<const ast::SequenceItem*>& items) {
  for (const ast::SequenceItem* item : items) {
    const size_t count = std::min(item->keys.size(), items[0]->keys.size());
    for (size_t i = 0; i < count; ++i) CheckKeyType(items[0]->keys[i], item->keys[i]);
  }
}

void Checker::CheckKeyType(ast::ExprId first, ast::ExprId other) {
  const KnownField* a = info(first).field;
  const KnownField* b = info(other).field;
  if (a == nullptr || b == nullptr || !a->declared || !b->declared || a->family() == b->family()) return;
  if (info(first).type == Type::kAny || info(other).type == Type::kAny) return;
  sink_.Report(
      Code::kKeyType, ast_[other].span,
      fmt::format("Sequence key [{}] type [{}] is incompatible with key [{}] type [{}]", Text(other),
                  GetFieldTypeInfo(b->type).mapping_name, Text(first), GetFieldTypeInfo(a->type).mapping_name));
}

}  // namespace eqlc::sema
