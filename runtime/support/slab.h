// SlabPool: memory for many small objects of few sizes. A slab is 64 KiB, aligned to its size, and holds objects of one
// size class; so an object costs its size rounded up to 8 bytes (beyond kFine, to 256) and nothing else, and a slab
// whose objects are all gone goes back to the system, but for a few that are kept, by a pool that ends for the next one
// on its thread.
//
//   | Slab header | object | object | ... | never used yet |
//                   ^ freed ones are chained
//
// AddressSanitizer is told what of a slab is in use, byte for byte, so it sees what it would see with malloc.
//
// Tested by tests/unit/runtime/support/slab_test.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace eqlc {

// Thread-safety: none.
class SlabPool {
 public:
  static constexpr size_t kFine = 1024;     // up to here there is a class every 8 bytes, then every 256
  static constexpr size_t kLargest = 4096;  // larger objects come from malloc

  SlabPool() = default;
  SlabPool(const SlabPool&) = delete;
  SlabPool& operator=(const SlabPool&) = delete;
  // REQUIRES: everything was freed.
  ~SlabPool();

  // Null when memory is out. REQUIRES: size > 0.
  void* Allocate(size_t size) noexcept;
  // Gives an object back to its pool. `size` as at allocation.
  static void Free(void* object, size_t size) noexcept;

  // What an object of `size` takes.
  static constexpr size_t Footprint(size_t size) {
    if (size > kLargest) return size + 16;
    return RoundUp(size, size > kFine ? kCoarseStep : kFineStep);
  }
  // Bytes of slabs, in use or not.
  size_t slab_bytes() const { return slab_bytes_; }

 private:
  struct Slab;

  static constexpr size_t kFineStep = 8;
  static constexpr size_t kCoarseStep = 256;
  static constexpr size_t kClasses = kFine / kFineStep + (kLargest - kFine) / kCoarseStep + 1;
  static constexpr size_t RoundUp(size_t size, size_t step) { return (size + step - 1) / step * step; }
  // REQUIRES: 0 < size <= kLargest.
  static constexpr size_t ClassOf(size_t size) {
    return size > kFine ? kFine / kFineStep + (size - kFine + kCoarseStep - 1) / kCoarseStep
                        : (size + kFineStep - 1) / kFineStep;
  }

  Slab* NewSlab(size_t size_class, size_t object_bytes) noexcept;
  void FreeSlab(Slab* slab) noexcept;
  static void GiveUp(Slab* slab, bool leave) noexcept;
  void Link(Slab* slab) noexcept;
  void Unlink(Slab* slab) noexcept;

  std::array<Slab*, kClasses> with_room_{};  // by size class
  Slab* spare_ = nullptr;  // a few empty slabs are kept, so that objects that come and go cost no system calls
  size_t spare_count_ = 0;
  size_t slab_bytes_ = 0;
};

}  // namespace eqlc
