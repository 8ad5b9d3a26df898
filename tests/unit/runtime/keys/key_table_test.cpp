#include "runtime/keys/key_table.h"

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

namespace eqlc {
namespace {

// A key state with its key behind it.
struct Entry {
  Entry(uint32_t hash, uint32_t number) {
    state.hash = hash;
    state.key_size = sizeof key;
    key = number;
  }
  std::string_view bytes() const { return {reinterpret_cast<const char*>(&key), sizeof key}; }

  abi::KeyState state{};
  uint32_t key;
};

constexpr size_t kKeyOffset = offsetof(Entry, key);

// `spread` 0 puts everything into one bucket.
void FillAndEmpty(uint32_t count, uint32_t spread) {
  StateBudget budget(size_t{1} << 30);
  KeyTable table(budget, kKeyOffset);
  std::vector<std::unique_ptr<Entry>> entries;
  for (uint32_t i = 0; i < count; ++i) {
    entries.push_back(std::make_unique<Entry>(i * spread, i));
    EXPECT_EQ(table.Find(entries[i]->state.hash, entries[i]->bytes()), nullptr);
    ASSERT_TRUE(table.Insert(&entries[i]->state));
    EXPECT_EQ(table.Find(entries[i / 2]->state.hash, entries[i / 2]->bytes()), &entries[i / 2]->state);
  }
  EXPECT_EQ(table.size(), count);
  for (const auto& entry : entries) EXPECT_EQ(table.Find(entry->state.hash, entry->bytes()), &entry->state);
  for (uint32_t i = 0; i < count; i += 2) table.Remove(&entries[i]->state);
  for (uint32_t i = 0; i < count; ++i) {
    EXPECT_EQ(table.Find(entries[i]->state.hash, entries[i]->bytes()), i % 2 != 0 ? &entries[i]->state : nullptr);
  }
  for (uint32_t i = 1; i < count; i += 2) table.Remove(&entries[i]->state);
  EXPECT_EQ(table.size(), 0u);
  EXPECT_EQ(table.bucket_bytes(), 0u);
  EXPECT_EQ(budget.used_bytes, 0u);
}

TEST(KeyTableTest, FindsWhatWasInsertedWhileGrowing) {
  FillAndEmpty(1, 1);
  FillAndEmpty(10'000, 2654435761u);
}

TEST(KeyTableTest, ShrinksWhileKeysGoAndGrowsAgain) {
  constexpr uint32_t kCount = 100'000;
  StateBudget budget(size_t{1} << 30);
  KeyTable table(budget, kKeyOffset);
  std::vector<std::unique_ptr<Entry>> entries;
  for (uint32_t i = 0; i < kCount; ++i) entries.push_back(std::make_unique<Entry>(i * 2654435761u, i));
  const auto find = [&](uint32_t i) { return table.Find(entries[i]->state.hash, entries[i]->bytes()); };
  for (const auto& entry : entries) ASSERT_TRUE(table.Insert(&entry->state));
  const size_t full = table.bucket_bytes();
  for (uint32_t left = kCount; left > 1; --left) {
    table.Remove(&entries[left - 1]->state);
    ASSERT_EQ(find(left - 1), nullptr);
    ASSERT_EQ(find((left - 1) / 2), &entries[(left - 1) / 2]->state);
  }
  EXPECT_LE(table.bucket_bytes(), full / 8);
  EXPECT_EQ(budget.used_bytes, table.bucket_bytes());
  for (uint32_t i = 1; i < kCount; ++i) ASSERT_TRUE(table.Insert(&entries[i]->state));
  for (uint32_t i = 0; i < kCount; ++i) ASSERT_EQ(find(i), &entries[i]->state);
  for (const auto& entry : entries) table.Remove(&entry->state);
  EXPECT_EQ(budget.used_bytes, 0u);
}

TEST(KeyTableTest, EqualHashesAreToldApartByKey) { FillAndEmpty(300, 0); }

}  // namespace
}  // namespace eqlc
