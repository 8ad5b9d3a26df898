// Files of compiled rulesets: read whole, written whole or not at all.
// Tested by tests/unit/runtime/program/file_test.cpp and sealed_file_test.cpp.
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
  File(File&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  File& operator=(File&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~File() { Close(); }

  bool ok() const { return fd_ >= 0; }
  int fd() const { return fd_; }
  bool Close();

 private:
  int fd_;
};

// A file in memory. Files must be replaced, not changed, while they are mapped.
class MappedFile {
 public:
  static Result<MappedFile> Open(const std::string& path, size_t max_bytes);
  MappedFile(MappedFile&& other) noexcept : file_(std::move(other.file_)), bytes_(std::exchange(other.bytes_, {})) {}
  MappedFile& operator=(MappedFile&& other) noexcept {
    std::swap(file_, other.file_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~MappedFile();

  Bytes bytes() const { return bytes_; }
  // The file that was mapped, whatever its name means by now.
  File TakeFile() { return std::move(file_); }

 private:
  MappedFile(File file, Bytes bytes) : file_(std::move(file)), bytes_(bytes) {}

  File file_;
  Bytes bytes_;
};

// Bytes read, which are fewer than asked for at the end of the file only; -1 on error.
ssize_t ReadFully(int fd, std::byte* to, size_t size);
// Writes at the end of what was written, and to the disk.
bool WriteDurably(File& file, std::initializer_list<Bytes> parts);

// Where a file of that name is to be written: links are followed, so that they stay. An Error if something stands there
// that is no file, a device or a pipe: moving a file over it would take it away.
Result<std::string> PlaceOf(const std::string& path);
// A name beside `path` for what is to be moved there, unique among all who write at the same time.
std::string TemporaryBeside(const std::string& path);
// Moves a file that is on the disk over another one, whose permissions it takes, so that a reader never sees half a
// file. Removes it on failure. REQUIRES: `path` is a PlaceOf.
Status MoveIntoPlace(const std::string& temporary, const std::string& path);
// Writes the parts one behind the other into the PlaceOf `path`.
Status ReplaceFile(const std::string& path, std::initializer_list<Bytes> parts);

}  // namespace eqlc
