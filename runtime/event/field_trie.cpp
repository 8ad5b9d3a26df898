// Tested by tests/unit/runtime/event/field_trie_test.cpp.
#include "runtime/event/field_trie.h"

#include <bit>
#include <map>
#include <utility>

#include "runtime/abi/bits.h"
#include "runtime/value/words.h"

namespace eqlc {
namespace {

constexpr char kDot = '.';

// What one pass over a key gives.
struct KeyScan {
  uint32_t hash;
  bool has_dot;
};

// Most keys of an event have fewer than 24 bytes: three multiplications.
KeyScan Scan(std::string_view key) {
  constexpr uint64_t kMultiplier = 0x9e3779b97f4a7c15;  // 2^64 / golden ratio
  uint64_t hash = key.size() * kMultiplier;
  bool has_dot = false;
  size_t i = 0;
  const auto mix = [&](uint64_t word) {
    hash = (std::rotl(hash, 23) ^ word) * kMultiplier;
    has_dot |= words::HasByte(word, kDot);
  };
  for (; i + 8 <= key.size(); i += 8) mix(words::Load(key.data() + i));
  if (i < key.size()) {
    mix(key.size() >= 8 ? words::Load(key.data() + key.size() - 8) : words::LoadTail(key.data(), key.size()));
  }
  return {static_cast<uint32_t>(hash >> 32), has_dot};
}

uint32_t Hash(std::string_view part) { return Scan(part).hash; }

// Cuts the next part off a path; the rest is behind the dot.
std::string_view TakePart(std::string_view& path, bool& more) {
  const size_t dot = path.find(kDot);
  more = dot != std::string_view::npos;
  const std::string_view part = path.substr(0, dot);
  path.remove_prefix(more ? dot + 1 : path.size());
  return part;
}

}  // namespace

// Inserts with ordered maps, then lays the children out as hash tables.
class FieldTrie::Builder {
 public:
  explicit Builder(FieldTrie& trie) : trie_(trie) {
    trie_.nodes_.emplace_back();
    children_.emplace_back();
  }

  void Insert(std::string_view path, abi::FieldId field, abi::FieldRole role) {
    NodeId node = kRoot;
    for (bool more = true; more;) node = ChildOrNew(node, TakePart(path, more));
    SlotOf(trie_.nodes_[node], role) = field;
  }

  void LayOut() {
    for (NodeId node = 0; node < children_.size(); ++node) {
      if (!children_[node].empty()) LayOutNode(node);
    }
  }

 private:
  static abi::FieldId& SlotOf(Node& node, abi::FieldRole role) {
    if (role == abi::FieldRole::kElements) return node.array;
    return role == abi::FieldRole::kWhole ? node.whole : node.field;
  }

  NodeId ChildOrNew(NodeId parent, std::string_view part) {
    const auto next = static_cast<NodeId>(trie_.nodes_.size());
    const auto [it, is_new] = children_[parent].try_emplace(part, next);
    if (!is_new) return it->second;
    Node node;
    node.name_offset = static_cast<uint32_t>(trie_.names_.size());
    node.name_size = static_cast<uint32_t>(part.size());
    trie_.names_ += part;
    trie_.nodes_.push_back(node);
    children_.emplace_back();
    return next;
  }

  void LayOutNode(NodeId parent) {
    Node& node = trie_.nodes_[parent];
    node.table_first = static_cast<uint32_t>(trie_.table_.size());
    node.table_size = static_cast<uint32_t>(std::bit_ceil(2 * children_[parent].size()));
    trie_.table_.resize(trie_.table_.size() + node.table_size);
    Entry* table = trie_.table_.data() + node.table_first;
    for (const auto& [part, child] : children_[parent]) {
      const uint32_t hash = Hash(part);
      uint32_t at = hash & (node.table_size - 1);
      while (table[at].child != abi::kNone) at = (at + 1) & (node.table_size - 1);
      table[at] = {hash, child};
    }
  }

  FieldTrie& trie_;
  std::vector<std::map<std::string_view, NodeId>> children_;  // by node; the keys point into the fields' paths
};

FieldTrie::FieldTrie(std::span<const std::string_view> fields, std::span<const abi::FieldRole> roles) {
  Builder builder(*this);
  for (size_t i = 0; i < fields.size(); ++i) {
    const abi::FieldRole role = roles.empty() ? abi::FieldRole::kValue : roles[i];
    if (!abi::IsDecoded(role)) continue;
    has_arrays_ |= role == abi::FieldRole::kElements;
    builder.Insert(fields[i], static_cast<abi::FieldId>(i), role);
  }
  builder.LayOut();
}

std::vector<bool> FieldTrie::NodesOf(std::span<const uint64_t> fields) const {
  const auto is_of = [&](abi::FieldId field) { return field != abi::kNone && bits::Has(fields.data(), field); };
  std::vector<bool> nodes(nodes_.size());
  // Children have greater numbers than their parents.
  for (NodeId id = static_cast<NodeId>(nodes_.size()); id-- > 0;) {
    const Node& node = nodes_[id];
    nodes[id] = is_of(node.field) || is_of(node.array) || is_of(node.whole);
    for (const Entry& entry : std::span(table_).subspan(node.table_first, node.table_size)) {
      if (entry.child != abi::kNone && nodes[entry.child]) nodes[id] = true;
    }
  }
  return nodes;
}

FieldTrie::NodeId FieldTrie::Child(NodeId parent, uint32_t hash, std::string_view part) const noexcept {
  const Node& node = nodes_[parent];
  if (node.table_size == 0) return abi::kNone;
  const Entry* table = table_.data() + node.table_first;
  for (uint32_t at = hash & (node.table_size - 1);; at = (at + 1) & (node.table_size - 1)) {
    const Entry& entry = table[at];
    if (entry.child == abi::kNone) return abi::kNone;
    if (entry.hash == hash && words::Equal(name(nodes_[entry.child]), part)) return entry.child;
  }
}

FieldTrie::NodeId FieldTrie::Find(NodeId node, std::string_view key) const noexcept {
  const KeyScan scan = Scan(key);
  if (!scan.has_dot) return Child(node, scan.hash, key);
  for (bool more = true; more && node != abi::kNone;) {
    const std::string_view part = TakePart(key, more);
    node = Child(node, Hash(part), part);
  }
  return node;
}

}  // namespace eqlc
