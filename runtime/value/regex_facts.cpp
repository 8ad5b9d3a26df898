// From the leaves of the tree upwards. Sets of texts are kept as long as they are small, and give way to "anything"
// where they are not. Tested by tests/unit/compiler/index/regex_factors_test.cpp.
#include "runtime/value/regex_facts.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "runtime/value/ascii.h"
#include "runtime/value/utf8.h"

namespace eqlc::regex {
namespace {

// Longer parts tell no more.
constexpr uint32_t kMaxTextBytes = 48;
// Symbols of a class that are worth telling apart.
constexpr size_t kMaxSymbols = 8;

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

// Each of `a` followed by each of `b`; nothing when there are too many.
std::optional<Texts> Joined(const Texts& a, const Texts& b) {
  if (a.size() * b.size() > kMaxFactTexts) return std::nullopt;
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
  return both.size() <= kMaxFactTexts ? both : kAnything;
}

Facts Union(const Facts& a, const Facts& b) {
  Facts facts;
  facts.begins = Unite(a.begins, b.begins);
  facts.ends = Unite(a.ends, b.ends);
  facts.parts = Unite(BestParts(a), BestParts(b));
  facts.whole = a.whole && b.whole && a.begins.size() + b.begins.size() <= kMaxFactTexts;
  return facts;
}

Facts Set(const Node& node) {
  size_t count = 0;
  for (const Range& range : node.ranges) {
    count += range.high - range.low + 1;
    if (range.high >= utf8::kInvalidByte || count > kMaxSymbols) return {};
  }
  Texts texts;
  for (const Range& range : node.ranges) {
    for (uint32_t symbol = range.low; symbol <= range.high; ++symbol) {
      if (utf8::IsSurrogate(symbol)) return {};  // in no text
      std::string text;
      utf8::Append(symbol, text);
      texts.push_back(ascii::Fold(text));
    }
  }
  return texts.empty() ? Facts() : Whole(std::move(texts));
}

Facts Repeat(const Node& node, const Facts& child) {
  if (node.max == 0) return Whole({""});
  if (node.min == 0) return node.max == 1 && child.whole ? Union(Whole({""}), child) : Facts();
  Facts facts = child;
  uint32_t times = 1;
  if (child.whole) {
    // The first `times` of them, which are the last, too.
    for (; times < std::min(node.min, kMaxTextBytes); ++times) {
      std::optional<Texts> more = Joined(facts.begins, child.begins);
      if (!more || IsLong(*more)) break;
      facts = Whole(std::move(*more));
    }
  } else if (node.min > 1) {
    facts = Concat(child, child);  // what is between two of them
  }
  facts.whole &= times == node.max;
  return facts;
}

class Reader {
 public:
  explicit Reader(const Tree& tree) {
    for (const Node& node : tree.nodes) facts_.push_back(Read(node));
  }

  std::vector<Facts> Take() { return std::move(facts_); }

 private:
  // Children come before their parents.
  Facts Read(const Node& node) const {
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

  Facts Folded(const Node& node, Facts (*join)(const Facts&, const Facts&)) const {
    Facts facts = facts_[node.children[0]];
    for (size_t i = 1; i < node.children.size(); ++i) facts = join(facts, facts_[node.children[i]]);
    return facts;
  }

  std::vector<Facts> facts_;  // by NodeId
};

}  // namespace

const Texts& BestParts(const Facts& facts) { return Better(Better(facts.parts, facts.begins), facts.ends); }

std::vector<Facts> FactsOf(const Tree& tree) { return Reader(tree).Take(); }

}  // namespace eqlc::regex
