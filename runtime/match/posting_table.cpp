#include "runtime/match/posting_table.h"

#include <algorithm>

namespace eqlc {

PostingTable::PostingTable(std::vector<Entry> entries) {
  if (entries.empty()) return;
  std::ranges::sort(entries);
  std::vector<uint64_t> keys;  // of lists_
  for (const Entry& entry : entries) {
    const uint32_t word = entry.bit / 64;
    const bool is_new = keys.empty() || keys.back() != entry.key;
    if (is_new) {
      keys.push_back(entry.key);
      lists_.push_back(static_cast<uint32_t>(postings_.size()));
    }
    if (is_new || postings_.back().word != word) postings_.push_back({word, 0});
    postings_.back().bits |= uint64_t{1} << (entry.bit % 64);
  }
  lists_.push_back(static_cast<uint32_t>(postings_.size()));
  table_ = RangeTable(keys);
}

}  // namespace eqlc
