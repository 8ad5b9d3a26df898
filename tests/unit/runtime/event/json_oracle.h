// What the decoder should find in an event, told by another JSON parser and the plainest code: parse everything, then
// flatten everything (docs/semantics.md section 3.1). Used by decoder_test.cpp and fuzz/event_decoder_fuzz.cpp.
#pragma once

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace eqlc::testing {

// A JSON value that keeps duplicate keys. Scalars are rendered: `i:5`, `u:18446744073709551615`, `d:0x1p+0`, `b:1`,
// `s:text`; null is the empty text.
struct OracleNode {
  enum Kind { kScalar, kArray, kObject } kind = kScalar;
  std::string scalar;
  std::string key;  // within an object
  std::vector<OracleNode> children;
};

inline std::string RenderDouble(double d) {
  char text[64];
  std::snprintf(text, sizeof(text), "d:%a", d);
  return text;
}

// Builds the tree from nlohmann's events, because its own tree drops duplicate keys.
class OracleBuilder : public nlohmann::json_sax<nlohmann::json> {
 public:
  OracleNode root;
  size_t max_depth = 0;

  bool null() override { return Add(OracleNode()); }
  bool boolean(bool b) override { return Add({.kind = OracleNode::kScalar, .scalar = b ? "b:1" : "b:0"}); }
  bool number_integer(number_integer_t i) override {
    return Add({.kind = OracleNode::kScalar, .scalar = "i:" + std::to_string(i)});
  }
  bool number_unsigned(number_unsigned_t u) override {
    return Add({.kind = OracleNode::kScalar, .scalar = (u <= uint64_t{INT64_MAX} ? "i:" : "u:") + std::to_string(u)});
  }
  bool number_float(number_float_t d, const string_t&) override {
    return Add({.kind = OracleNode::kScalar, .scalar = RenderDouble(d)});
  }
  bool string(string_t& s) override { return Add({.kind = OracleNode::kScalar, .scalar = "s:" + s}); }
  bool binary(binary_t&) override { return false; }
  bool start_object(size_t) override { return Open(OracleNode::kObject); }
  bool start_array(size_t) override { return Open(OracleNode::kArray); }
  bool end_object() override { return open_.pop_back(), true; }
  bool end_array() override { return open_.pop_back(), true; }
  bool key(string_t& k) override { return key_ = k, true; }
  bool parse_error(size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

 private:
  OracleNode* Put(OracleNode node) {
    if (open_.empty()) return root = std::move(node), &root;
    node.key = std::exchange(key_, {});
    open_.back()->children.push_back(std::move(node));
    return &open_.back()->children.back();
  }
  bool Add(OracleNode node) { return Put(std::move(node)) != nullptr; }
  bool Open(OracleNode::Kind kind) {
    open_.push_back(Put({.kind = kind}));
    max_depth = std::max(max_depth, open_.size());
    return true;
  }

  std::vector<OracleNode*> open_;  // children of an open node only grow at the end, behind the open path
  std::string key_;
};

// Path to rendered values, in order.
using FlatEvent = std::map<std::string, std::vector<std::string>, std::less<>>;

inline void Flatten(const OracleNode& node, const std::string& path, FlatEvent& out) {
  if (node.kind == OracleNode::kScalar && !node.scalar.empty()) out[path].push_back(node.scalar);
  for (const OracleNode& child : node.children) {
    Flatten(child, node.kind == OracleNode::kArray ? path : path + "." + child.key, out);
  }
}

// The envelope of an exported document is taken off.
inline const OracleNode& Source(const OracleNode& root) {
  if (root.children.empty() || !root.children.front().key.starts_with('_')) return root;
  for (const OracleNode& child : root.children) {
    if (child.key == "_source" && child.kind == OracleNode::kObject) return child;
  }
  return root;
}

struct OracleEvent {
  FlatEvent fields;
  size_t depth;
};

// Nothing when the line is no JSON object.
inline std::optional<OracleEvent> DecodeWithOracle(std::string_view line) {
  if (line.find('\0') != std::string_view::npos) return std::nullopt;  // its parser takes NUL for the end
  OracleBuilder builder;
  if (!nlohmann::json::sax_parse(line.begin(), line.end(), &builder)) return std::nullopt;
  if (builder.root.kind != OracleNode::kObject) return std::nullopt;
  OracleEvent event{{}, builder.max_depth};
  for (const OracleNode& child : Source(builder.root).children) Flatten(child, child.key, event.fields);
  return event;
}

}  // namespace eqlc::testing
