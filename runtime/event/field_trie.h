// FieldTrie: the fields a program uses, by the parts of their paths. The decoder walks it along with the event.
//
//   fields            process.name, process.parent.name, user
//   root -- process -- name (field 0)
//        |          `- parent -- name (field 1)
//        `- user (field 2)
//
// A node may be a field and have children (`user` and `user.name`).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/abi/expr.h"
#include "runtime/abi/field.h"

namespace eqlc {

// Immutable. Thread-safety: safe together.
class FieldTrie {
 public:
  using NodeId = uint32_t;
  static constexpr NodeId kRoot = 0;

  // `fields[i]` is the path of field i and `roles[i]` its role; without roles all are values. Paths of one role are
  // distinct. Fields that are not found along a path of the event are left out.
  explicit FieldTrie(std::span<const std::string_view> fields, std::span<const abi::FieldRole> roles = {});

  // The node reached from `node` by a key of an event, which stands for one path part or, with dots, for several.
  // kNone when no field lies there. `key` is unescaped.
  NodeId Find(NodeId node, std::string_view key) const noexcept;

  // kNone for a node that is no field itself.
  abi::FieldId field(NodeId node) const { return nodes_[node].field; }
  // The kElements field of a node; kNone for one whose arrays nobody searches.
  abi::FieldId array(NodeId node) const { return nodes_[node].array; }
  // The kWhole field of a node, or kNone.
  abi::FieldId whole(NodeId node) const { return nodes_[node].whole; }
  // A text there is a value of field(node) and nothing else.
  bool is_plain(NodeId node) const { return nodes_[node].array == abi::kNone && nodes_[node].whole == abi::kNone; }
  size_t node_count() const { return nodes_.size(); }
  bool has_children(NodeId node) const { return nodes_[node].table_size != 0; }
  bool has_arrays() const { return has_arrays_; }

  // By NodeId: does the node, or one below it, give a value to one of `fields` (bits by FieldId)?
  std::vector<bool> NodesOf(std::span<const uint64_t> fields) const;

  // Calls visit(array) for each searched array that a dotted key passes on its way to a member of it.
  template <typename Visit>
  void ForEachArrayPassed(NodeId node, std::string_view key, Visit&& visit) const;

 private:
  struct Node {
    abi::FieldId field = abi::kNone;
    abi::FieldId array = abi::kNone;
    abi::FieldId whole = abi::kNone;
    uint32_t name_offset = 0;  // the part that leads here, in names_
    uint32_t name_size = 0;
    uint32_t table_first = 0;  // its hash table of children, in table_
    uint32_t table_size = 0;   // power of two, at most half full; 0: no children
  };
  struct Entry {
    uint32_t hash = 0;
    NodeId child = abi::kNone;  // kNone: empty
  };
  class Builder;

  NodeId Child(NodeId node, uint32_t hash, std::string_view part) const noexcept;
  std::string_view name(const Node& node) const { return {names_.data() + node.name_offset, node.name_size}; }

  std::vector<Node> nodes_;
  std::vector<Entry> table_;
  std::string names_;
  bool has_arrays_ = false;
};

template <typename Visit>
void FieldTrie::ForEachArrayPassed(NodeId node, std::string_view key, Visit&& visit) const {
  for (size_t dot = key.find('.'); dot != std::string_view::npos; dot = key.find('.')) {
    node = Find(node, key.substr(0, dot));
    if (node == abi::kNone) return;
    if (array(node) != abi::kNone) visit(array(node));
    key.remove_prefix(dot + 1);
  }
}

}  // namespace eqlc
