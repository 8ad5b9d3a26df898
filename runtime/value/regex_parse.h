// Regular expressions of the Lucene dialect as a tree (docs/semantics.md section 3.7).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "eqlc/result.hpp"

namespace eqlc::regex {

// Symbols as in utf8.h: code points, and one symbol per invalid byte.
struct Range {
  uint32_t low;
  uint32_t high;
};

using NodeId = uint32_t;
inline constexpr uint32_t kUnbounded = UINT32_MAX;

enum class NodeKind : uint8_t {
  kEmpty,         // the empty text
  kNothing,       // no text at all: `#`
  kSet,           // one symbol out of `ranges`
  kConcat,        // children in order
  kUnion,         // some child
  kIntersection,  // every child
  kComplement,    // what the child does not match
  kRepeat,        // the child, `min` to `max` times
};

struct Node {
  NodeKind kind;
  uint32_t depth = 1;  // of the tree below, bounded
  uint32_t min = 0;
  uint32_t max = 0;
  std::vector<NodeId> children = {};
  std::vector<Range> ranges = {};  // sorted, disjoint
};

// Children have smaller ids than their parent.
struct Tree {
  std::vector<Node> nodes;
  NodeId root = 0;
};

// `fold`: ASCII letters, in classes and their ranges too, stand for both cases. An Error says what is wrong, at which
// byte (from 0).
Result<Tree> Parse(std::string_view pattern, bool fold);

}  // namespace eqlc::regex
