// From the leaves of the tree upwards: with which texts matches begin and end, and what they contain. Sets of texts are
// kept as long as they are small, and give way to "anything" where they are not.
// Tested by tests/unit/compiler/index/regex_factors_test.cpp.
#include "compiler/index/regex_factors.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "compiler/support/utf8.h"
#include "runtime/value/ascii.h"
#include "runtime/value/utf8.h"

namespace eqlc::index {
namespace {

using regex::NodeId;
using regex::NodeKind;

// More alternatives are more tests of a clause, and hardly fewer candidates than none.
constexpr size_t kMaxTexts = 32;
// Longer parts tell no more.
constexpr size_t kMaxTextBytes = 48;
// Symbols of a class that are worth telling apart.
constexpr size_t kMaxSymbols = 8;

// Ascending, distinct, in lower case.
using Texts = std::vector<std::string>;

const Texts kAnything = {""};

void Normalise(Texts& texts) {
  std::ranges::sort(texts);
  const auto repeated = std::ranges::unique(texts);
  texts.erase(repeated.begin(), repeated.end());
}

size_t Shortest(const Texts& texts) {
  size_t shortest = SIZE_MAX;
  for (const std::string& text : texts) shortest = std::min(shortest, text.size());
  return texts.empty() ? 0 : shortest;
}

// What a node's matches are like.
struct Facts {
  bool whole = false;        // `begins` are all matches there are
  Texts begins = kAnything;  // each match begins with one
  Texts ends = kAnything;    // each match ends with one
  Texts parts = kAnything;   // each match has one somewhere
};

Facts Whole(Texts texts) {
  Normalise(texts);
  return {true, texts, texts, texts};
}

// The set whose shortest text is longest; of two such the smaller one.
const Texts& Better(const Texts& a, const Texts& b) {
  const size_t size_a = Shortest(a), size_b = Shortest(b);
  if (size_a != size_b) return size_a > size_b ? a : b;
  return a.size() <= b.size() ? a : b;
}

const Texts& BestParts(const Facts& facts) { return Better(Better(facts.parts, facts.begins), facts.ends); }

// Each of `a` followed by each of `b`; nothing when there are too many.
std::optional<Texts> Joined(const Texts& a, const Texts& b) {
  if (a.size() * b.size() > kMaxTexts) return std::nullopt;
  Texts joined;
  for (const std::string& left : a) {
    for (const std::string& right : b) joined.push_back(left + right);
  }
  Normalise(joined);
  return joined;
}

// As long as texts may be, from the front or the back of each.
Texts Cut(Texts texts, bool front) {
  for (std::string& text : texts) {
    if (text.size() > kMaxTextBytes)
      text = front ? text.substr(0, kMaxTextBytes) : text.substr(text.size() - kMaxTextBytes);
  }
  Normalise(texts);
  return texts;
}

bool IsLong(const Texts& texts) {
  return std::ranges::any_of(texts, [](const std::string& text) { return text.size() > kMaxTextBytes; });
}

Facts Concat(const Facts& a, const Facts& b) {
  std::optional<Texts> all = a.whole && b.whole ? Joined(a.begins, b.begins) : std::nullopt;
  if (all && !IsLong(*all)) return Whole(std::move(*all));
  const std::optional<Texts> begins = a.whole ? Joined(a.begins, b.begins) : std::nullopt;
  const std::optional<Texts> ends = b.whole ? Joined(a.ends, b.ends) : std::nullopt;
  const std::optional<Texts> middle = Joined(a.ends, b.begins);
  Facts facts;
  facts.begins = Cut(begins.value_or(a.begins), /*front=*/true);
  facts.ends = Cut(ends.value_or(b.ends), /*front=*/false);
  facts.parts = Better(BestParts(a), BestParts(b));
  if (middle) facts.parts = Better(facts.parts, Cut(*middle, /*front=*/true));
  return facts;
}

// What is known of either is known of the union.
Texts Unite(const Texts& a, const Texts& b) {
  Texts both;
  std::ranges::set_union(a, b, std::back_inserter(both));
  return both.size() <= kMaxTexts ? both : kAnything;
}

Facts Union(const Facts& a, const Facts& b) {
  Facts facts;
  facts.begins = Unite(a.begins, b.begins);
  facts.ends = Unite(a.ends, b.ends);
  facts.parts = Unite(BestParts(a), BestParts(b));
  facts.whole = a.whole && b.whole && a.begins.size() + b.begins.size() <= kMaxTexts;
  return facts;
}

Facts Set(const regex::Node& node) {
  size_t count = 0;
  for (const regex::Range& range : node.ranges) {
    count += range.high - range.low + 1;
    if (range.high >= utf8::kInvalidByte || count > kMaxSymbols) return {};
  }
  Texts texts;
  for (const regex::Range& range : node.ranges) {
    for (uint32_t symbol = range.low; symbol <= range.high; ++symbol) {
      if (symbol >= 0xD800 && symbol <= 0xDFFF) return {};  // in no text
      std::string text;
      AppendUtf8(symbol, text);
      texts.push_back(ascii::Fold(text));
    }
  }
  return texts.empty() ? Facts() : Whole(std::move(texts));
}

Facts Repeat(const regex::Node& node, const Facts& child) {
  if (node.max == 0) return Whole({""});
  if (node.min == 0) return node.max == 1 && child.whole ? Union(Whole({""}), child) : Facts();
  if (node.max == 1) return child;
  return {false, child.begins, child.ends, BestParts(child)};
}

class Reader {
 public:
  explicit Reader(const regex::Tree& tree) : tree_(tree) {
    for (const regex::Node& node : tree.nodes) facts_.push_back(Read(node));
  }

