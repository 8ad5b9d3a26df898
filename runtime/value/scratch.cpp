// Scratch: blocks that double in size, so that few are ever needed.
// Tested by tests/unit/runtime/value/scratch_test.cpp.
#include "runtime/value/scratch.h"

#include <algorithm>
#include <cstring>
#include <exception>
#include <new>
#include <utility>

#include "eqlc/limits.hpp"

namespace eqlc {

namespace {
constexpr size_t kFirstBlock = 4096;             // most events compute a few short strings
constexpr size_t kKeptBytes = size_t{64} << 10;  // one event in a million may need much
}  // namespace

char* Scratch::Allocate(size_t size) noexcept {
  if (!blocks_.empty() && size <= blocks_.back().size - used_) {
    char* result = blocks_.back().bytes.get() + used_;
    used_ += size;
    return result;
  }
  const size_t left = limits::kMaxScratchBytes - total_;
  if (size > left || left == 0) return nullptr;
  const size_t wanted = blocks_.empty() ? kFirstBlock : 2 * blocks_.back().size;
  const size_t block_size = std::min(std::max(wanted, size), left);
  try {
    blocks_.push_back({std::unique_ptr<char[]>(new char[block_size]), block_size});
  } catch (const std::exception&) {
    return nullptr;
  }
  used_ = size;
  total_ += block_size;
  return blocks_.back().bytes.get();
}

std::string_view Scratch::Copy(std::string_view text) noexcept {
  char* bytes = Allocate(text.size());
  if (bytes == nullptr) return {};
  if (!text.empty()) std::memcpy(bytes, text.data(), text.size());
  return {bytes, text.size()};
}

void Scratch::Clear() noexcept {
  if (blocks_.size() > 1) {
    size_t kept = blocks_.size() - 1;
    while (kept > 0 && blocks_[kept].size > kKeptBytes) --kept;
    std::swap(blocks_.front(), blocks_[kept]);
    blocks_.erase(blocks_.begin() + 1, blocks_.end());
    total_ = blocks_.front().size;
  }
  used_ = 0;
}

}  // namespace eqlc
