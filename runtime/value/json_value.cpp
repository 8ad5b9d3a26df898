// Tested by tests/unit/runtime/value/json_value_test.cpp.
#include "runtime/value/json_value.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "runtime/value/ascii.h"
#include "runtime/value/json.h"
#include "runtime/value/json_scalar.h"
#include "runtime/value/json_text.h"
#include "runtime/value/number.h"

namespace eqlc {
namespace {

using abi::Value;
using abi::ValueKind;

Value StringFromJson(std::string_view raw, Scratch& scratch) noexcept {
  if (raw.find('\\') == std::string_view::npos) return abi::String(raw);
  char* to = scratch.Allocate(raw.size() + kUnescapeOverrun);
  if (to == nullptr) return abi::Null();
  const std::optional<std::string_view> text = UnescapeJson(raw, raw.size(), to);
  return text ? abi::String(*text) : abi::Null();
}

Value Element(std::string_view list, int64_t index, Scratch& scratch) noexcept {
  json::Reader reader(list);
  if (!reader.is_array() || index < 0) return abi::Null();
  while (reader.Next()) {
    if (index-- == 0) return FromJson(reader.value(), scratch);
  }
  return abi::Null();
}

// Of the string, the number, the word or the sign that the text begins with.
size_t TokenSize(std::string_view text) {
  if (text.front() == '[' || text.front() == '{') return 1;  // what follows may reach far
  if (text.front() != '"') {
    const size_t size = std::min(text.find_first_of(" \t\n\r,:]}"), text.size());
    return std::max<size_t>(size, 1);
  }
  size_t end = 1;
  while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
  return std::min(end + 1, text.size());
}

}  // namespace

// One pass over the tokens, which no depth of nesting slows down.
void AppendCanonical(std::string& out, std::string_view json, bool fold) {
  for (size_t size; !json.empty(); json.remove_prefix(size)) {
    size = TokenSize(json);
    const std::string_view token = json.substr(0, size);
    if (token.front() == '"') {
      const std::string text = json::TextOf(token);
      json::AppendString(out, fold ? ascii::Fold(text) : text);
    } else if (const std::optional<Value> number = ParseJsonNumber(token)) {
      out += ToJson(CanonicalNumber(*number));
    } else if (std::string_view(" \t\n\r").find(token.front()) == std::string_view::npos) {
      out += token;
    }
  }
}

Value FromJson(std::string_view json, Scratch& scratch) noexcept {
  if (json.empty()) return abi::Null();
  switch (json.front()) {
    case '{':
    case '[':
      return abi::Json(json);
    case '"':
      return json.size() >= 2 && json.back() == '"' ? StringFromJson(json.substr(1, json.size() - 2), scratch)
                                                    : abi::Null();
    case 't':
      return json == "true" ? abi::Bool(true) : abi::Null();
    case 'f':
      return json == "false" ? abi::Bool(false) : abi::Null();
    default:
      return ParseJsonNumber(json).value_or(abi::Null());
  }
}

Value At(const Value& container, const Value& key, Scratch& scratch) noexcept {
  if (!container.is_json()) return abi::Null();
  if (key.kind == ValueKind::kInt) return Element(container.text(), key.payload.i64, scratch);
  if (!key.is_string() || !json::IsObject(container.text())) return abi::Null();
  return FromJson(json::MemberOf(container.text(), key.text()), scratch);
}

size_t CountItems(const Value& container) noexcept {
  size_t count = 0;
  for (json::Reader reader(container.text()); reader.Next();) ++count;
  return count;
}

bool IsList(const Value& value) noexcept { return value.is_json() && json::IsArray(value.text()); }

Tri Truth(const Value& value) noexcept {
  const auto tri = [](bool truth) { return truth ? Tri::kTrue : Tri::kFalse; };
  switch (value.kind) {
    case ValueKind::kNull:
      return Tri::kNull;
    case ValueKind::kBool:
      return tri(value.truth());
    case ValueKind::kInt:
    case ValueKind::kUint:
      return tri(value.payload.u64 != 0);
    case ValueKind::kDouble:
      return tri(value.payload.f64 != 0);
    case ValueKind::kString:
      return tri(value.size != 0);
    case ValueKind::kJson:
      return tri(json::Reader(value.text()).Next());
  }
  return Tri::kNull;
}

}  // namespace eqlc
