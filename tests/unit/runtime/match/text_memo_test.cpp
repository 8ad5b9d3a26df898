#include "runtime/match/text_memo.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace eqlc {
namespace {

TEST(TextMemo, TellsTextsOfOneKeyApart) {
  TextMemo memo;
  EXPECT_EQ(memo.Find(7, "a"), TextMemo::kNone);
  memo.Add(7, "a", 1);
  memo.Add(7, "A", 2);
  memo.Add(8, "", 3);
  EXPECT_EQ(memo.Find(7, "a"), 1u);
  EXPECT_EQ(memo.Find(7, "A"), 2u);
  EXPECT_EQ(memo.Find(8, ""), 3u);
  EXPECT_EQ(memo.Find(8, "a"), TextMemo::kNone);
}

TEST(TextMemo, FindsWhatItKeptAfterGrowing) {
  TextMemo memo;
  for (uint32_t i = 0; i < 5'000; ++i) memo.Add(i * 0x9E3779B97F4A7C15, fmt::format("text {}", i), i);
  for (uint32_t i = 0; i < 5'000; ++i) EXPECT_EQ(memo.Find(i * 0x9E3779B97F4A7C15, fmt::format("text {}", i)), i);
}

// Keys are no secret, so somebody may send texts that all have the same one.
TEST(TextMemo, KeepsLookUpsShortWhenKeysAreEqual) {
  TextMemo memo;
  size_t known = 0;
  for (uint32_t i = 0; i < 20'000; ++i) memo.Add(42, fmt::format("text {}", i), i);
  for (uint32_t i = 0; i < 20'000; ++i) known += memo.Find(42, fmt::format("text {}", i)) == i ? 1 : 0;
  EXPECT_GT(known, 0u);
  EXPECT_LT(known, 100u);
  memo.Add(43, "other", 1);
  EXPECT_EQ(memo.Find(43, "other"), 1u);
}

}  // namespace
}  // namespace eqlc
