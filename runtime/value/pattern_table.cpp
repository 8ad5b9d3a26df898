// Tested by tests/unit/runtime/value/pattern_table_test.cpp.
#include "runtime/value/pattern_table.h"

#include <algorithm>
#include <cstring>
#include <unordered_map>
#include <utility>

#include "runtime/abi/bits.h"
#include "runtime/abi/rule_index.h"

namespace eqlc {
namespace {

constexpr size_t kShortGram = abi::kMinAnchoredBytes;
constexpr size_t kLongGram = abi::kMinContainedBytes;
constexpr std::array kGramSizes = {kShortGram, kLongGram};
constexpr unsigned kFilterBits = 13;

// Never 0, because a gram of four bytes is not the same as one of two.
uint64_t Gram(const char* at, size_t size) {
  uint32_t bytes = 0;
  if (size == kLongGram) {
    std::memcpy(&bytes, at, kLongGram);
  } else {
    std::memcpy(&bytes, at, kShortGram);
  }
  // The low bits choose the slot in a table.
  return (uint64_t{bytes} << 8 | size) * 0x9E3779B97F4A7C15 >> 13 | 1;
}

// Three bytes of a gram of four.
uint32_t FirstThree(uint32_t gram) { return gram & 0xFFFFFF; }
uint32_t LastThree(uint32_t gram) { return gram >> 8; }
uint32_t FilterPlace(uint32_t three) { return three * 0x9E3779B1 >> (32 - kFilterBits); }

uint32_t LongGramAt(const char* at) {
  uint32_t bytes;
  std::memcpy(&bytes, at, kLongGram);
  return bytes;
}

// The two ends of texts that patterns are anchored at.
struct Front {
  static bool Has(std::string_view text, std::string_view part) { return text.starts_with(part); }
  static bool Less(std::string_view a, std::string_view b) { return a < b; }
};
struct Back {
  static bool Has(std::string_view text, std::string_view part) { return text.ends_with(part); }
  static bool Less(std::string_view a, std::string_view b) {
    const auto unsigned_less = [](char x, char y) { return static_cast<uint8_t>(x) < static_cast<uint8_t>(y); };
    return std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(), b.rend(), unsigned_less);
  }
};

size_t GramSizeOf(std::string_view text) { return text.size() >= kLongGram ? kLongGram : kShortGram; }

}  // namespace

PatternTable::PatternTable(std::vector<Pattern> patterns) {
  for (uint8_t skip = 0; skip < 2; ++skip) {
    prefixes_[skip] = MakeAnchored<Front>(patterns, abi::TestKind::kPrefix, skip);
  }
  suffixes_ = MakeAnchored<Back>(patterns, abi::TestKind::kSuffix, 0);
  contained_ = MakeContained(patterns);
  for (const Pattern& pattern : patterns) {
    if (pattern.skip != 0) skipping_.push_back(pattern.bit);
  }
}

PatternTable::Entry PatternTable::Store(const Pattern& pattern, size_t gram_at) {
  const Entry entry{static_cast<uint32_t>(texts_.size()), static_cast<uint32_t>(pattern.text.size()),
                    static_cast<uint32_t>(gram_at), pattern.bit, abi::kNone};
  texts_ += pattern.text;
  return entry;
}

// REQUIRES: those of one gram are side by side.
PatternTable::GramTable PatternTable::Add(const std::vector<std::pair<uint64_t, Entry>>& entries) {
  const auto first = static_cast<uint32_t>(patterns_.size());
  std::vector<uint64_t> keys;
  for (const auto& [key, entry] : entries) {
    keys.push_back(key);
    patterns_.push_back(entry);
  }
  return keys.empty() ? GramTable() : GramTable(keys, first);
}

template <typename Side>
void PatternTable::SortAnchored(std::vector<std::pair<uint64_t, Entry>>& entries) const {
  std::ranges::sort(entries, [this](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : Side::Less(TextOf(a.second), TextOf(b.second));
  });
  const auto place = static_cast<uint32_t>(patterns_.size());
  for (uint32_t i = 1; i < entries.size(); ++i) {
    if (entries[i].first != entries[i - 1].first) continue;
    Entry& entry = entries[i].second;
    // Whatever it has, the one before it has, too, or is.
    entry.shorter = place + i - 1;
    while (entry.shorter != abi::kNone && !Side::Has(TextOf(entry), TextOf(entries[entry.shorter - place].second))) {
      entry.shorter = entries[entry.shorter - place].second.shorter;
    }
  }
}

template <typename Side>
PatternTable::BySize PatternTable::MakeAnchored(const std::vector<Pattern>& patterns, abi::TestKind kind,
                                                uint8_t skip) {
  BySize tables;
  for (size_t i = 0; i < kGramSizes.size(); ++i) {
    std::vector<std::pair<uint64_t, Entry>> entries;
    for (const Pattern& pattern : patterns) {
      if (pattern.kind != kind || pattern.skip != skip || GramSizeOf(pattern.text) != kGramSizes[i]) continue;
      const size_t gram_at = kind == abi::TestKind::kSuffix ? pattern.text.size() - kGramSizes[i] : 0;
      entries.emplace_back(Gram(pattern.text.data() + gram_at, kGramSizes[i]), Store(pattern, gram_at));
    }
    SortAnchored<Side>(entries);
    tables[i] = Add(entries);
  }
  return tables;
}

