// A recursive-descent parser, one function per level of precedence: union, intersection, concatenation, repetition,
// complement, atom. An operator of repetition with nothing before it is an ordinary character, as in Lucene.
// Tested by tests/unit/runtime/value/regex_test.cpp.
#include "runtime/value/regex_parse.h"

#include <algorithm>
#include <optional>
#include <string>

#include "eqlc/limits.hpp"
#include "runtime/value/ascii.h"
#include "runtime/value/utf8.h"

namespace eqlc::regex {

namespace {

// A literal needs a state per node, so a tree beyond this cannot become an automaton within its limit.
constexpr size_t kMaxNodes = size_t{4} * limits::kMaxRegexStates;
// A level of nesting in the pattern is at most a union of intersections of concatenations of repetitions.
constexpr uint32_t kMaxDepth = 4 * limits::kMaxRegexNesting;
constexpr size_t kMaxIntervalDigits = 18;  // far beyond Lucene's 32-bit bounds

constexpr Range kEverything = {0, utf8::kMaxSymbol};

void Normalise(std::vector<Range>& ranges) {
  std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.low < b.low; });
  size_t kept = 0;
  for (const Range& range : ranges) {
    if (kept > 0 && range.low <= ranges[kept - 1].high + 1) {
      ranges[kept - 1].high = std::max(ranges[kept - 1].high, range.high);
    } else {
      ranges[kept++] = range;
    }
  }
  ranges.resize(kept);
}

// REQUIRES: normalised.
std::vector<Range> Inverse(const std::vector<Range>& ranges) {
  std::vector<Range> result;
  uint32_t from = 0;
  for (const Range& range : ranges) {
    if (range.low > from) result.push_back({from, range.low - 1});
    from = range.high + 1;
  }
  if (from <= utf8::kMaxSymbol) result.push_back({from, utf8::kMaxSymbol});
  return result;
}

// The other case of the letters from `first` to `first + 25` in `range`.
void AddShifted(std::vector<Range>& ranges, Range range, uint32_t first, int shift) {
  const uint32_t low = std::max(range.low, first), high = std::min(range.high, first + 25);
  if (low <= high) ranges.push_back({low + static_cast<uint32_t>(shift), high + static_cast<uint32_t>(shift)});
}

std::vector<Range> ClassOf(char letter) {
  std::vector<Range> ranges;
  switch (ascii::FoldByte(static_cast<unsigned char>(letter))) {
    case 'd':
      ranges = {{'0', '9'}};
      break;
    case 'w':
      ranges = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
      break;
    default:
      ranges = {{'\t', '\n'}, {'\r', '\r'}, {' ', ' '}};
  }
  const bool negated = letter >= 'A' && letter <= 'Z';
  return negated ? Inverse(ranges) : ranges;
}

// Invariant: once `error_` is set, every function returns at once and its result is not used.
class Parser {
 public:
  Parser(std::string_view pattern, bool fold) : pattern_(pattern), fold_(fold) {}

  Result<Tree> Run() {
    tree_.root = ParseUnion();
    if (!error_ && at_ < pattern_.size()) Fail("unmatched ')'");
    if (error_) return *error_;
    return std::move(tree_);
  }

 private:
  // --- input ---
  bool More() const { return !error_ && at_ < pattern_.size(); }
  bool Peek(std::string_view set) const { return More() && set.find(pattern_[at_]) != std::string_view::npos; }
  bool Take(char c) {
    if (!More() || pattern_[at_] != c) return false;
    ++at_;
    return true;
  }
  uint32_t TakeSymbol() {
    if (!More()) return Fail("unexpected end");
    const utf8::CodePoint point = utf8::DecodeFirst(pattern_.substr(at_));
    at_ += point.size;
    return point.symbol;
  }
  uint32_t Fail(const std::string& what) {
    if (!error_) error_ = Error{what + " at offset " + std::to_string(at_)};
    return 0;
  }

  // --- nodes ---
  NodeId Add(Node node) {
    for (const NodeId child : node.children) node.depth = std::max(node.depth, tree_.nodes[child].depth + 1);
    if (node.depth > kMaxDepth) return Fail("nested too deep");
    if (tree_.nodes.size() >= kMaxNodes) return Fail("too large");
    tree_.nodes.push_back(std::move(node));
    return static_cast<NodeId>(tree_.nodes.size() - 1);
  }
  NodeId AddMany(NodeKind kind, std::vector<NodeId> children) {
    if (error_) return 0;
    if (children.size() == 1) return children[0];
    return Add({.kind = children.empty() ? NodeKind::kEmpty : kind, .children = std::move(children)});
  }
  NodeId AddSet(std::vector<Range> ranges) { return Add({.kind = NodeKind::kSet, .ranges = std::move(ranges)}); }
  NodeId AddRepeat(NodeId child, uint32_t min, uint32_t max) {
    if (error_) return 0;
    return Add({.kind = NodeKind::kRepeat, .min = min, .max = max, .children = {child}});
  }
  NodeId AddLiteral(uint32_t symbol) {
    std::vector<Range> ranges;
    AddRange(ranges, {symbol, symbol});
    Normalise(ranges);
    return AddSet(std::move(ranges));
  }
  void AddRange(std::vector<Range>& ranges, Range range) const {
    ranges.push_back(range);
    if (!fold_) return;
    AddShifted(ranges, range, 'A', 'a' - 'A');
    AddShifted(ranges, range, 'a', 'A' - 'a');
  }

