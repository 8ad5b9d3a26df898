#include "runtime/match/posting_table.h"

#include <algorithm>

namespace eqlc {

PostingTable::PostingTable(std::vector<Entry> entries) {
  std::ranges::sort(entries);
  std::vector<uint64_t> keys;  // of postings_
  for (const Entry& entry : entries) {
    const uint32_t word = entry.bit / 64;
    if (keys.empty() || keys.back() != entry.key || postings_.back().word != word) {
      keys.push_back(entry.key);
      postings_.push_back({0, word});
    }
    postings_.back().bits |= uint64_t{1} << (entry.bit % 64);
  }
  table_ = RangeTable(keys);
}

}  // namespace eqlc
