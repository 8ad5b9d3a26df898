#include "runtime/match/sparse_vectors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace eqlc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<BitsAt> Sparse(const std::vector<uint64_t>& vector) {
  std::vector<BitsAt> sparse;
  Squeeze(vector, sparse);
  return sparse;
}

TEST(SparseVectors, KeepsEachVectorOnce) {
  SparseVectors vectors;
  const std::vector<BitsAt> a = Sparse({0, 5, 0, 7});
  const std::vector<BitsAt> b = Sparse({5, 0, 0, 7});
  const std::vector<BitsAt> zeros = Sparse({0, 0, 0, 0});
  EXPECT_EQ(vectors.Find(a), SparseVectors::kNone);
  EXPECT_EQ(vectors.Add(a), 0u);
  EXPECT_EQ(vectors.Add(b), 1u);
  EXPECT_EQ(vectors.Add(a), 0u);
  EXPECT_EQ(vectors.Add(zeros), 2u);
  EXPECT_EQ(vectors.Find(b), 1u);
  EXPECT_EQ(vectors.size(), 3u);
  EXPECT_THAT(vectors[0], ElementsAre(BitsAt{1, 5}, BitsAt{3, 7}));
  EXPECT_THAT(vectors[1], ElementsAre(BitsAt{0, 5}, BitsAt{3, 7}));
  EXPECT_THAT(vectors[2], IsEmpty());
}

TEST(SparseVectors, FindsWhatItKeptAfterGrowing) {
  SparseVectors vectors;
  for (uint64_t i = 0; i < 5'000; ++i) EXPECT_EQ(vectors.Add(Sparse({i, 0, i * i})), i);
  for (uint64_t i = 0; i < 5'000; ++i) EXPECT_EQ(vectors.Find(Sparse({i, 0, i * i})), i);
  EXPECT_EQ(vectors.Find(Sparse({1, 1, 1})), SparseVectors::kNone);
}

}  // namespace
}  // namespace eqlc
