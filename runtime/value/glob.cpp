// Globs: the plain matcher, and sets of patterns sorted by shape so that the usual ones (`a`, `a*`, `*a`, `*a*`) need
// no matching loop. Tested by tests/unit/runtime/value/glob_test.cpp.
#include "runtime/value/glob.h"

#include <algorithm>
#include <array>
#include <bit>
#include <bitset>
#include <exception>
#include <iterator>
#include <memory>
#include <string>

#include "runtime/abi/rule_index.h"
#include "runtime/value/ascii.h"
#include "runtime/value/pattern_table.h"
#include "runtime/value/search.h"
#include "runtime/value/text_set.h"
#include "runtime/value/utf8.h"
#include "runtime/value/words.h"

namespace eqlc {

namespace {

// So many parts are looked for one by one before a table of them pays.
constexpr size_t kFewParts = 16;

bool SameByte(char a, char b, bool fold) {
  if (a == b) return true;
  return fold && ascii::FoldByte(static_cast<unsigned char>(a)) == ascii::FoldByte(static_cast<unsigned char>(b));
}

bool SameSymbol(uint32_t a, uint32_t b, bool fold) {
  if (a >= 0x80 || b >= 0x80) return a == b;
  return SameByte(static_cast<char>(a), static_cast<char>(b), fold);
}

// The part of a pattern between two stars: literal bytes and `?`.
class Piece {
 public:
  Piece(std::string_view text, bool stars_only)
      : text_(text), symbols_(utf8::Count(text)), literal_(stars_only || text.find('?') == std::string_view::npos) {}

  // Bytes of `text` that the piece takes at its beginning; kNotFound when it does not match there.
  size_t MatchFront(std::string_view text, bool fold) const noexcept {
    if (literal_) return ascii::StartsWith(text, text_, fold) ? text_.size() : kNotFound;
    // The piece is UTF-8, so bytes of it stand for code points of the text.
    size_t t = 0;
    for (const char want : text_) {
      if (t == text.size()) return kNotFound;
      if (want == '?') {
        t += utf8::DecodeFirst(text.substr(t)).size;
      } else if (!SameByte(want, text[t++], fold)) {
        return kNotFound;
      }
    }
    return t;
  }

  // The same at its end.
  size_t MatchBack(std::string_view text, bool fold) const noexcept {
    if (literal_) return ascii::EndsWith(text, text_, fold) ? text_.size() : kNotFound;
    size_t taken = 0;
    for (size_t i = 0; i < symbols_; ++i) {
      if (taken == text.size()) return kNotFound;
      taken += utf8::LastSize(text.substr(0, text.size() - taken));
    }
    return MatchFront(text.substr(text.size() - taken), fold);
  }

  // Offset behind the first occurrence; kNotFound when there is none.
  size_t FindEnd(std::string_view text, bool fold) const noexcept {
    if (literal_) {
      const size_t at = FindFirst(text, text_, fold);
      return at == kNotFound ? kNotFound : at + text_.size();
    }
    for (size_t at = 0; at <= text.size();) {
      if (IsAsciiBlock(text, at)) {
        const uint32_t found = FindInBlock(text.data() + at, fold);
        if (found != 0) return at + static_cast<size_t>(std::countr_zero(found)) + text_.size();
        at += kBlock;
        continue;
      }
      const size_t taken = MatchFront(text.substr(at), fold);
      if (taken != kNotFound) return at + taken;
      if (at == text.size()) break;
      at += utf8::DecodeFirst(text.substr(at)).size;
    }
    return kNotFound;
  }

  bool literal() const { return literal_; }
  const std::string& text() const { return text_; }

 private:
  static constexpr size_t kBlock = 16;  // places that are looked at together

  // The piece ends in ASCII wherever it begins in the block.
  bool IsAsciiBlock(std::string_view text, size_t at) const noexcept {
    if (text.size() - at < kBlock + text_.size()) return false;
    const char* const block = text.data() + at;
    uint32_t non_ascii = words::FindNonAscii16(block + text_.size());
    for (size_t i = 0; i < text_.size(); i += kBlock) non_ascii |= words::FindNonAscii16(block + i);
    return non_ascii == 0;
  }

