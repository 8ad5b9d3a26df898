#include "runtime/support/slab.h"

#include <sys/mman.h>

#include <cassert>
#include <cstdlib>
#include <new>
#include <utility>

namespace eqlc {
namespace {

constexpr size_t kSlabBytes = 64u << 10;
constexpr size_t kMaxSpare = 16;

// Maps twice the size and gives back what lies outside the aligned part.
void* MapAligned() noexcept {
  void* map = mmap(nullptr, 2 * kSlabBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (map == MAP_FAILED) return nullptr;
  const auto start = reinterpret_cast<uintptr_t>(map);
  const uintptr_t aligned = (start + kSlabBytes - 1) & ~(kSlabBytes - 1);
  if (aligned > start) munmap(map, aligned - start);
  munmap(reinterpret_cast<void*>(aligned + kSlabBytes), start + kSlabBytes - aligned);
  return reinterpret_cast<void*>(aligned);
}

}  // namespace

struct SlabPool::Slab {
  struct Free {
    Free* next;
  };

  SlabPool* pool;
  Slab* next;  // among those of the class with room
  Slab* previous;
  Free* free;
  uint32_t size_class;  // in units of 8 bytes
  uint32_t live;
  uint32_t carved;  // objects handed out at least once
  uint32_t capacity;

  char* object(uint32_t i) { return reinterpret_cast<char*>(this + 1) + size_t{i} * size_class * 8; }
  bool full() const { return free == nullptr && carved == capacity; }
};

SlabPool::~SlabPool() {
  while (spare_ != nullptr) munmap(std::exchange(spare_, spare_->next), kSlabBytes);
}

SlabPool::Slab* SlabPool::NewSlab(size_t size_class) noexcept {
  void* memory = spare_;
  if (spare_ != nullptr) {
    spare_ = spare_->next;
    --spare_count_;
  } else {
    memory = MapAligned();
    if (memory == nullptr) return nullptr;
    slab_bytes_ += kSlabBytes;
  }
  auto* slab = static_cast<Slab*>(memory);
  const auto capacity = static_cast<uint32_t>((kSlabBytes - sizeof(Slab)) / (size_class * 8));
  *slab = {this, nullptr, nullptr, nullptr, static_cast<uint32_t>(size_class), 0, 0, capacity};
  Link(slab);
  return slab;
}

void SlabPool::FreeSlab(Slab* slab) noexcept {
  if (spare_count_ < kMaxSpare) {
    slab->next = std::exchange(spare_, slab);
    ++spare_count_;
    return;
  }
  munmap(slab, kSlabBytes);
  slab_bytes_ -= kSlabBytes;
}

void SlabPool::Link(Slab* slab) noexcept {
  Slab*& head = with_room_[slab->size_class];
  slab->previous = nullptr;
  slab->next = head;
  if (head != nullptr) head->previous = slab;
  head = slab;
}

void SlabPool::Unlink(Slab* slab) noexcept {
  (slab->previous != nullptr ? slab->previous->next : with_room_[slab->size_class]) = slab->next;
  if (slab->next != nullptr) slab->next->previous = slab->previous;
}

void* SlabPool::Allocate(size_t size) noexcept {
  assert(size > 0);
  if (size > kLargest) return std::malloc(size);
  const size_t size_class = (size + 7) / 8;
  Slab* slab = with_room_[size_class];
  if (slab == nullptr) slab = NewSlab(size_class);
  if (slab == nullptr) return nullptr;
  void* object = slab->free;
  if (slab->free != nullptr) {
    slab->free = slab->free->next;
  } else {
    object = slab->object(slab->carved++);
  }
  ++slab->live;
  if (slab->full()) Unlink(slab);
  return object;
}

void SlabPool::Free(void* object, size_t size) noexcept {
  if (size > kLargest) return std::free(object);
  auto* slab = reinterpret_cast<Slab*>(reinterpret_cast<uintptr_t>(object) & ~(kSlabBytes - 1));
  SlabPool& pool = *slab->pool;
  if (slab->full()) pool.Link(slab);
  slab->free = new (object) Slab::Free{slab->free};
  if (--slab->live > 0) return;
  pool.Unlink(slab);
  pool.FreeSlab(slab);
}

}  // namespace eqlc