// Each is found by its rarest gram, so that a part which many patterns share (`\windows\`) leads to few of them.
PatternTable::GramTable PatternTable::MakeContained(const std::vector<Pattern>& patterns) {
  std::unordered_map<uint32_t, uint32_t> uses;
  for (const Pattern& pattern : patterns) {
    if (pattern.kind != abi::TestKind::kContains) continue;
    for (size_t i = 0; i + kLongGram <= pattern.text.size(); ++i) ++uses[LongGramAt(pattern.text.data() + i)];
  }
  if (uses.empty()) return {};
  contained_filter_.resize(bits::WordsFor(size_t{1} << kFilterBits));
  std::vector<std::pair<uint64_t, Entry>> entries;
  for (const Pattern& pattern : patterns) {
    if (pattern.kind != abi::TestKind::kContains) continue;
    const char* const text = pattern.text.data();
    size_t rarest = 0;
    for (size_t i = 1; i + kLongGram <= pattern.text.size(); ++i) {
      if (uses[LongGramAt(text + i)] < uses[LongGramAt(text + rarest)]) rarest = i;
    }
    const uint32_t gram = LongGramAt(text + rarest);
    bits::Set(contained_filter_.data(), FilterPlace(FirstThree(gram)));
    bits::Set(contained_filter_.data(), FilterPlace(LastThree(gram)));
    entries.emplace_back(Gram(text + rarest, kLongGram), Store(pattern, rarest));
  }
  std::ranges::sort(entries, {}, [](const auto& entry) { return std::pair(entry.first, entry.second.text); });
  return Add(entries);
}

size_t PatternTable::bytes() const {
  size_t bytes = patterns_.capacity() * sizeof(Entry) + texts_.capacity() + contained_filter_.capacity() * 8 +
                 skipping_.capacity() * sizeof(uint32_t) + contained_.bytes();
  for (const BySize* tables : {&prefixes_[0], &prefixes_[1], &suffixes_}) {
    for (const GramTable& table : *tables) bytes += table.bytes();
  }
  return bytes;
}

void PatternTable::Find(std::string_view text, std::vector<uint32_t>& bits) const {
  FindPrefixes(prefixes_[0], text, bits);
  if (!skipping_.empty() && !text.empty()) {
    if (static_cast<unsigned char>(text[0]) < 0x80) {
      FindPrefixes(prefixes_[1], text.substr(1), bits);
    } else {
      bits.insert(bits.end(), skipping_.begin(), skipping_.end());
    }
  }
  FindSuffixes(text, bits);
  if (!contained_filter_.empty()) FindContained(text, bits);
}

void PatternTable::FindPrefixes(const BySize& tables, std::string_view text, std::vector<uint32_t>& bits) const {
  for (size_t size = 0; size < kGramSizes.size(); ++size) {
    if (tables[size].empty() || text.size() < kGramSizes[size]) continue;
    FindAnchored<Front>(tables[size].Find(Gram(text.data(), kGramSizes[size])), text, bits);
  }
}

void PatternTable::FindSuffixes(std::string_view text, std::vector<uint32_t>& bits) const {
  for (size_t size = 0; size < kGramSizes.size(); ++size) {
    if (suffixes_[size].empty() || text.size() < kGramSizes[size]) continue;
    const char* const end = text.data() + text.size();
    FindAnchored<Back>(suffixes_[size].Find(Gram(end - kGramSizes[size], kGramSizes[size])), text, bits);
  }
}

// What lies between a pattern and a text that has it has it, too. So the last one that does not come behind the text is
// one of the text's, or has all of them.
template <typename Side>
void PatternTable::FindAnchored(RangeTable::Range range, std::string_view text, std::vector<uint32_t>& bits) const {
  const auto begin = patterns_.begin() + range.first;
  const auto behind =
      std::upper_bound(begin, begin + range.count, text,
                       [this](std::string_view t, const Entry& entry) { return Side::Less(t, TextOf(entry)); });
  if (behind == begin) return;
  for (auto at = static_cast<uint32_t>(behind - patterns_.begin()) - 1; at != abi::kNone; at = patterns_[at].shorter) {
    if (Side::Has(text, TextOf(patterns_[at]))) bits.push_back(patterns_[at].bit);
  }
}

// Two places at a time: the last three bytes of the gram at one are the first three of that at the next.
void PatternTable::FindContained(std::string_view text, std::vector<uint32_t>& bits) const {
  for (size_t at = 0; at + kLongGram <= text.size(); at += 2) {
    if (!bits::Has(contained_filter_.data(), FilterPlace(LastThree(LongGramAt(text.data() + at))))) continue;
    FindContainedAt(text, at, bits);
    if (at + 1 + kLongGram <= text.size()) FindContainedAt(text, at + 1, bits);
  }
}

void PatternTable::FindContainedAt(std::string_view text, size_t at, std::vector<uint32_t>& bits) const {
  const RangeTable::Range range = contained_.Find(Gram(text.data() + at, kLongGram));
  for (uint32_t i = range.first; i < range.first + range.count; ++i) {
    const Entry& entry = patterns_[i];
    if (at < entry.gram_at) continue;
    if (text.substr(at - entry.gram_at).starts_with(TextOf(entry))) bits.push_back(entry.bit);
  }
}

}  // namespace eqlc
