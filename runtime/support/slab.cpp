#include "runtime/support/slab.h"

#include <sanitizer/asan_interface.h>
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

// Empty slabs of pools that are gone, for those to come on the same thread: sessions may be made by the thousand.
class LeftSlabs {
 public:
  ~LeftSlabs() {
    while (count_ > 0) munmap(slabs_[--count_], kSlabBytes);
    is_gone_ = true;
  }
  // Null when there is none. A pool that outlives the thread's other objects finds none.
  static void* Take() noexcept { return is_gone_ || mine_.count_ == 0 ? nullptr : mine_.slabs_[--mine_.count_]; }
  // False when there is no room for the slab.
  static bool Leave(void* slab) noexcept {
    if (is_gone_ || mine_.count_ == kMax) return false;
    mine_.slabs_[mine_.count_++] = slab;
    return true;
  }

 private:
  static constexpr size_t kMax = 4;
  static thread_local LeftSlabs mine_;
  static thread_local bool is_gone_;

  std::array<void*, kMax> slabs_{};
  size_t count_ = 0;
};

thread_local LeftSlabs LeftSlabs::mine_;
thread_local bool LeftSlabs::is_gone_ = false;

}  // namespace

struct SlabPool::Slab {
  struct Free {
    Free* next;
  };

  SlabPool* pool;
  Slab* next;  // among those of the class with room
  Slab* previous;
  Free* free;
  uint16_t size_class;
  uint16_t object_bytes;
  uint32_t live;
  uint32_t carved;  // objects handed out at least once
  uint32_t capacity;

  void* body() { return this + 1; }
  static constexpr size_t body_bytes();
  char* object(uint32_t i) { return reinterpret_cast<char*>(this + 1) + size_t{i} * object_bytes; }
  bool full() const { return free == nullptr && carved == capacity; }
};

constexpr size_t SlabPool::Slab::body_bytes() { return kSlabBytes - sizeof(Slab); }

SlabPool::~SlabPool() {
  while (spare_ != nullptr) GiveUp(std::exchange(spare_, spare_->next), /*leave=*/true);
}

// To pools to come, if there is room and `leave`, else to the system.
void SlabPool::GiveUp(Slab* slab, bool leave) noexcept {
  ASAN_UNPOISON_MEMORY_REGION(slab->body(), Slab::body_bytes());
  if (!leave || !LeftSlabs::Leave(slab)) munmap(slab, kSlabBytes);
}

SlabPool::Slab* SlabPool::NewSlab(size_t size_class, size_t object_bytes) noexcept {
  void* memory = spare_;
  if (spare_ != nullptr) {
    spare_ = spare_->next;
    --spare_count_;
  } else {
    memory = LeftSlabs::Take();
    if (memory == nullptr) memory = MapAligned();
    if (memory == nullptr) return nullptr;
    slab_bytes_ += kSlabBytes;
  }
  auto* slab = static_cast<Slab*>(memory);
  const auto capacity = static_cast<uint32_t>(Slab::body_bytes() / object_bytes);
  *slab = {this, nullptr, nullptr, nullptr, static_cast<uint16_t>(size_class), static_cast<uint16_t>(object_bytes),
           0,    0,       capacity};
  ASAN_POISON_MEMORY_REGION(slab->body(), Slab::body_bytes());
  Link(slab);
  return slab;
}

void SlabPool::FreeSlab(Slab* slab) noexcept {
  if (spare_count_ < kMaxSpare) {
    slab->next = std::exchange(spare_, slab);
    ++spare_count_;
    return;
  }
  GiveUp(slab, /*leave=*/false);
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
  const size_t size_class = ClassOf(size);
  Slab* slab = with_room_[size_class];
  if (slab == nullptr) slab = NewSlab(size_class, Footprint(size));
  if (slab == nullptr) return nullptr;
  void* object = slab->free;
  if (slab->free != nullptr) {
    ASAN_UNPOISON_MEMORY_REGION(object, sizeof(Slab::Free));
    slab->free = slab->free->next;
  } else {
    object = slab->object(slab->carved++);
  }
  ASAN_POISON_MEMORY_REGION(object, slab->object_bytes);
  ASAN_UNPOISON_MEMORY_REGION(object, size);
  ++slab->live;
  if (slab->full()) Unlink(slab);
  return object;
}

void SlabPool::Free(void* object, size_t size) noexcept {
  if (size > kLargest) return std::free(object);
  auto* slab = reinterpret_cast<Slab*>(reinterpret_cast<uintptr_t>(object) & ~(kSlabBytes - 1));
  SlabPool& pool = *slab->pool;
  if (slab->full()) pool.Link(slab);
  ASAN_UNPOISON_MEMORY_REGION(object, sizeof(Slab::Free));
  slab->free = new (object) Slab::Free{slab->free};
  ASAN_POISON_MEMORY_REGION(object, slab->object_bytes);
  if (--slab->live > 0) return;
  pool.Unlink(slab);
  pool.FreeSlab(slab);
}

}  // namespace eqlc