  // Bit i is set where the piece matches at place i. Each of its bytes is about one of the text.
  uint32_t FindInBlock(const char* block, bool fold) const noexcept {
    uint32_t found = (1u << kBlock) - 1;
    for (size_t i = 0; i < text_.size() && found != 0; ++i) {
      if (text_[i] != '?') found &= words::FindBytes16(block + i, words::Wanted::Of(text_[i], fold));
    }
    return found;
  }

  std::string text_;
  size_t symbols_;
  bool literal_;
};

// Literals that texts begin or end with, of which most texts have none: their first or last byte tells. Of the others
// only one can be the text's, the last that does not come behind it.
class Ends {
 public:
  enum class Side : uint8_t { kFront, kBack };

  Ends(Side side, bool fold) : side_(side), fold_(fold) {}

  void Insert(std::string literal) {
    bytes_.set(Key(side_ == Side::kFront ? literal.front() : literal.back()));
    literals_.push_back(std::move(literal));
  }
  // Once, behind the last Insert.
  void Sort() {
    std::ranges::sort(literals_, [this](const auto& a, const auto& b) { return Less(a, b); });
    // What has another one says no more than that does.
    const auto has = [this](const std::string& shorter, const std::string& literal) { return Has(literal, shorter); };
    literals_.erase(std::unique(literals_.begin(), literals_.end(), has), literals_.end());
  }

  // REQUIRES: Sort.
  bool AnyOf(std::string_view text) const noexcept {
    if (text.empty() || !bytes_[Key(side_ == Side::kFront ? text.front() : text.back())]) return false;
    const auto behind = std::upper_bound(literals_.begin(), literals_.end(), text,
                                         [this](std::string_view t, const std::string& l) { return Less(t, l); });
    return behind != literals_.begin() && Has(text, *std::prev(behind));
  }

 private:
  size_t Key(char c) const {
    const auto byte = static_cast<unsigned char>(c);
    return fold_ ? ascii::FoldByte(byte) : byte;
  }
  bool Has(std::string_view text, std::string_view literal) const noexcept {
    return side_ == Side::kFront ? ascii::StartsWith(text, literal, fold_) : ascii::EndsWith(text, literal, fold_);
  }
  // By their bytes from that side on.
  bool Less(std::string_view a, std::string_view b) const noexcept {
    const auto less = [this](char x, char y) { return Key(x) < Key(y); };
    return side_ == Side::kFront ? std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), less)
                                 : std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(), b.rend(), less);
  }

  const Side side_;
  const bool fold_;
  std::bitset<256> bytes_;
  std::vector<std::string> literals_;  // none is empty
};

// Sixteen bytes without case, with blanks behind a shorter text.
struct Bytes16 {
  static Bytes16 Of(std::string_view text) {
    return {{WordOf(text), WordOf(text.substr(std::min<size_t>(8, text.size())))}};
  }

  static uint64_t WordOf(std::string_view text) {
    const bool is_short = text.size() < 8;
    return (is_short ? words::LoadTail(text.data(), text.size()) : words::Load(text.data())) | words::kCaseBits;
  }

  friend auto operator<=>(const Bytes16&, const Bytes16&) = default;

  std::array<uint64_t, 2> words{};
};

// What of a text demands look at.
struct TextFront {
  explicit TextFront(std::string_view text)
      : starts_with_ascii(!text.empty() && static_cast<unsigned char>(text[0]) < 0x80),
        bytes{Bytes16::Of(text), starts_with_ascii ? Bytes16::Of(text.substr(1)) : Bytes16()} {}

  bool starts_with_ascii;
  std::array<Bytes16, 2> bytes;  // from the first byte on; from the second one on, if the first is ASCII
};

// What patterns demand of the beginning of a text: usually enough to pass over them.
class Demand {
 public:
  // A `?` takes a first character of any size; what is behind it is looked at where that is one byte.
  static Demand Of(const Piece& front) {
    std::string_view literal = front.text();
    Demand demand;
    if (!front.literal()) {
      demand.behind_first_ = literal.starts_with('?');
      literal.remove_prefix(demand.behind_first_);
      literal = literal.substr(0, literal.find('?'));
    }
    const Bytes16 bytes = Bytes16::Of(literal);
    for (size_t i = 0; i < 2; ++i) {
      const size_t size = std::clamp<size_t>(literal.size(), 8 * i, 8 * i + 8) - 8 * i;
      demand.mask_.words[i] = size < 8 ? (uint64_t{1} << (8 * size)) - 1 : ~uint64_t{0};
      demand.bytes_.words[i] = bytes.words[i] & demand.mask_.words[i];
    }
    return demand;
  }

