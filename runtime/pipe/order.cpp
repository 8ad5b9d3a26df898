#include "runtime/pipe/order.h"

#include "runtime/value/ascii.h"
#include "runtime/value/compare.h"
#include "runtime/value/json_value.h"

namespace eqlc {
namespace {

int RankOf(const abi::Value& value) {
  if (value.is_number() || value.kind == abi::ValueKind::kBool) return 0;
  return value.is_string() ? 1 : 2;
}

abi::Value AsNumber(const abi::Value& value) {
  return value.kind == abi::ValueKind::kBool ? abi::Int(value.payload.i64) : value;
}

// The empty value of the type that `other` has.
abi::Value EmptyLike(const abi::Value& other) { return RankOf(other) == 0 ? abi::Int(0) : abi::String(""); }

// <0, 0, >0.
int CompareParts(abi::Value a, abi::Value b) {
  if (a.is_null() && b.is_null()) return 0;
  if (a.is_null()) a = EmptyLike(b);
  if (b.is_null()) b = EmptyLike(a);
  if (RankOf(a) != RankOf(b)) return RankOf(a) - RankOf(b);
  if (RankOf(a) != 0) return a.text().compare(b.text());
  a = AsNumber(a), b = AsNumber(b);
  if (Compare(abi::Op::kLt, a, b) == Tri::kTrue) return -1;
  return Compare(abi::Op::kGt, a, b) == Tri::kTrue ? 1 : 0;
}

bool HasText(const abi::Value& value) { return value.is_string() || value.is_json(); }

}  // namespace

OrderKey::OrderKey(std::span<const abi::Value> values) {
  for (const abi::Value& value : values) parts_.push_back({value, std::string(HasText(value) ? value.text() : "")});
}

OrderKey::OrderKey(std::span<const abi::Value> values, bool fold) {
  for (const abi::Value& value : values) {
    Part part{value, {}};
    if (value.is_json()) AppendCanonical(part.text, value.text(), fold);
    if (value.is_string()) part.text = fold ? ascii::Fold(value.text()) : std::string(value.text());
    parts_.push_back(std::move(part));
  }
}

abi::Value OrderKey::operator[](size_t i) const {
  const Part& part = parts_[i];
  if (!HasText(part.value)) return part.value;
  return part.value.is_json() ? abi::Json(part.text) : abi::String(part.text);
}

size_t OrderKey::bytes() const {
  size_t bytes = sizeof *this + parts_.size() * sizeof(Part);
  for (const Part& part : parts_) bytes += part.text.size();
  return bytes;
}

bool KeyLess(const OrderKey& a, const OrderKey& b) {
  for (size_t i = 0; i < a.size(); ++i) {
    if (const int order = CompareParts(a[i], b[i]); order != 0) return order < 0;
  }
  return false;
}

}  // namespace eqlc
