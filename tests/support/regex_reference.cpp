#include "tests/support/regex_reference.h"

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/value/utf8.h"

namespace eqlc::testing {
namespace {

using regex::Node;
using regex::NodeId;
using regex::NodeKind;

constexpr size_t kMaxSymbols = 20;
constexpr size_t kMaxNodes = 60;
constexpr uint32_t kMaxRepeat = 20;

// Bit i: position i of the text, counted in symbols.
using Positions = uint32_t;
static_assert(kMaxSymbols < 32);

class Matcher {
 public:
  Matcher(const regex::Tree& tree, std::string_view text) : tree_(tree) {
    while (!text.empty()) {
      const utf8::CodePoint first = utf8::DecodeFirst(text);
      symbols_.push_back(first.symbol);
      text.remove_prefix(first.size);
    }
    memo_.resize(tree.nodes.size() * (symbols_.size() + 1));
  }

  bool Matches() { return (Ends(tree_.root, 0) >> symbols_.size() & 1) != 0; }

 private:
  Positions From(size_t position) const {
    const Positions all = (Positions{2} << symbols_.size()) - 1;
    return all & ~((Positions{1} << position) - 1);
  }

  // Where a match of `id` that begins at `from` can end.
  Positions Ends(NodeId id, size_t from) {
    std::optional<Positions>& memo = memo_[id * (symbols_.size() + 1) + from];
    if (!memo) memo = Compute(tree_.nodes[id], from);
    return *memo;
  }

  // The same for matches that begin at any of `starts`.
  Positions EndsOfAny(NodeId id, Positions starts) {
    Positions ends = 0;
    for (size_t i = 0; i <= symbols_.size(); ++i) {
      if ((starts >> i & 1) != 0) ends |= Ends(id, i);
    }
    return ends;
  }

  Positions Compute(const Node& node, size_t from) {
    Positions result = 0;
    switch (node.kind) {
      case NodeKind::kEmpty:
        return Positions{1} << from;
      case NodeKind::kNothing:
        return 0;
      case NodeKind::kSet:
        return from < symbols_.size() && InRanges(node, symbols_[from]) ? Positions{2} << from : 0;
      case NodeKind::kConcat:
        result = Positions{1} << from;
        for (const NodeId child : node.children) result = EndsOfAny(child, result);
        return result;
      case NodeKind::kUnion:
        for (const NodeId child : node.children) result |= Ends(child, from);
        return result;
      case NodeKind::kIntersection:
        result = From(from);
        for (const NodeId child : node.children) result &= Ends(child, from);
        return result;
      case NodeKind::kComplement:
        return From(from) & ~Ends(node.children[0], from);
      case NodeKind::kRepeat:
        return Repeat(node, from);
    }
    return 0;
  }

  Positions Repeat(const Node& node, size_t from) {
    Positions reached = Positions{1} << from;
    for (uint32_t i = 0; i < node.min; ++i) reached = EndsOfAny(node.children[0], reached);
    Positions all = reached;
    for (uint32_t i = node.min; i < node.max; ++i) {
      reached = EndsOfAny(node.children[0], reached);
      if ((all | reached) == all) break;
      all |= reached;
    }
    return all;
  }

  static bool InRanges(const Node& node, uint32_t symbol) {
    for (const regex::Range& range : node.ranges) {
      if (symbol >= range.low && symbol <= range.high) return true;
    }
    return false;
  }

  const regex::Tree& tree_;
  std::vector<uint32_t> symbols_;
  std::vector<std::optional<Positions>> memo_;  // by node and start
};

}  // namespace

std::optional<bool> ReferenceMatches(const regex::Tree& tree, std::string_view text) {
  if (tree.nodes.size() > kMaxNodes || utf8::Count(text) > kMaxSymbols) return std::nullopt;
  for (const Node& node : tree.nodes) {
    if (node.min > kMaxRepeat) return std::nullopt;
  }
  return Matcher(tree, text).Matches();
}

}  // namespace eqlc::testing
