// What the type of a field changes (docs/semantics.md section 3.5): literals become values of the type, and where the
// values of events have several spellings, the field goes through a hidden function of runtime/functions/ that gives
// them one. A literal that is no value of the type is an error when the user's schema has the type; a type that only
// the built-in table knows is given up with a warning. Tested by tests/unit/compiler/ir/build_typed_test.cpp.
#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <utility>

#include "compiler/ir/builder.h"
#include "compiler/support/overloaded.h"
#include "compiler/support/utf8.h"
#include "runtime/value/cidr.h"
#include "runtime/value/compare.h"
#include "runtime/value/date.h"
#include "runtime/value/number.h"

namespace eqlc::ir {
namespace {

constexpr std::string_view kDateMillis = "dateMillis";
constexpr std::string_view kDateNanos = "dateNanos";
constexpr std::string_view kIpOrder = "ipOrder";
constexpr std::string_view kVersionOrder = "versionOrder";
constexpr std::string_view kCidrMatch = "cidrMatch";

DateUnit UnitOf(const KnownField& field) {
  return field.type == FieldType::kDateNanos ? DateUnit::kNanos : DateUnit::kMillis;
}

std::string_view DateFunction(DateUnit unit) { return unit == DateUnit::kNanos ? kDateNanos : kDateMillis; }

bool IsExact(const DateSpan& date, DateUnit unit) {
  return CountOf(date.first, unit).payload.i64 == CountOf(date.last, unit).payload.i64;
}

bool IsBlock(const abi::Value& value) { return value.is_string() && ParseCidr(value.text()).has_value(); }

}  // namespace

Reading ReadingOf(const KnownField& field) {
  Reading reading;
  std::visit(Overloaded{[](std::monostate) {}, [&](bool b) { reading.null_value = Literal::Of(abi::Bool(b)); },
                        [&](int64_t i) { reading.null_value = Literal::Of(abi::Int(i)); },
                        [&](uint64_t u) { reading.null_value = Literal::Of(abi::Uint(u)); },
                        [&](double d) { reading.null_value = Literal::Of(abi::Double(d)); },
                        [&](const std::string& s) { reading.null_value = Literal::Of(abi::String(s)); }},
             field.null_value);
  if (field.family() == FieldFamily::kDate && field.date_formats != kDefaultDateFormats) {
    reading.date_formats = field.date_formats;
  }
  return reading;
}

std::string_view Builder::PathOf(ast::ExprId id) const {
  return field(id) != nullptr ? field(id)->path : std::get<ast::FieldRef>(ast_[id].node).path;
}

// A text that only the built-in table knows is left alone: events of other sources may write it as a number throughout.
abi::KeyType Builder::KeyTypeOf(ast::ExprId key) const {
  if (field(key) == nullptr) return abi::KeyType::kAsIs;
  switch (field(key)->family()) {
    case FieldFamily::kText:
    case FieldFamily::kVersion:
      return field(key)->declared ? abi::KeyType::kText : abi::KeyType::kAsIs;
    case FieldFamily::kNumber:
      return abi::KeyType::kNumber;
    case FieldFamily::kBool:
      return abi::KeyType::kBool;
    case FieldFamily::kIp:
      return abi::KeyType::kIp;
    case FieldFamily::kDate:
      // Elasticsearch shows the keys of samples as it indexes them.
      if (std::holds_alternative<ast::Sample>(ast_.query.body)) return abi::KeyType::kEpochMillis;
      return field(key)->type == FieldType::kDateNanos ? abi::KeyType::kDateNanos : abi::KeyType::kDateMillis;
    case FieldFamily::kUnknown:
    case FieldFamily::kObject:
    case FieldFamily::kNested:
    case FieldFamily::kOther:
      return abi::KeyType::kAsIs;
  }
  return abi::KeyType::kAsIs;
}

ExprId Builder::CompareSides(Op op, ast::ExprId left, ast::ExprId right) {
  const bool left_typed = IsField(left) && !constant(left) && constant(right);
  if (left_typed || (IsField(right) && !constant(right) && constant(left))) {
    const auto typed = left_typed ? CompareTyped(op, left, right) : CompareTyped(Mirror(op), right, left);
    if (typed) return *typed;
  }
  const ExprId left_value = Value(left);
  const ExprId right_value = Value(right);
  return CompareValues(op, left_value, right_value);
}

std::optional<ExprId> Builder::CompareTyped(Op op, ast::ExprId field_id, ast::ExprId literal) {
  const KnownField* known = field(field_id);
  if (known == nullptr || known->family() == FieldFamily::kUnknown) return std::nullopt;
  // Folded once: it may report.
  const abi::Value value = folder_.Fold(literal);
  const std::optional<ExprId> typed = value.is_null() ? std::nullopt : CompareValue(op, field_id, literal, value);
  if (typed) return *typed;
  const ExprId plain = Value(field_id);
  return CompareValues(op, plain, Const(value));
}

std::optional<ExprId> Builder::CompareValue(Op op, ast::ExprId field_id, ast::ExprId literal, const abi::Value& value) {
  const FieldFamily family = field(field_id)->family();
  if (family == FieldFamily::kIp) return CompareIp(op, field_id, literal, value);
  if (family == FieldFamily::kDate) return CompareDate(op, field_id, literal, value);
  if (family == FieldFamily::kVersion && op != Op::kEq) return CompareVersion(op, field_id, value);
  // Ordering a text and a number is by number, whatever the type (section 3.5).
  if (family == FieldFamily::kText && op != Op::kEq) return std::nullopt;
  const std::optional<abi::Value> converted = LiteralFor(field_id, value, ast_[literal].span);
  if (!converted) return std::nullopt;
  return Strict(op, {Value(field_id), Const(*converted)});
}

std::optional<ExprId> Builder::CompareIp(Op op, ast::ExprId field_id, ast::ExprId literal, const abi::Value& value) {
  const bool fits = op == Op::kEq ? IsBlock(value) : value.is_string() && ParseIp(value.text()).has_value();
  if (!fits) {
    ReportMisfit(field_id, value, ast_[literal].span);
    return std::nullopt;
  }
  if (op != Op::kEq) return Strict(op, {Converted(kIpOrder, field_id), Const(Convert(kIpOrder, value))});
  return Strict(Op::kCall, {Value(field_id), Const(value)}, module_.Function(kCidrMatch));
}

// A literal that leaves the time of day open means all of it: equality is a range then, `>` begins behind it.
std::optional<ExprId> Builder::CompareDate(Op op, ast::ExprId field_id, ast::ExprId literal, const abi::Value& value) {
  const std::optional<DateSpan> date = DateLiteral(field_id, value, ast_[literal].span);
  if (!date) return std::nullopt;
  const DateUnit unit = UnitOf(*field(field_id));
  const ExprId converted = Converted(DateFunction(unit), field_id);
  const ExprId first = Const(CountOf(date->first, unit));
  const ExprId last = Const(CountOf(date->last, unit));
  if (op == Op::kEq && first != last) {
    const ExprId bounds[] = {Strict(Op::kGe, {converted, first}), Strict(Op::kLe, {converted, last})};
    return module_.Make(Op::kAnd, bounds);
  }
  return Strict(op, {converted, op == Op::kGt || op == Op::kLe ? last : first});
}

// Equality of versions is that of their texts.
std::optional<ExprId> Builder::CompareVersion(Op op, ast::ExprId field_id, const abi::Value& value) {
  return Strict(op, {Converted(kVersionOrder, field_id), Const(Convert(kVersionOrder, value))});
}

std::optional<ExprId> Builder::InTyped(const ast::In& in, PatternList items) {
  if (!IsField(in.operand) || constant(in.operand) || field(in.operand) == nullptr) return std::nullopt;
  const FieldFamily family = field(in.operand)->family();
  if (family == FieldFamily::kUnknown || family == FieldFamily::kObject) return std::nullopt;
  if (items.values.empty()) return std::nullopt;
  if (family == FieldFamily::kIp) return InBlocks(in.operand, items);
  if (family == FieldFamily::kDate) return InDates(in.operand, items);
  for (size_t i = 0; i < items.values.size(); ++i) {
    const auto converted = LiteralFor(in.operand, items.values[i], items.spans[i]);
    if (!converted) return std::nullopt;
    items.values[i] = *converted;
  }
  return PlainIn(in, items);
}

std::optional<ExprId> Builder::InBlocks(ast::ExprId field_id, const PatternList& items) {
  for (size_t i = 0; i < items.values.size(); ++i) {
    if (IsBlock(items.values[i])) continue;
    ReportMisfit(field_id, items.values[i], items.spans[i]);
    return std::nullopt;
  }
  return Strict(Op::kCall, WithConstants(Value(field_id), items.values), module_.Function(kCidrMatch));
}

std::optional<ExprId> Builder::InDates(ast::ExprId field_id, const PatternList& items) {
  const DateUnit unit = UnitOf(*field(field_id));
  const ExprId converted = Converted(DateFunction(unit), field_id);
  std::vector<abi::Value> points;
  std::vector<ExprId> alternatives;
  for (size_t i = 0; i < items.values.size(); ++i) {
    const std::optional<DateSpan> date = DateLiteral(field_id, items.values[i], items.spans[i]);
    if (!date) return std::nullopt;
    const abi::Value first = CountOf(date->first, unit);
    if (IsExact(*date, unit)) {
      points.push_back(first);
      continue;
    }
    const ExprId bounds[] = {Strict(Op::kGe, {converted, Const(first)}),
                             Strict(Op::kLe, {converted, Const(CountOf(date->last, unit))})};
    alternatives.push_back(module_.Make(Op::kAnd, bounds));
  }
  if (!points.empty()) {
    const std::vector<ExprId> args = WithConstants(converted, std::move(points));
    alternatives.push_back(args.size() == 2 ? Strict(Op::kEq, args) : module_.Make(Op::kIn, args));
  }
  return alternatives.size() == 1 ? alternatives[0] : module_.Make(Op::kOr, alternatives);
}

std::optional<DateSpan> Builder::DateLiteral(ast::ExprId field_id, const abi::Value& value, Span span) {
  const KnownField& known = *field(field_id);
  std::optional<DateSpan> date = DateSpanOf(value, known.date_formats);
  // Centuries that nanoseconds do not reach.
  const DateUnit unit = UnitOf(known);
  if (date && (CountOf(date->first, unit).is_null() || CountOf(date->last, unit).is_null())) date.reset();
  if (!date) ReportMisfit(field_id, value, span);
  return date;
}

std::optional<abi::Value> Builder::LiteralFor(ast::ExprId field_id, const abi::Value& value, Span span) {
  switch (field(field_id)->family()) {
    case FieldFamily::kText:
    case FieldFamily::kVersion: {
      NumberBuffer buffer;
      return value.is_string() ? value : abi::String(scratch_.Copy(TextOf(value, buffer)));
    }
    case FieldFamily::kNumber: {
      const abi::Value number = value.is_string() ? ParseNumber(value.text()) : value;
      if (number.is_number()) return number;
      break;
    }
    case FieldFamily::kBool:
      if (value.kind == abi::ValueKind::kBool) return value;
      if (value.is_string() && (value.text() == "true" || value.text() == "false")) {
        return abi::Bool(value.text() == "true");
      }
      break;
    default:
      return value;
  }
  ReportMisfit(field_id, value, span);
  return std::nullopt;
}

void Builder::ReportMisfit(ast::ExprId field_id, const abi::Value& value, Span span) {
  const KnownField& known = *field(field_id);
  const std::string& path = std::get<ast::FieldRef>(ast_[field_id].node).path;
  NumberBuffer buffer;
  const std::string_view text = TextOf(value, buffer);
  std::string message =
      fmt::format("[{}] is no value of the field [{}] of type [{}]", Shortened(text), path, known.type_name);
  if (known.declared) {
    sink_.Report(Code::kLiteralMisfit, span, std::move(message));
  } else {
    sink_.Report(Code::kSuspectLiteral, span, std::move(message))
        .hints.push_back("the field is compared without a type");
  }
}

ExprId Builder::Converted(std::string_view function, ast::ExprId field_id) {
  return Strict(Op::kCall, {Value(field_id)}, module_.Function(function));
}

abi::Value Builder::Convert(std::string_view function, const abi::Value& value) {
  const Function* record = FindFunction(function);
  assert(record != nullptr);
  return CallFunction(*record, {scratch_, false}, {&value, 1});
}

}  // namespace eqlc::ir
