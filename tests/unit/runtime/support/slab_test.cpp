#include "runtime/support/slab.h"

#include <gtest/gtest.h>
#include <sanitizer/asan_interface.h>

#include <cstring>
#include <memory>
#include <set>
#include <thread>
#include <vector>

#include "tests/support/sanitizers.h"

namespace eqlc {
namespace {

TEST(SlabTest, ObjectsAreDistinctAlignedAndReused) {
  SlabPool pool;
  for (const size_t size :
       {size_t{1}, size_t{8}, size_t{80}, size_t{1000}, size_t{1025}, SlabPool::kLargest, size_t{5000}}) {
    std::set<void*> seen;
    std::vector<void*> objects;
    for (int i = 0; i < 3000; ++i) {
      void* object = pool.Allocate(size);
      ASSERT_NE(object, nullptr);
      EXPECT_EQ(reinterpret_cast<uintptr_t>(object) % 8, 0u);
      std::memset(object, i, size);
      seen.insert(object);
      objects.push_back(object);
    }
    EXPECT_EQ(seen.size(), objects.size());
    for (void* object : objects) SlabPool::Free(object, size);
  }
}

TEST(SlabTest, EmptySlabsGoBackExceptAFew) {
  SlabPool pool;
  std::vector<void*> objects;
  for (int i = 0; i < 200'000; ++i) objects.push_back(pool.Allocate(80));
  const size_t peak = pool.slab_bytes();
  EXPECT_GE(peak, objects.size() * 80);
  EXPECT_LE(peak, objects.size() * 81 + (64u << 10));
  for (size_t i = 0; i < objects.size(); i += 2) SlabPool::Free(objects[i], 80);
  EXPECT_EQ(pool.slab_bytes(), peak);
  for (size_t i = 0; i < objects.size(); i += 2) objects[i] = pool.Allocate(80);
  EXPECT_EQ(pool.slab_bytes(), peak) << "freed objects are used again";
  for (void* object : objects) SlabPool::Free(object, 80);
  EXPECT_LE(pool.slab_bytes(), size_t{16} << 16);
  objects.assign(1000, nullptr);
  for (void*& object : objects) object = pool.Allocate(40);
  EXPECT_LE(pool.slab_bytes(), size_t{16} << 16) << "spare slabs serve any size";
  for (void* object : objects) SlabPool::Free(object, 40);
}

TEST(SlabTest, APoolTakesWhatOneBeforeItLeft) {
  std::set<void*> seen;
  for (int i = 0; i < 100; ++i) {
    SlabPool pool;
    void* const object = pool.Allocate(80);
    ASSERT_NE(object, nullptr);
    std::memset(object, i, 80);
    seen.insert(object);
    SlabPool::Free(object, 80);
  }
  EXPECT_EQ(seen.size(), 1u);
}

TEST(SlabTest, APoolMayOutliveItsThread) {
  std::thread([] {
    static thread_local std::unique_ptr<SlabPool> pool;  // made first, so gone last
    pool = std::make_unique<SlabPool>();
    SlabPool::Free(pool->Allocate(80), 80);
    {
      SlabPool other;
      SlabPool::Free(other.Allocate(80), 80);
    }
  }).join();
}

TEST(SlabTest, ObjectsGoBackToTheirOwnPool) {
  SlabPool a, b;
  void* const first = a.Allocate(80);
  void* const second = b.Allocate(80);
  SlabPool::Free(first, 80);
  EXPECT_EQ(a.Allocate(80), first);
  SlabPool::Free(second, 80);
  EXPECT_EQ(b.Allocate(80), second);
  SlabPool::Free(first, 80);
  SlabPool::Free(second, 80);
}

// Without the sanitizer there is nobody to ask.
#if EQLC_UNDER_ASAN
TEST(SlabTest, AddressSanitizerKnowsWhatIsInUse) {
  SlabPool pool;
  auto* const object = static_cast<char*>(pool.Allocate(21));
  for (int i = 0; i < 21; ++i) EXPECT_EQ(__asan_address_is_poisoned(object + i), 0) << i;
  for (int i = 21; i < 48; ++i) EXPECT_EQ(__asan_address_is_poisoned(object + i), 1) << i;
  SlabPool::Free(object, 21);
  for (int i = 0; i < 24; ++i) EXPECT_EQ(__asan_address_is_poisoned(object + i), 1) << i;
  auto* const again = static_cast<char*>(pool.Allocate(24));
  EXPECT_EQ(again, object);
  for (int i = 0; i < 24; ++i) EXPECT_EQ(__asan_address_is_poisoned(again + i), 0) << i;
  SlabPool::Free(again, 24);
}
#endif

TEST(SlabTest, FootprintIsTheSizeRoundedUp) {
  EXPECT_EQ(SlabPool::Footprint(1), 8u);
  EXPECT_EQ(SlabPool::Footprint(80), 80u);
  EXPECT_EQ(SlabPool::Footprint(81), 88u);
  EXPECT_EQ(SlabPool::Footprint(1024), 1024u);
  EXPECT_EQ(SlabPool::Footprint(1025), 1280u);
  EXPECT_EQ(SlabPool::Footprint(4096), 4096u);
  EXPECT_EQ(SlabPool::Footprint(5000), 5016u);
}

}  // namespace
}  // namespace eqlc