  // --- grammar ---
  NodeId ParseUnion() {
    std::vector<NodeId> parts;
    do parts.push_back(ParseIntersection());
    while (Take('|'));
    return AddMany(NodeKind::kUnion, std::move(parts));
  }

  NodeId ParseIntersection() {
    std::vector<NodeId> parts;
    do parts.push_back(ParseConcat());
    while (Take('&'));
    return AddMany(NodeKind::kIntersection, std::move(parts));
  }

  NodeId ParseConcat() {
    std::vector<NodeId> parts;
    while (More() && !Peek(")|&")) parts.push_back(ParseRepeat());
    return AddMany(NodeKind::kConcat, std::move(parts));
  }

  NodeId ParseRepeat() {
    NodeId node = ParseComplement();
    while (Peek("?*+{")) {
      if (Take('?')) {
        node = AddRepeat(node, 0, 1);
      } else if (Take('*')) {
        node = AddRepeat(node, 0, kUnbounded);
      } else if (Take('+')) {
        node = AddRepeat(node, 1, kUnbounded);
      } else {
        node = ParseBounds(node);
      }
    }
    return node;
  }

  NodeId ParseBounds(NodeId child) {
    Take('{');
    const uint32_t min = ParseCount();
    uint32_t max = min;
    if (Take(',')) max = Peek("}") ? kUnbounded : ParseCount();
    if (!Take('}')) return Fail("expected '}'");
    if (min > max) return Fail("bounds of a repetition out of order");
    return AddRepeat(child, min, max);
  }

  uint32_t ParseCount() {
    if (!Peek("0123456789")) return Fail("expected a number");
    uint32_t count = 0;
    while (Peek("0123456789")) {
      count = count * 10 + static_cast<uint32_t>(pattern_[at_++] - '0');
      if (count > limits::kMaxRegexRepeat) {
        return Fail("repetition of more than " + std::to_string(limits::kMaxRegexRepeat));
      }
    }
    return count;
  }

  NodeId ParseComplement() {
    if (!Take('~')) return ParseAtom();
    if (++nesting_ > limits::kMaxRegexNesting) return Fail("nested too deep");
    const NodeId child = ParseComplement();
    --nesting_;
    return error_ ? 0 : Add({.kind = NodeKind::kComplement, .children = {child}});
  }

  NodeId ParseAtom() {
    if (Peek(")|&")) return Fail("expected something to complement");
    if (Take('(')) return ParseGroup();
    if (Take('[')) return ParseClass();
    if (Take('.')) return AddSet({kEverything});
    if (Take('@')) return AddRepeat(AddSet({kEverything}), 0, kUnbounded);
    if (Take('#')) return Add({.kind = NodeKind::kNothing});
    if (Take('"')) return ParseQuoted();
    if (Take('<')) return ParseInterval();
    std::vector<Range> ranges;
    if (TakeClassLetter(ranges)) return AddSet(std::move(ranges));
    return AddLiteral(TakeCharacter());
  }

  NodeId ParseGroup() {
    if (++nesting_ > limits::kMaxRegexNesting) return Fail("nested too deep");
    const NodeId node = ParseUnion();
    --nesting_;
    if (!Take(')')) return Fail("expected ')'");
    return node;
  }

  // `\d` and its like.
  bool TakeClassLetter(std::vector<Range>& ranges) {
    if (!Peek("\\") || at_ + 1 == pattern_.size()) return false;
    const char letter = pattern_[at_ + 1];
    if (std::string_view("dDwWsS").find(letter) == std::string_view::npos) return false;
    at_ += 2;
    const std::vector<Range> found = ClassOf(letter);
    ranges.insert(ranges.end(), found.begin(), found.end());
    return true;
  }

  // A symbol, perhaps behind a backslash.
  uint32_t TakeCharacter() {
    if (!Take('\\')) return TakeSymbol();
    if (!More()) return Fail("nothing behind '\\'");
    if (ascii::IsLetter(pattern_[at_])) return Fail(std::string("invalid character class \\") + pattern_[at_]);
    return TakeSymbol();
  }

