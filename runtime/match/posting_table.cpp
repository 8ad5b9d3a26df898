#include "runtime/match/posting_table.h"

#include <algorithm>

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

}  // namespace eqlc
