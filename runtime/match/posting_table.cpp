#include "runtime/match/posting_table.h"

#include <algorithm>
#include <bit>

namespace eqlc {

PostingTable::PostingTable(std::vector<Entry> entries) {
  if (entries.empty()) return;
  std::ranges::sort(entries);
  std::vector<uint64_t> keys;  // of lists_
  for (const Entry& entry : entries) {
    const BitsAt at = BitAt(entry.bit);
    const bool is_new = keys.empty() || keys.back() != entry.key;
    if (is_new) {
      keys.push_back(entry.key);
      lists_.push_back(static_cast<uint32_t>(postings_.size()));
    }
    if (is_new || postings_.back().word != at.word) postings_.push_back({at.word, 0});
    postings_.back().bits |= at.bits;
  }
  lists_.push_back(static_cast<uint32_t>(postings_.size()));
  table_ = RangeTable(keys);
}

void PostingTable::AddTo(uint64_t key, std::vector<uint32_t>& found) const {
  const uint32_t number = key == 0 ? 0 : Find(key);
  if (number == 0) return;
  for (const BitsAt& at : Set(number)) {
    for (uint64_t left = at.bits; left != 0; left &= left - 1) {
      found.push_back(static_cast<uint32_t>(bits::kWordBits * at.word) + static_cast<uint32_t>(std::countr_zero(left)));
    }
  }
}

}  // namespace eqlc
