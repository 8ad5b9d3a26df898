#include "runtime/sample/representatives.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace eqlc {
namespace {

using Choice = std::vector<uint32_t>;  // [filter]: event

// Every assignment in lexicographic order, by trying all.
void AddAll(std::span<const FilterMask> events, uint32_t filter_count, Choice& choice, std::vector<Choice>& out) {
  if (choice.size() == filter_count) return out.push_back(choice);
  for (uint32_t e = 0; e < events.size(); ++e) {
    const bool used = std::find(choice.begin(), choice.end(), e) != choice.end();
    if (used || (events[e] >> choice.size() & 1) == 0) continue;
    choice.push_back(e);
    AddAll(events, filter_count, choice, out);
    choice.pop_back();
  }
}

std::vector<Choice> BruteForce(std::span<const FilterMask> events, uint32_t filter_count) {
  Choice choice;
  std::vector<Choice> all;
  AddAll(events, filter_count, choice, all);
  return all;
}

std::vector<Choice> Choices(std::span<const Assignment> assignments, uint32_t filter_count) {
  std::vector<Choice> out;
  for (const Assignment& a : assignments) out.emplace_back(a.begin(), a.begin() + filter_count);
  return out;
}

bool Complete(std::span<const FilterMask> events, uint32_t filter_count) {
  FilterSets sets = kNoEvents;
  for (const FilterMask mask : events) sets = WithEvent(sets, mask);
  return Covers(sets, AllFilters(filter_count));
}

TEST(RepresentativesTest, OneEventFillsOneFilter) {
  EXPECT_FALSE(Complete(std::vector<FilterMask>{3}, 2));
  EXPECT_TRUE(Complete(std::vector<FilterMask>{3, 3}, 2));
  EXPECT_FALSE(Complete(std::vector<FilterMask>{3, 3, 3}, 3));
  EXPECT_TRUE(Complete(std::vector<FilterMask>{3, 4, 3}, 3));
  EXPECT_FALSE(Complete(std::vector<FilterMask>{1, 1, 6}, 3)) << "one event for two filters";
}

TEST(RepresentativesTest, ListsInOrderUpToTheLimit) {
  RepresentativeSearch search(2);
  const std::vector<FilterMask> events = {1, 3, 2};
  EXPECT_EQ(Choices(search.All(events, 10), 2), (std::vector<Choice>{{0, 1}, {0, 2}, {1, 2}}));
  EXPECT_EQ(Choices(search.All(events, 2), 2), (std::vector<Choice>{{0, 1}, {0, 2}}));
  EXPECT_EQ(Choices(search.WithLast(events, 10), 2), (std::vector<Choice>{{0, 2}, {1, 2}}));
  EXPECT_TRUE(search.All(events, 0).empty());
  EXPECT_TRUE(search.WithLast({}, 10).empty());
}

TEST(RepresentativesTest, AgreesWithBruteForceOnRandomEvents) {
  std::mt19937 random(1);
  size_t assignments = 0;
  for (int round = 0; round < 3000; ++round) {
    const uint32_t filter_count = 1 + random() % limits::kMaxSampleItems;
    std::vector<FilterMask> events(random() % 9);
    for (FilterMask& mask : events) mask = random() & (round % 2 ? random() : ~0u) & AllFilters(filter_count);
    const std::vector<Choice> expected = BruteForce(events, filter_count);
    assignments += expected.size();
    EXPECT_EQ(Complete(events, filter_count), !expected.empty());
    RepresentativeSearch search(filter_count);
    ASSERT_EQ(Choices(search.All(events, SIZE_MAX), filter_count), expected);
    const size_t limit = 1 + random() % 4;
    ASSERT_EQ(search.All(events, limit).size(), std::min(limit, expected.size()));
    if (events.empty()) continue;
    std::set<Choice> with_last;
    for (const Choice& choice : expected) {
      if (std::find(choice.begin(), choice.end(), events.size() - 1) != choice.end()) with_last.insert(choice);
    }
    const std::vector<Choice> found = Choices(search.WithLast(events, SIZE_MAX), filter_count);
    EXPECT_EQ(std::set<Choice>(found.begin(), found.end()), with_last);
    EXPECT_EQ(found.size(), with_last.size());
  }
  EXPECT_GT(assignments, 10'000u);
}

// 4 filters with a thousand events each and a fifth with none to spare: without looking ahead this takes 10^12 steps.
TEST(RepresentativesTest, DeadBranchesAreNotEntered) {
  std::vector<FilterMask> events(1000, 0b01111);
  events.push_back(0b10001);
  RepresentativeSearch search(5);
  EXPECT_EQ(search.All(events, 100).size(), 100u);
  events.pop_back();
  EXPECT_TRUE(search.All(events, 100).empty());
}

}  // namespace
}  // namespace eqlc