  bool IsMet(const TextFront& front) const {
    if (behind_first_ && !front.starts_with_ascii) return true;
    const Bytes16& text = front.bytes[behind_first_];
    return (((text.words[0] ^ bytes_.words[0]) & mask_.words[0]) |
            ((text.words[1] ^ bytes_.words[1]) & mask_.words[1])) == 0;
  }

  friend auto operator<=>(const Demand&, const Demand&) = default;

 private:
  bool behind_first_ = false;
  Bytes16 bytes_;
  Bytes16 mask_;  // nothing
};

// A pattern as pieces: `front * middle * ... * back`. Without a star it is `front` alone.
struct Pieces {
  Pieces(std::string_view pattern, bool stars_only);
  bool Matches(std::string_view text, bool fold) const noexcept;

  bool starred;
  Piece front{"", true};
  Piece back{"", true};
  std::vector<Piece> middle;  // none is empty
};

Pieces::Pieces(std::string_view pattern, bool stars_only) {
  const size_t first = pattern.find('*'), last = pattern.rfind('*');
  starred = first != std::string_view::npos;
  if (!starred) {
    front = Piece(pattern, stars_only);
    return;
  }
  front = Piece(pattern.substr(0, first), stars_only);
  back = Piece(pattern.substr(last + 1), stars_only);
  for (size_t from = first; from < last;) {
    const size_t to = pattern.find('*', from + 1);
    if (to > from + 1) middle.emplace_back(pattern.substr(from + 1, to - from - 1), stars_only);
    from = to;
  }
}

// Leftmost occurrences suffice: they leave the most text to the pieces behind.
bool Pieces::Matches(std::string_view text, bool fold) const noexcept {
  const size_t head = front.MatchFront(text, fold);
  if (head == kNotFound) return false;
  text.remove_prefix(head);
  if (!starred) return text.empty();
  const size_t tail = back.MatchBack(text, fold);
  if (tail == kNotFound) return false;
  text.remove_suffix(tail);
  for (const Piece& piece : middle) {
    const size_t end = piece.FindEnd(text, fold);
    if (end == kNotFound) return false;
    text.remove_prefix(end);
  }
  return true;
}

// Patterns that demand the same: lists of them tend to begin alike (`?:\Users\..`).
struct PiecesByFront {
  Demand demand;
  std::vector<Pieces> patterns;
};

}  // namespace

bool GlobMatch(std::string_view pattern, std::string_view text, bool fold, bool stars_only) noexcept {
  size_t p = 0, t = 0;
  size_t behind_star = kNotFound, star_end = 0;  // the last star, and where its run ends so far
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      behind_star = ++p;
      star_end = t;
      continue;
    }
    if (p < pattern.size()) {
      const utf8::CodePoint want = utf8::DecodeFirst(pattern.substr(p));
      const utf8::CodePoint have = utf8::DecodeFirst(text.substr(t));
      if ((want.symbol == '?' && !stars_only) || SameSymbol(want.symbol, have.symbol, fold)) {
        p += want.size;
        t += have.size;
        continue;
      }
    }
    if (behind_star == kNotFound) return false;
    star_end += utf8::DecodeFirst(text.substr(star_end)).size;
    t = star_end;
    p = behind_star;
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

struct GlobSet::Impl {
  Impl(bool fold_case, bool only_stars)
      : fold(fold_case),
        stars_only(only_stars),
        exact(fold_case),
        prefixes(Ends::Side::kFront, fold_case),
        suffixes(Ends::Side::kBack, fold_case) {}

  void Insert(std::string_view pattern);
  // Once, behind the last Insert.
  void Sort();
  void JoinGeneral();  // so that no two of `general` demand the same
  bool Matches(std::string_view text) const;
  bool AnyPart(std::string_view text) const;
  bool AnyGeneral(std::string_view text) const noexcept;

  bool fold;
  bool stars_only;
  bool everything = false;  // some pattern is `*`
  TextSet exact;
  Ends prefixes;
  Ends suffixes;
  std::vector<std::string> contained;
  PatternTable parts;  // those of `contained` that were many
  std::vector<PiecesByFront> general;
  std::vector<std::string> broken;  // not UTF-8: matched symbol by symbol
};

