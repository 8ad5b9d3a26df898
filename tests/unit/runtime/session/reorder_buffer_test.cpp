#include "runtime/session/reorder_buffer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "eqlc/session.hpp"

namespace eqlc {
namespace {

void Push(ReorderBuffer& buffer, std::string_view line, std::optional<int64_t> timestamp_ns,
          const abi::Value& tiebreaker) {
  MatchedEvent event;
  event.line = line;
  event.timestamp_ns = timestamp_ns;
  event.tiebreaker = tiebreaker;
  buffer.Push(event, /*keep_line=*/true);
}

// Pops everything that is due; the lines joined.
std::string Drain(ReorderBuffer& buffer, bool all) {
  std::string out;
  while (auto held = buffer.Pop(all)) out += held->event().line;
  return out;
}

TEST(ReorderBuffer, HoldsEventsForTheWindow) {
  ReorderBuffer buffer(10, SIZE_MAX);
  Push(buffer, "b", 105, abi::Null());
  Push(buffer, "a", 100, abi::Null());
  EXPECT_EQ(Drain(buffer, false), "");
  Push(buffer, "c", 110, abi::Null());
  EXPECT_EQ(Drain(buffer, false), "a") << "110 - 10 is due, inclusively";
  EXPECT_EQ(Drain(buffer, true), "bc");
}

TEST(ReorderBuffer, GivesOutEarlyWhatIsTooMuch) {
  ReorderBuffer buffer(1'000, 10'000);
  for (int64_t i = 0; i < 100; ++i) Push(buffer, std::string(200, 'x'), 1'000 - i, abi::Null());
  EXPECT_GT(buffer.bytes(), 20'000u);
  size_t early = 0;
  for (int64_t last = 0; auto held = buffer.Pop(false); ++early) {
    EXPECT_GT(*held->event().timestamp_ns, last) << "the earliest first";
    last = *held->event().timestamp_ns;
  }
  EXPECT_GT(early, 50u);
  EXPECT_LE(buffer.bytes(), 10'000u);
  while (buffer.Pop(true)) {
  }
  EXPECT_EQ(buffer.bytes(), 0u);
}

TEST(ReorderBuffer, SortAllHoldsEverything) {
  ReorderBuffer buffer(kSortAll, SIZE_MAX);
  Push(buffer, "b", INT64_MAX - 1, abi::Null());
  Push(buffer, "a", INT64_MIN, abi::Null());
  EXPECT_EQ(Drain(buffer, false), "");
  EXPECT_EQ(Drain(buffer, true), "ab");
}

TEST(ReorderBuffer, TiesGoByTiebreakerThenArrival) {
  ReorderBuffer buffer(kSortAll, SIZE_MAX);
  Push(buffer, "e", 1, abi::Null());
  Push(buffer, "d", 1, abi::String("x"));
  Push(buffer, "b", 1, abi::Int(2));
  Push(buffer, "a", 1, abi::Double(1.5));
  Push(buffer, "c", 1, abi::Int(2));
  EXPECT_EQ(Drain(buffer, true), "abcde");
}

TEST(ReorderBuffer, EventsWithoutTimestampComeLastOrAtOnce) {
  ReorderBuffer all(kSortAll, SIZE_MAX);
  Push(all, "b", std::nullopt, abi::Null());
  Push(all, "a", 5, abi::Null());
  EXPECT_EQ(Drain(all, true), "ab");

  ReorderBuffer window(10, SIZE_MAX);
  Push(window, "a", 100, abi::Null());
  Push(window, "b", std::nullopt, abi::Null());
  Push(window, "c", 111, abi::Null());
  EXPECT_EQ(Drain(window, false), "ab");
}

TEST(ReorderBuffer, KeepsWhatWasFoundOut) {
  ReorderBuffer buffer(kSortAll, SIZE_MAX);
  std::vector<abi::ConditionId> matched = {3, 5};
  std::string line = "{}";
  buffer.Push({line, false, 7, abi::Null(), matched}, /*keep_line=*/true);
  buffer.Push({line, true, std::nullopt, abi::Null(), {}}, /*keep_line=*/false);
  matched = {0, 0};
  line = "??";
  const auto first = buffer.Pop(true);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->event().line, "{}");
  EXPECT_FALSE(first->event().line_is_text);
  EXPECT_EQ(first->event().timestamp_ns, 7);
  EXPECT_TRUE(std::ranges::equal(first->event().matched, std::vector<abi::ConditionId>{3, 5}));
  const auto second = buffer.Pop(true);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->event().line, "");
  EXPECT_EQ(second->event().timestamp_ns, std::nullopt);
  EXPECT_FALSE(buffer.Pop(true));
}

}  // namespace
}  // namespace eqlc
