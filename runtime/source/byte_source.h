// ByteSource: the decompressed bytes of a file, a pipe or stdin.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>

#include "eqlc/result.hpp"

namespace eqlc {

// Thread-safety: none. Owns what it reads from.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  // The next bytes, at most `size`; 0 at the end, or when `stop` was set while waiting for a pipe.
  virtual Result<size_t> Read(char* to, size_t size) = 0;
  // Whether Read need not wait. False for a pipe that has nothing to give, after it was given so many milliseconds, or
  // fewer when a signal comes.
  virtual bool IsReady(int milliseconds) const = 0;
};

// Opens `path` (`-`: stdin). gzip and Zstandard are recognised by their first bytes and decompressed.
// `stop` may be null; it must outlive the source.
Result<std::unique_ptr<ByteSource>> OpenByteSource(const std::string& path, const std::atomic<bool>* stop);

}  // namespace eqlc
