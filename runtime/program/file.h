// Files of compiled rulesets: read whole, written whole or not at all.
// Tested by tests/unit/runtime/program/program_test.cpp and sealed_file_test.cpp.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <utility>

#include "eqlc/result.hpp"

namespace eqlc {

using Bytes = std::span<const std::byte>;

// "what 'path': reason", the reason being errno's.
Error SystemError(const std::string& what, const std::string& path);

// Owns a file descriptor.
class File {
 public:
  File(const std::string& path, int flags);
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { Close(); }

  bool ok() const { return fd_ >= 0; }
  int fd() const { return fd_; }
  bool Close();

 private:
  int fd_;
};

// A file in memory, as it was when it was opened. Files must be replaced, not changed, while they are mapped.
class MappedFile {
 public:
  static Result<MappedFile> Open(const std::string& path, size_t max_bytes);
  MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  MappedFile& operator=(MappedFile&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~MappedFile();

  Bytes bytes() const { return bytes_; }

 private:
  explicit MappedFile(Bytes bytes) : bytes_(bytes) {}
  Bytes bytes_;
};

// Bytes read, which are fewer than asked for at the end of the file only; -1 on error.
ssize_t ReadFully(int fd, std::byte* to, size_t size);
// Writes at the end of what was written, and to the disk.
bool WriteDurably(File& file, std::initializer_list<Bytes> parts);

// A name beside `path` for what is to be moved there, unique among all who write at the same time.
std::string TemporaryBeside(const std::string& path);
// Moves a file that is on the disk over another one, so that a reader never sees half a file. Removes it on failure.
Status MoveIntoPlace(const std::string& temporary, const std::string& path);
// Writes the parts one behind the other.
Status ReplaceFile(const std::string& path, std::initializer_list<Bytes> parts);

}  // namespace eqlc