  std::vector<Factor> Factors(NodeId id) const {
    const Facts& facts = facts_[id];
    if (facts.whole) return All(TestKind::kEqual, facts.begins);
    std::vector<Factor> best;
    for (std::vector<Factor> factors : {All(TestKind::kPrefix, facts.begins), All(TestKind::kSuffix, facts.ends),
                                        All(TestKind::kContains, facts.parts)}) {
      if (LeastWorth(factors) > LeastWorth(best)) best = std::move(factors);
    }
    if (best.empty() && tree_.nodes[id].kind == NodeKind::kUnion) return OfAlternatives(id);
    return best;
  }

 private:
  // Children come before their parents.
  Facts Read(const regex::Node& node) const {
    switch (node.kind) {
      case NodeKind::kEmpty:
        return Whole({""});
      case NodeKind::kSet:
        return Set(node);
      case NodeKind::kConcat:
        return Folded(node, &Concat);
      case NodeKind::kUnion:
        return Folded(node, &Union);
      case NodeKind::kIntersection:
        return facts_[node.children[0]];
      case NodeKind::kRepeat:
        return Repeat(node, facts_[node.children[0]]);
      case NodeKind::kNothing:
      case NodeKind::kComplement:
        return {};
    }
    return {};
  }

  Facts Folded(const regex::Node& node, Facts (*join)(const Facts&, const Facts&)) const {
    Facts facts = facts_[node.children[0]];
    for (size_t i = 1; i < node.children.size(); ++i) facts = join(facts, facts_[node.children[i]]);
    return facts;
  }

  // None where one is too short.
  static std::vector<Factor> All(TestKind kind, const Texts& texts) {
    std::vector<Factor> factors;
    for (const std::string& text : texts) {
      factors.push_back({kind, 0, text});
      if (!IsUsable(factors.back())) return {};
    }
    return factors;
  }

  static size_t LeastWorth(const std::vector<Factor>& factors) {
    size_t least = SIZE_MAX;
    for (const Factor& factor : factors) least = std::min(least, Worth(factor));
    return factors.empty() ? 0 : least;
  }

  // Each alternative by what is best for it.
  std::vector<Factor> OfAlternatives(NodeId id) const {
    std::vector<Factor> all;
    for (const NodeId child : tree_.nodes[id].children) {
      const std::vector<Factor> factors = Factors(child);
      if (factors.empty() || all.size() + factors.size() > kMaxTexts) return {};
      all.insert(all.end(), factors.begin(), factors.end());
    }
    return all;
  }

  const regex::Tree& tree_;
  std::vector<Facts> facts_;  // by NodeId
};

}  // namespace

std::vector<Factor> FactorsOf(const regex::Tree& tree) { return Reader(tree).Factors(tree.root); }

}  // namespace eqlc::index
