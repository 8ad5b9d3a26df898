// ValueSet: constants sorted by what they can be equal to, so that a lookup is one or two hash probes.
// Invariant: Contains(v) is true exactly when Compare(kEq, v, c) is kTrue for some constant c (or both are strings
// equal without case, for `in~`). Tested by tests/unit/runtime/value/value_set_test.cpp.
#include "runtime/value/value_set.h"

#include <array>
#include <cmath>
#include <cstring>
#include <unordered_set>

#include "runtime/value/compare.h"
#include "runtime/value/number.h"
#include "runtime/value/text_set.h"

namespace eqlc {

using abi::Value;
using abi::ValueKind;

namespace {

// By value, whatever the kind: all numbers inside are canonical.
class NumberSet {
 public:
  void Insert(const Value& number) {
    if (number.kind == ValueKind::kDouble && std::isnan(number.payload.f64)) return;  // equals nothing
    keys_.insert(KeyOf(number));
  }
  bool Contains(const Value& number) const { return !keys_.empty() && keys_.count(KeyOf(number)) != 0; }
  bool empty() const { return keys_.empty(); }

 private:
  struct Key {
    uint64_t bits;
    ValueKind kind;
    bool operator==(const Key&) const = default;
  };
  struct Hasher {
    size_t operator()(const Key& key) const noexcept {
      const uint64_t mixed = (key.bits ^ static_cast<uint64_t>(key.kind) << 61) * 0x9E3779B97F4A7C15;  // 2^64 / phi
      return mixed ^ mixed >> 32;
    }
  };

  static Key KeyOf(const Value& number) {
    const Value canonical = CanonicalNumber(number);
    return {canonical.payload.u64, canonical.kind};
  }

  std::unordered_set<Key, Hasher> keys_;
};

}  // namespace

struct ValueSet::Impl {
  Impl(bool fold, bool is_strict) : strict(is_strict), texts(fold) {}

  void Insert(const Value& constant);

  const bool strict;
  TextSet texts;
  NumberSet numbers;                 // number constants
  NumberSet texts_as_numbers;        // string constants that are numbers; they equal number values
  std::array<bool, 2> bools{};       // bool constants
  std::array<bool, 2> bool_texts{};  // the string constants "false" and "true"; they equal bool values
};

void ValueSet::Impl::Insert(const Value& constant) {
  switch (constant.kind) {
    case ValueKind::kNull:
    case ValueKind::kJson:
      return;  // equals nothing
    case ValueKind::kBool:
      bools[constant.truth()] = true;
      return;
    case ValueKind::kInt:
    case ValueKind::kUint:
    case ValueKind::kDouble:
      numbers.Insert(constant);
      return;
    case ValueKind::kString: {
      const std::string_view text = constant.text();
      texts.Insert(text);
      if (strict) return;
      if (text == "true" || text == "false") bool_texts[text == "true"] = true;
      if (const Value number = ParseNumber(text); !number.is_null()) texts_as_numbers.Insert(number);
      return;
    }
  }
}

ValueSet::ValueSet(std::span<const Value> constants, bool fold, bool strict)
    : impl_(std::make_unique<Impl>(fold, strict)) {
  for (const Value& constant : constants) impl_->Insert(constant);
}

ValueSet::~ValueSet() = default;

bool ValueSet::Contains(const Value& value) const noexcept {
  switch (value.kind) {
    case ValueKind::kNull:
    case ValueKind::kJson:
      return false;
    case ValueKind::kBool:
      return impl_->bools[value.truth()] || impl_->bool_texts[value.truth()];
    case ValueKind::kInt:
    case ValueKind::kUint:
    case ValueKind::kDouble:
      return impl_->numbers.Contains(value) || impl_->texts_as_numbers.Contains(value);
    case ValueKind::kString:
      break;
  }
  const std::string_view text = value.text();
  if (impl_->texts.Contains(text)) return true;
  if (impl_->strict) return false;
  if ((impl_->bools[1] && text == "true") || (impl_->bools[0] && text == "false")) return true;
  if (impl_->numbers.empty()) return false;
  const Value number = ParseNumber(text);
  return !number.is_null() && impl_->numbers.Contains(number);
}

}  // namespace eqlc
