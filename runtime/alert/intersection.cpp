#include "runtime/alert/intersection.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "runtime/value/compare.h"
#include "runtime/value/json_text.h"
#include "runtime/value/number.h"

namespace eqlc {
namespace {

// Deeper values are compared whole. Every level reads its text once more, so this bounds the time for hostile events.
constexpr uint32_t kMaxDepth = 64;

// Equal for equal values whatever the blanks between tokens, the escapes in a string and the spelling of a number.
std::string Canonical(std::string_view value) {
  if (json::IsString(value)) return '"' + json::TextOf(value);
  if (const abi::Value number = ParseNumber(value); !number.is_null()) {
    NumberBuffer buffer;
    return std::string(FormatNumber(CanonicalNumber(number), buffer));
  }
  if (!json::IsObject(value) && !json::IsArray(value)) return std::string(value);
  std::string out;
  json::AppendOneLine(out, std::string("\n").append(value));  // the line break makes it drop every blank
  return out;
}

void AppendIntersection(std::string& out, std::string_view a, std::string_view b, uint32_t depth);

void AppendObject(std::string& out, std::string_view a, std::string_view b, uint32_t depth) {
  std::unordered_map<std::string, std::string_view> others;
  for (json::Reader r(b); r.Next();) others.insert_or_assign(std::string(r.key()), r.value());
  const size_t start = out.size();
  out += '{';
  for (json::Reader r(a); r.Next();) {
    const auto other = others.find(std::string(r.key()));
    if (other == others.end()) continue;
    const size_t before = out.size();
    json::AppendKey(out, r.key());
    const size_t value_at = out.size();
    AppendIntersection(out, r.value(), other->second, depth + 1);
    if (out.size() == value_at) out.resize(before);
    others.erase(other);  // a repeated key of `a` is not written twice
  }
  out += '}';
  if (out.size() == start + 2) out.resize(start);
}

void AppendArray(std::string& out, std::string_view a, std::string_view b) {
  std::unordered_set<std::string> others;
  for (json::Reader r(b); r.Next();) others.insert(Canonical(r.value()));
  const size_t start = out.size();
  out += '[';
  for (json::Reader r(a); r.Next();) {
    if (others.erase(Canonical(r.value())) == 0) continue;
    if (out.back() != '[' || out.size() > start + 1) out += ',';
    json::AppendOneLine(out, r.value());
  }
  out += ']';
  if (out.size() == start + 2) out.resize(start);
}

// Appends nothing when nothing is shared.
void AppendIntersection(std::string& out, std::string_view a, std::string_view b, uint32_t depth) {
  if (depth < kMaxDepth && json::IsObject(a) && json::IsObject(b)) return AppendObject(out, a, b, depth);
  if (depth < kMaxDepth && json::IsArray(a) && json::IsArray(b)) return AppendArray(out, a, b);
  if (a != "null" && Canonical(a) == Canonical(b)) json::AppendOneLine(out, a);
}

}  // namespace

std::string IntersectEvents(std::span<const std::string_view> events) {
  if (events.empty()) return "{}";
  std::string shared(events.front());
  // The first is met with itself too, so that one event alone loses its nulls and empty values like several do.
  for (std::string_view event : events) {
    std::string next;
    AppendIntersection(next, shared, event, 0);
    shared = next.empty() || !json::IsObject(next) ? "{}" : std::move(next);
  }
  return shared;
}

}  // namespace eqlc
