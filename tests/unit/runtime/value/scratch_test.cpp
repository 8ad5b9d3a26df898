// Scratch memory: contents stay, the limit holds, clearing makes room again.
#include "runtime/value/scratch.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "eqlc/limits.hpp"

namespace eqlc {
namespace {

TEST(ScratchTest, KeepsWhatItGave) {
  Scratch scratch;
  std::vector<std::string_view> views;
  std::vector<std::string> texts;
  for (size_t i = 0; i < 300; ++i) {
    texts.push_back(std::string(i * 7, static_cast<char>('a' + i % 26)));
    views.push_back(scratch.Copy(texts.back()));
  }
  for (size_t i = 0; i < texts.size(); ++i) EXPECT_EQ(views[i], texts[i]);
}

TEST(ScratchTest, AnEmptyTextIsNotARefusal) {
  Scratch scratch;
  EXPECT_NE(scratch.Copy("").data(), nullptr);
  EXPECT_NE(scratch.Allocate(0), nullptr);
}

// Events that need as much again find it there.
TEST(ScratchTest, KeepsTheLargestBlockOfAModerateSize) {
  Scratch scratch;
  scratch.Allocate(4'000);
  const char* const larger = scratch.Allocate(5'000);
  scratch.Allocate(1 << 20);
  scratch.Clear();
  EXPECT_EQ(scratch.Allocate(5'000), larger);
}

TEST(ScratchTest, RefusesBeyondTheLimit) {
  Scratch scratch;
  EXPECT_EQ(scratch.Allocate(limits::kMaxScratchBytes + 1), nullptr);
  EXPECT_EQ(scratch.Allocate(SIZE_MAX), nullptr);
  EXPECT_NE(scratch.Allocate(limits::kMaxScratchBytes), nullptr);
  EXPECT_EQ(scratch.Allocate(1), nullptr);
  scratch.Clear();
  Scratch many;
  size_t given = 0;
  while (many.Allocate(1000) != nullptr) given += 1000;
  EXPECT_LE(given, limits::kMaxScratchBytes);
  EXPECT_GT(given, limits::kMaxScratchBytes / 2);
  many.Clear();
  EXPECT_NE(many.Allocate(limits::kMaxScratchBytes / 2), nullptr);
}

}  // namespace
}  // namespace eqlc
