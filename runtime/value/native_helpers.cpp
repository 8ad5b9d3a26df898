// The "values" part of native.h: C names over this folder (eqlc_call is with the function
// table, runtime/functions/function.cpp). Matchers are null-strict; a matcher of
// texts gives null for a value of another type, cidrMatch false (docs/semantics.md sections 3.6 and 4.1).
// Tested by tests/unit/runtime/value/native_helpers_test.cpp.
#include "runtime/abi/native.h"
#include "runtime/value/cidr.h"
#include "runtime/value/compare.h"
#include "runtime/value/glob.h"
#include "runtime/value/regex.h"
#include "runtime/value/value_set.h"

using eqlc::Tri;
using eqlc::abi::Value;

namespace {

constexpr uint8_t kNull = static_cast<uint8_t>(Tri::kNull);
static_assert(static_cast<uint8_t>(Tri::kTrue) == 1 && static_cast<uint8_t>(Tri::kFalse) == 0);

template <typename Matcher>
uint8_t MatchText(const void* matcher, const Value* v) noexcept {
  return v->is_string() ? static_cast<const Matcher*>(matcher)->Matches(v->text()) : kNull;
}

}  // namespace

extern "C" {

uint8_t eqlc_compare(uint8_t op, const Value* a, const Value* b) noexcept {
  return static_cast<uint8_t>(eqlc::Compare(eqlc::abi::UnpackOp(op), *a, *b, eqlc::abi::UnpackFlags(op)));
}

void eqlc_arith(uint8_t op, const Value* a, const Value* b, Value* out) noexcept {
  *out = eqlc::Arithmetic(eqlc::abi::UnpackOp(op), *a, *b, eqlc::abi::UnpackFlags(op));
}

uint8_t eqlc_in_set(const void* value_set, const Value* v) noexcept {
  return v->is_null() ? kNull : static_cast<const eqlc::ValueSet*>(value_set)->Contains(*v);
}

uint8_t eqlc_like(const void* glob_set, const Value* v) noexcept { return MatchText<eqlc::GlobSet>(glob_set, v); }

uint8_t eqlc_regex(const void* regex_set, const Value* v) noexcept { return MatchText<eqlc::RegexSet>(regex_set, v); }

uint8_t eqlc_cidr(const void* cidr_set, const Value* v) noexcept {
  if (v->is_null()) return kNull;
  return v->is_string() && static_cast<const eqlc::CidrSet*>(cidr_set)->Contains(v->text());
}

}  // extern "C"
