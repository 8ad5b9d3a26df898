#include "compiler/ir/id_table.h"

#include <gtest/gtest.h>

#include <random>
#include <unordered_map>

namespace eqlc::ir {
namespace {

uint32_t Find(const IdTable& table, const std::vector<uint64_t>& list, uint64_t hash, uint64_t element) {
  return table.Find(hash, [&](uint32_t id) { return list[id] == element; });
}

TEST(IdTable, FindsWhatWasAdded) {
  std::mt19937_64 random(1);
  // The last is so bad that all elements meet.
  for (const uint64_t factor : {uint64_t{0x9e3779b97f4a7c15}, uint64_t{1}, uint64_t{1} << 40, uint64_t{0}}) {
    IdTable table;
    std::vector<uint64_t> list;
    std::unordered_map<uint64_t, uint32_t> known;
    for (int i = 0; i < 3'000; ++i) {
      const uint64_t element = random() % 2'000;
      const auto found = known.find(element);
      const uint32_t id = Find(table, list, element * factor, element);
      ASSERT_EQ(id, found == known.end() ? IdTable::kNotThere : found->second);
      if (found != known.end()) continue;
      known.emplace(element, static_cast<uint32_t>(list.size()));
      table.Add(element * factor, static_cast<uint32_t>(list.size()));
      list.push_back(element);
    }
  }
}

}  // namespace
}  // namespace eqlc::ir