  // The first item is taken whatever it is, so that `[]]` is the class of `]`.
  NodeId ParseClass() {
    const bool negated = Take('^');
    std::vector<Range> ranges;
    do ParseClassItem(ranges);
    while (More() && !Peek("]"));
    if (!Take(']')) return Fail("expected ']'");
    Normalise(ranges);
    return AddSet(negated ? Inverse(ranges) : std::move(ranges));
  }

  void ParseClassItem(std::vector<Range>& ranges) {
    if (TakeClassLetter(ranges)) return;
    const uint32_t low = TakeCharacter();
    uint32_t high = low;
    const bool is_range = Peek("-") && at_ + 1 < pattern_.size() && pattern_[at_ + 1] != ']';
    if (is_range) {
      ++at_;
      high = TakeCharacter();
      if (high < low) Fail("range of a class out of order");
    }
    AddRange(ranges, {low, high});
  }

  NodeId ParseQuoted() {
    std::vector<NodeId> symbols;
    while (More() && !Peek("\"")) symbols.push_back(AddLiteral(TakeSymbol()));
    if (!Take('"')) return Fail("expected '\"'");
    return AddMany(NodeKind::kConcat, std::move(symbols));
  }

  // --- numeric intervals: `<n-m>`, as digits ---
  NodeId ParseInterval() {
    std::string low = TakeDigits();
    if (!Take('-')) return Fail("expected '-' of an interval");
    std::string high = TakeDigits();
    if (!Take('>')) return Fail("expected '>'");
    if (low.size() == high.size()) return Between(std::min(low, high), std::max(low, high));
    // Bounds of different width: any number of leading zeros.
    StripZeros(low);
    StripZeros(high);
    if (low.size() > high.size() || (low.size() == high.size() && low > high)) std::swap(low, high);
    std::vector<NodeId> widths;
    for (size_t width = low.size(); width <= high.size() && !error_; ++width) {
      const std::string from = width == low.size() ? low : "1" + std::string(width - 1, '0');
      widths.push_back(Between(from, width == high.size() ? high : std::string(width, '9')));
    }
    const NodeId zeros = AddRepeat(AddSet({{'0', '0'}}), 0, kUnbounded);
    return AddMany(NodeKind::kConcat, {zeros, AddMany(NodeKind::kUnion, std::move(widths))});
  }

  std::string TakeDigits() {
    const size_t from = at_;
    while (Peek("0123456789")) ++at_;
    const size_t count = at_ - from;
    if (count == 0) Fail("expected a number");
    if (count > kMaxIntervalDigits) Fail("number of an interval too long");
    return std::string(pattern_.substr(from, std::min(count, kMaxIntervalDigits)));
  }

  static void StripZeros(std::string& digits) {
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  }

  NodeId Digits(char low, char high, NodeId rest) {
    const NodeId digit = AddSet({{static_cast<uint32_t>(low), static_cast<uint32_t>(high)}});
    return AddMany(NodeKind::kConcat, {digit, rest});
  }
  NodeId AnyDigits(size_t count) {
    return AddRepeat(AddSet({{'0', '9'}}), static_cast<uint32_t>(count), static_cast<uint32_t>(count));
  }

  // Numbers of the width of `low` and `high` between them; at each digit at most two branches are not "any digits"
  // below. REQUIRES: equal sizes, low <= high.
  NodeId Between(std::string_view low, std::string_view high) {
    if (low.empty() || error_) return AddMany(NodeKind::kConcat, {});
    const bool all = low.find_first_not_of('0') == low.npos && high.find_first_not_of('9') == high.npos;
    if (all) return AnyDigits(low.size());
    const std::string_view low_rest = low.substr(1), high_rest = high.substr(1);
    if (low[0] == high[0]) return Digits(low[0], low[0], Between(low_rest, high_rest));
    std::vector<NodeId> parts = {
        Digits(low[0], low[0], Between(low_rest, std::string(low_rest.size(), '9'))),
        Digits(high[0], high[0], Between(std::string(high_rest.size(), '0'), high_rest)),
    };
    if (low[0] + 1 < high[0]) {
      parts.push_back(
          Digits(static_cast<char>(low[0] + 1), static_cast<char>(high[0] - 1), AnyDigits(low_rest.size())));
    }
    return AddMany(NodeKind::kUnion, std::move(parts));
  }

  std::string_view pattern_;
  bool fold_;
  size_t at_ = 0;
  uint32_t nesting_ = 0;
  Tree tree_;
  std::optional<Error> error_;
};

}  // namespace

Result<Tree> Parse(std::string_view pattern, bool fold) { return Parser(pattern, fold).Run(); }

}  // namespace eqlc::regex