void GlobSet::Impl::Insert(std::string_view pattern) {
  // Comparing bytes equals comparing code points only for a well-formed pattern.
  if (!utf8::IsValid(pattern)) {
    broken.emplace_back(pattern);
    return;
  }
  Pieces pieces(pattern, stars_only);
  const bool literal =
      pieces.front.literal() && pieces.back.literal() &&
      std::all_of(pieces.middle.begin(), pieces.middle.end(), [](const Piece& p) { return p.literal(); });
  const bool front = !pieces.front.text().empty(), back = !pieces.back.text().empty();
  if (!literal || pieces.middle.size() + front + back > 1) {
    const Demand demand = Demand::Of(pieces.front);
    general.push_back({demand, {}});
    general.back().patterns.push_back(std::move(pieces));
  } else if (!pieces.starred) {
    exact.Insert(pattern);
  } else if (front) {
    prefixes.Insert(pieces.front.text());
  } else if (back) {
    suffixes.Insert(pieces.back.text());
  } else if (!pieces.middle.empty()) {
    contained.push_back(pieces.middle.front().text());
  } else {
    everything = true;
  }
}

void GlobSet::Impl::Sort() {
  prefixes.Sort();
  suffixes.Sort();
  JoinGeneral();
  if (contained.size() <= kFewParts) return;
  const auto is_short = [](const std::string& part) { return part.size() < abi::kMinContainedBytes; };
  const auto longer = std::partition(contained.begin(), contained.end(), is_short);
  std::vector<PatternTable::Pattern> patterns;
  for (auto part = longer; part != contained.end(); ++part) {
    patterns.push_back({abi::TestKind::kContains, 0, fold ? ascii::Fold(*part) : *part, 0});
  }
  contained.erase(longer, contained.end());
  parts = PatternTable(std::move(patterns));
}

void GlobSet::Impl::JoinGeneral() {
  std::ranges::sort(general, {}, &PiecesByFront::demand);
  size_t joined = 0;
  for (size_t i = 1; i < general.size(); ++i) {
    if (general[i].demand == general[joined].demand) {
      general[joined].patterns.push_back(std::move(general[i].patterns.front()));
    } else if (++joined != i) {
      general[joined] = std::move(general[i]);
    }
  }
  if (!general.empty()) general.erase(general.begin() + static_cast<ptrdiff_t>(joined) + 1, general.end());
}

bool GlobSet::Impl::AnyPart(std::string_view text) const {
  for (const std::string& part : contained) {
    if (FindFirst(text, part, fold) != kNotFound) return true;
  }
  if (parts.empty()) return false;
  std::vector<uint32_t> found;
  fold ? parts.Find(ascii::Fold(text), found) : parts.Find(text, found);
  return !found.empty();
}

bool GlobSet::Impl::AnyGeneral(std::string_view text) const noexcept {
  const TextFront front(text);
  for (const auto& [demand, patterns] : general) {
    if (!demand.IsMet(front)) continue;
    for (const Pieces& pattern : patterns) {
      if (pattern.Matches(text, fold)) return true;
    }
  }
  return false;
}

bool GlobSet::Impl::Matches(std::string_view text) const {
  if (everything || exact.Contains(text) || prefixes.AnyOf(text) || suffixes.AnyOf(text) || AnyPart(text)) return true;
  if (!general.empty() && AnyGeneral(text)) return true;
  for (const std::string& pattern : broken) {
    if (GlobMatch(pattern, text, fold, stars_only)) return true;
  }
  return false;
}

GlobSet::GlobSet(std::span<const std::string_view> patterns, bool fold, bool stars_only)
    : patterns_(patterns.begin(), patterns.end()), fold_(fold), stars_only_(stars_only) {}

GlobSet::~GlobSet() = default;

bool GlobSet::Matches(std::string_view text) const noexcept {
  const auto make = [this] {
    auto made = std::make_unique<Impl>(fold_, stars_only_);
    for (const std::string_view pattern : patterns_) made->Insert(pattern);
    made->Sort();
    return made;
  };
  try {
    return impl_.Get(make).Matches(text);
  } catch (const std::exception&) {  // no memory for it
    return std::ranges::any_of(patterns_,
                               [&](std::string_view pattern) { return GlobMatch(pattern, text, fold_, stars_only_); });
  }
}

}  // namespace eqlc
