// Scratch: bump allocator for strings computed while one event is evaluated.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace eqlc {

// Memory lives until Clear, which keeps the largest block of a moderate size. Thread-safety: none.
class Scratch {
 public:
  // Uninitialised bytes, not aligned, also for `size` 0; null when `size` would push the total beyond kMaxScratchBytes
  // (the caller then gives null).
  char* Allocate(size_t size) noexcept;
  // A copy of `text`; its data() is null when the memory was refused.
  std::string_view Copy(std::string_view text) noexcept;
  void Clear() noexcept;

 private:
  struct Block {
    std::unique_ptr<char[]> bytes;
    size_t size;
  };
  std::vector<Block> blocks_;
  size_t used_ = 0;   // of the last block
  size_t total_ = 0;  // of all blocks
};

}  // namespace eqlc
