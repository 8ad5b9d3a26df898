#include "compiler/support/heap.h"

#include <stdlib.h>
#include <sys/mman.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <cstdint>
#include <mutex>

namespace eqlc {

void ReturnFreeMemory() {
#ifdef __GLIBC__
  // With another allocator in the process (AddressSanitizer's, a program's own) the C library's heap is set up by the
  // first call, without a lock.
  static std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);
  malloc_trim(0);
#endif
}

void GrowHeapAhead() {
#ifdef __GLIBC__
  constexpr int kMost = 32 << 20;   // that a block of the heap can have; a larger one is a mapping of its own
  constexpr int kAhead = 24 << 20;  // about what a start takes that finds most of a thousand rules in the cache
  mallopt(M_MMAP_THRESHOLD, kMost);
  mallopt(M_TRIM_THRESHOLD, 2 * kMost);
  void* const block = malloc(kAhead);
  if (block != nullptr) PreferHugePages(block, kAhead);
  free(block);
#endif
}

void PreferHugePages(void* block, size_t size) {
#ifdef MADV_HUGEPAGE
  constexpr uintptr_t kHugePage = uintptr_t{2} << 20;
  const uintptr_t begin = (reinterpret_cast<uintptr_t>(block) + kHugePage - 1) & ~(kHugePage - 1);
  const uintptr_t end = (reinterpret_cast<uintptr_t>(block) + size) & ~(kHugePage - 1);
  if (begin < end) madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
#endif
}

}  // namespace eqlc
