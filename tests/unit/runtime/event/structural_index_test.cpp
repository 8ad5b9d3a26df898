// Both ways to the index against each other, the library's being the reference. Where the processor has no AVX2 there
// is the library alone.
#include "runtime/event/structural_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace eqlc {
namespace {

using ::testing::ElementsAre;
using Way = StructuralIndex::Way;

struct Built {
  TextFault fault;
  std::vector<uint32_t> entries;  // none after a fault
  bool operator==(const Built&) const = default;
};

// From a copy of exactly this size, so that sanitizers notice a read behind the text.
Built BuildWith(StructuralIndex& index, std::string_view text) {
  const auto copy = std::make_unique<char[]>(text.size());
  std::ranges::copy(text, copy.get());
  const TextFault fault = index.Build({copy.get(), text.size()});
  if (fault != TextFault::kNone) return {fault, {}};
  // With what stands behind them.
  return {fault, {index.entries(), index.entries() + index.count() + 2}};
}

class StructuralIndexTest : public ::testing::TestWithParam<Way> {};

std::vector<Way> WaysHere() {
  std::vector<Way> ways = {Way::kLibrary, Way::kAvx2};
  std::erase_if(ways, [](Way way) { return !StructuralIndex::IsAvailable(way); });
  return ways;
}

INSTANTIATE_TEST_SUITE_P(Ways, StructuralIndexTest, ::testing::ValuesIn(WaysHere()),
                         [](const auto& way) { return way.param == Way::kLibrary ? "Library" : "Avx2"; });

TEST_P(StructuralIndexTest, ListsWhereTokensBegin) {
  StructuralIndex index(GetParam());
  EXPECT_THAT(BuildWith(index, R"({"a":[true, -1.5e3]})").entries, ElementsAre(0, 1, 4, 5, 6, 10, 12, 18, 19, 20, 20));
  EXPECT_THAT(BuildWith(index, R"({ "a\"]" : "\\" })").entries, ElementsAre(0, 2, 9, 11, 16, 17, 17));
  EXPECT_THAT(BuildWith(index, "7").entries, ElementsAre(0, 1, 1));
}

TEST_P(StructuralIndexTest, Faults) {
  StructuralIndex index(GetParam());
  const std::string blanks(100, ' ');
  for (const std::string& before : {std::string(), blanks}) {
    EXPECT_EQ(BuildWith(index, before).fault, TextFault::kBlank);
    EXPECT_EQ(BuildWith(index, before + " \t\r\n ").fault, TextFault::kBlank);
    EXPECT_EQ(BuildWith(index, before + R"({"a)").fault, TextFault::kStringNotClosed);
    EXPECT_EQ(BuildWith(index, before + R"({"a\")").fault, TextFault::kStringNotClosed);
    EXPECT_EQ(BuildWith(index, before + "{\"a\n\"").fault, TextFault::kControlCharacter);
    EXPECT_EQ(BuildWith(index, before + std::string("\"\0\"", 3)).fault, TextFault::kControlCharacter);
    EXPECT_EQ(BuildWith(index, before + "\"\xC3\x28\"").fault, TextFault::kNotUtf8);
    EXPECT_EQ(BuildWith(index, before + "\"\xC3\xA9\"\t\n").fault, TextFault::kNone);
    EXPECT_EQ(BuildWith(index, before + "\"\x7F\"").fault, TextFault::kNone);
  }
}

TEST_P(StructuralIndexTest, HasRoomForTokensOnly) {
  StructuralIndex index(GetParam());
  for (const size_t size : {1u, 63u, 64u, 65u, 16'384u, 16'385u, 100'000u}) {
    const Built built = BuildWith(index, std::string(size, '['));
    ASSERT_EQ(built.entries.size(), size + 2);
    EXPECT_EQ(built.entries[size - 1], size - 1);
  }
}

// What is met where 64 bytes end: runs of backslashes, strings, scalars, characters of several bytes.
TEST(StructuralIndexWays, AgreeOnRandomTexts) {
  const std::string_view parts[] = {"\"",
                                    "\\",
                                    "\\\\",
                                    "{",
                                    "}",
                                    "[",
                                    "]",
                                    ":",
                                    ",",
                                    " ",
                                    "\t",
                                    "\n",
                                    "7",
                                    "true",
                                    "a",
                                    "\xC3\xA9",
                                    "\xE2\x82\xAC",
                                    "\xFF",
                                    "\x01",
                                    "\x0C",
                                    "\x1A",
                                    "\x7F",
                                    "\"key\":\"value\",",
                                    "                                "};
  constexpr size_t kPlainParts = 11;  // of them most texts have no fault
  StructuralIndex library(Way::kLibrary);
  StructuralIndex other(WaysHere().back());
  std::mt19937 random(1);
  size_t without_fault = 0;
  for (int i = 0; i < 50'000; ++i) {
    const size_t kinds = i % 2 == 0 ? kPlainParts : std::size(parts);
    std::string text;
    for (size_t part = random() % 120; part > 0; --part) text += parts[random() % kinds];
    if (i % 4 == 0) text += std::ranges::count(text, '"') % 2 == 0 ? "" : "\"";
    const Built expected = BuildWith(library, text);
    ASSERT_EQ(BuildWith(other, text), expected) << text;
    without_fault += expected.fault == TextFault::kNone;
  }
  EXPECT_GT(without_fault, 5'000u);
}

}  // namespace
}  // namespace eqlc
