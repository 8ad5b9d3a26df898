// Tested by tests/unit/runtime/event/field_trie_test.cpp.
#include "runtime/event/field_trie.h"

#include <bit>
#include <cstring>
#include <map>
#include <utility>

namespace eqlc {
namespace {

uint64_t Load8(const char* p) {
  uint64_t word;
  std::memcpy(&word, p, sizeof(word));
  return word;
}

// Up to seven bytes as a number.
uint64_t LoadTail(const char* p, size_t size) {
  uint64_t word = 0;
  std::memcpy(&word, p, size);
  return word;
}

// Most keys of an event have fewer than 24 bytes: three multiplications.
uint32_t Hash(std::string_view part) {
  constexpr uint64_t kMultiplier = 0x9e3779b97f4a7c15;  // 2^64 / golden ratio
  uint64_t hash = part.size() * kMultiplier;
  const char* p = part.data();
  size_t left = part.size();
  for (; left >= 8; p += 8, left -= 8) hash = (std::rotl(hash, 23) ^ Load8(p)) * kMultiplier;
  if (left > 0) {
    const uint64_t tail = part.size() >= 8 ? Load8(part.data() + part.size() - 8) : LoadTail(p, left);
    hash = (std::rotl(hash, 23) ^ tail) * kMultiplier;
  }
  return static_cast<uint32_t>(hash >> 32);
}

// Cuts the next part off a path; the rest is behind the dot.
std::string_view TakePart(std::string_view& path, bool& more) {
  const size_t dot = path.find('.');
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
    (role == abi::FieldRole::kValue ? trie_.nodes_[node].field : trie_.nodes_[node].array) = field;
  }

  void LayOut() {
    for (NodeId node = 0; node < children_.size(); ++node) {
      if (!children_[node].empty()) LayOutNode(node);
    }
  }

 private:
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
    if (role != abi::FieldRole::kValue && role != abi::FieldRole::kElements) continue;
    has_arrays_ |= role == abi::FieldRole::kElements;
    builder.Insert(fields[i], static_cast<abi::FieldId>(i), role);
  }
  builder.LayOut();
}

FieldTrie::NodeId FieldTrie::Child(NodeId parent, std::string_view part) const noexcept {
  const Node& node = nodes_[parent];
  if (node.table_size == 0) return abi::kNone;
  const Entry* table = table_.data() + node.table_first;
  const uint32_t hash = Hash(part);
  for (uint32_t at = hash & (node.table_size - 1);; at = (at + 1) & (node.table_size - 1)) {
    const Entry& entry = table[at];
    if (entry.child == abi::kNone) return abi::kNone;
    if (entry.hash == hash && name(nodes_[entry.child]) == part) return entry.child;
  }
}

FieldTrie::NodeId FieldTrie::Find(NodeId node, std::string_view key) const noexcept {
  const NodeId child = Child(node, key);
  if (child != abi::kNone || key.find('.') == std::string_view::npos) return child;
  for (bool more = true; more && node != abi::kNone;) node = Child(node, TakePart(key, more));
  return node;
}

}  // namespace eqlc
