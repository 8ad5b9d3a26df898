#include "runtime/keys/key.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <unordered_set>

#include "eqlc/limits.hpp"
#include "runtime/keys/key_hash.h"
#include "runtime/keys/key_type.h"
#include "runtime/value/compare.h"
#include "runtime/value/json.h"

namespace eqlc {
namespace {

using abi::Value;
using abi::ValueKind;

// The product of many long values would cost more than the event itself; real events have one key of some 50 bytes.
constexpr size_t kMaxKeyBytesPerEvent = 4u << 20;

enum Tag : char { kNullTag = 0, kFalseTag, kTrueTag, kIntTag, kUintTag, kDoubleTag, kStringTag, kJsonTag };

void AppendVarint(uint64_t v, std::string& out) {
  for (; v >= 0x80; v >>= 7) out.push_back(static_cast<char>(v | 0x80));
  out.push_back(static_cast<char>(v));
}

uint64_t ReadVarint(std::string_view& in) {
  uint64_t v = 0;
  for (int shift = 0; !in.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(in.front());
    in.remove_prefix(1);
    v |= uint64_t{byte & 0x7fu} << shift;
    if (byte < 0x80) break;
  }
  return v;
}

template <typename T>
void AppendRaw(T v, std::string& out) {
  char bytes[sizeof v];
  std::memcpy(bytes, &v, sizeof v);
  out.append(bytes, sizeof v);
}

template <typename T>
T ReadRaw(std::string_view& in) {
  assert(in.size() >= sizeof(T));
  T v;
  std::memcpy(&v, in.data(), sizeof v);
  in.remove_prefix(sizeof v);
  return v;
}

void AppendInt(int64_t v, std::string& out) {
  out.push_back(kIntTag);
  AppendVarint(static_cast<uint64_t>(v) << 1 ^ static_cast<uint64_t>(v >> 63), out);
}

void AppendUint(uint64_t v, std::string& out) {
  if (v <= uint64_t{INT64_MAX}) return AppendInt(static_cast<int64_t>(v), out);
  out.push_back(kUintTag);
  AppendRaw(v, out);
}

// A whole number has one form, whether it was written as 5 or as 5.0.
void AppendDouble(double v, std::string& out) {
  constexpr double kTwo63 = 9223372036854775808.0;
  if (v == std::trunc(v) && v >= -kTwo63 && v < kTwo63) return AppendInt(static_cast<int64_t>(v), out);
  if (v == std::trunc(v) && v >= kTwo63 && v < 2 * kTwo63) return AppendUint(static_cast<uint64_t>(v), out);
  out.push_back(kDoubleTag);
  AppendRaw(v, out);
}

void AppendText(Tag tag, std::string_view s, std::string& out) {
  out.push_back(tag);
  AppendVarint(s.size(), out);
  out.append(s);
}

// Takes the first component off `in`; a string points into it.
Value ReadComponent(std::string_view& in) {
  const auto tag = static_cast<Tag>(in.front());
  in.remove_prefix(1);
  switch (tag) {
    case kNullTag:
      return abi::Null();
    case kFalseTag:
      return abi::Bool(false);
    case kTrueTag:
      return abi::Bool(true);
    case kIntTag: {
      const uint64_t zigzag = ReadVarint(in);
      return abi::Int(static_cast<int64_t>(zigzag >> 1 ^ (0 - (zigzag & 1))));
    }
    case kUintTag:
      return abi::Uint(ReadRaw<uint64_t>(in));
    case kDoubleTag:
      return abi::Double(ReadRaw<double>(in));
    case kStringTag:
    case kJsonTag: {
      const size_t size = ReadVarint(in);
      const std::string_view text = in.substr(0, size);
      in.remove_prefix(text.size());
      return tag == kJsonTag ? abi::Json(text) : abi::String(text);
    }
  }
  return abi::Null();
}

int Rank(const Value& value) {
  switch (value.kind) {
    case ValueKind::kNull:
      return 0;
    case ValueKind::kBool:
      return 1;
    case ValueKind::kInt:
    case ValueKind::kUint:
    case ValueKind::kDouble:
      return 2;
    case ValueKind::kString:
      return 3;
    case ValueKind::kJson:
      return 4;
  }
  return 4;
}

int CompareComponents(const Value& a, const Value& b) {
  if (Rank(a) != Rank(b)) return Rank(a) - Rank(b);
  if (a.is_string() || a.kind == ValueKind::kJson) return a.text().compare(b.text());
  if (a.kind == ValueKind::kBool) return static_cast<int>(a.truth()) - static_cast<int>(b.truth());
  if (Compare(abi::Op::kLt, a, b) == Tri::kTrue) return -1;
  return Compare(abi::Op::kGt, a, b) == Tri::kTrue ? 1 : 0;
}

struct TextHash {
  size_t operator()(const std::string& s) const { return KeyedHash(s); }
};

const abi::FieldSlot& SlotOf(const abi::ImageKey& key, const abi::EventFrame& frame) {
  const abi::FieldSlot& slot = frame.slots[key.field];
  return slot.count == 0 && key.fallback != abi::kNone ? frame.slots[key.fallback] : slot;
}

// Encoded distinct values of one field in order of appearance, at most kMaxKeysPerEvent; a null for an optional field
// without value.
std::vector<std::string> DistinctComponents(const abi::ImageKey& field, const abi::EventFrame& frame) {
  const abi::FieldSlot& slot = SlotOf(field, frame);
  std::vector<std::string> components;
  std::unordered_set<std::string, TextHash> seen;
  std::string text;
  for (uint32_t i = 0; i < slot.count && components.size() < limits::kMaxKeysPerEvent; ++i) {
    std::string component;
    AppendKeyComponent(KeyValue(frame.values[slot.first + i], field.type, text), component);
    if (seen.insert(component).second) components.push_back(std::move(component));
  }
  if (components.empty() && field.optional) components.emplace_back(1, kNullTag);
  return components;
}

}  // namespace

void AppendKeyComponent(const Value& value, std::string& out) {
  switch (value.kind) {
    case ValueKind::kNull:
      return out.push_back(kNullTag);
    case ValueKind::kBool:
      return out.push_back(value.truth() ? kTrueTag : kFalseTag);
    case ValueKind::kInt:
      return AppendInt(value.payload.i64, out);
    case ValueKind::kUint:
      return AppendUint(value.payload.u64, out);
    case ValueKind::kDouble:
      return AppendDouble(value.payload.f64, out);
    case ValueKind::kString:
      return AppendText(kStringTag, value.text(), out);
    case ValueKind::kJson:
      return AppendText(kJsonTag, value.text(), out);
  }
}

void KeyToJson(std::string_view key, std::vector<std::string>& out) {
  out.clear();
  while (!key.empty()) out.push_back(ToJson(ReadComponent(key)));
}

int CompareKeys(std::string_view a, std::string_view b) {
  int order = 0;
  while (order == 0 && !a.empty() && !b.empty()) order = CompareComponents(ReadComponent(a), ReadComponent(b));
  return order;
}

void KeySet::Finish(size_t offset) {
  const std::string_view key = std::string_view(bytes_).substr(offset);
  keys_.push_back({offset, static_cast<uint32_t>(key.size()), static_cast<uint32_t>(KeyedHash(key))});
}

void KeySet::Append(const abi::ImageKey& field, const Value& value) {
  const bool as_is = field.type == abi::KeyType::kAsIs;
  AppendKeyComponent(as_is ? value : KeyValue(value, field.type, text_), bytes_);
}

void KeySet::SetSingle(std::span<const abi::ImageKey> fields, std::span<const Value* const> values) {
  bytes_.clear();
  keys_.clear();
  for (size_t i = 0; i < fields.size(); ++i) Append(fields[i], values[i] != nullptr ? *values[i] : abi::Null());
  Finish(0);
}

void KeySet::Extract(std::span<const abi::ImageKey> fields, const abi::EventFrame& frame) {
  bytes_.clear();
  keys_.clear();
  bool several = false;
  for (const abi::ImageKey& field : fields) {
    const uint32_t count = SlotOf(field, frame).count;
    if (count == 0 && !field.optional) return;
    several |= count > 1;
  }
  if (several) {
    ExtractProduct(fields, frame);
    const auto text = [this](const Key& key) { return std::string_view(bytes_).substr(key.offset, key.size); };
    std::ranges::sort(keys_, [&](const Key& a, const Key& b) { return CompareKeys(text(a), text(b)) < 0; });
    return;
  }
  for (const abi::ImageKey& field : fields) {
    const abi::FieldSlot& slot = SlotOf(field, frame);
    Append(field, slot.count > 0 ? frame.values[slot.first] : abi::Null());
  }
  Finish(0);
}

void KeySet::ExtractProduct(std::span<const abi::ImageKey> fields, const abi::EventFrame& frame) {
  std::vector<std::vector<std::string>> components;
  for (const abi::ImageKey& field : fields) components.push_back(DistinctComponents(field, frame));
  std::vector<size_t> digits(fields.size(), 0);  // the last field varies fastest
  for (;;) {
    const size_t offset = bytes_.size();
    for (size_t i = 0; i < digits.size(); ++i) bytes_ += components[i][digits[i]];
    Finish(offset);
    if (keys_.size() >= limits::kMaxKeysPerEvent || bytes_.size() >= kMaxKeyBytesPerEvent) return;
    size_t i = digits.size();
    while (i > 0 && ++digits[i - 1] == components[i - 1].size()) digits[--i] = 0;
    if (i == 0) return;
  }
}

}  // namespace eqlc
