#include "runtime/program/file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace eqlc {
namespace {

bool WriteFully(int fd, Bytes bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    bytes = bytes.subspan(static_cast<size_t>(n));
  }
  return true;
}

// Makes a rename durable. Some file systems cannot sync a directory; the file is whole there all the same.
void SyncDirectoryOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  const std::string directory = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const File file(directory, O_RDONLY | O_DIRECTORY);
  if (file.ok()) ::fsync(file.fd());
}

}  // namespace

Error SystemError(const std::string& what, const std::string& path) {
  return Error{what + " '" + path + "': " + std::strerror(errno)};
}

File::File(const std::string& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {}

bool File::Close() {
  const int fd = std::exchange(fd_, -1);
  return fd < 0 || ::close(fd) == 0;
}

Result<MappedFile> MappedFile::Open(const std::string& path, size_t max_bytes) {
  File file(path, O_RDONLY);
  struct stat status;
  if (!file.ok() || ::fstat(file.fd(), &status) != 0) return SystemError("cannot open", path);
  if (!S_ISREG(status.st_mode)) return Error{"cannot read '" + path + "': not a plain file"};
  const auto size = static_cast<size_t>(status.st_size);
  if (size > max_bytes) return Error{"'" + path + "' is too large"};
  if (size == 0) return MappedFile(std::move(file), {});
  void* at = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file.fd(), 0);
  if (at == MAP_FAILED) return SystemError("cannot read", path);
  return MappedFile(std::move(file), {static_cast<const std::byte*>(at), size});
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

ssize_t ReadFully(int fd, std::byte* to, size_t size) {
  size_t done = 0;
  while (done < size) {
    const ssize_t n = ::read(fd, to + done, size - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return -1;
    if (n == 0) break;
    done += static_cast<size_t>(n);
  }
  return static_cast<ssize_t>(done);
}

bool WriteDurably(File& file, std::initializer_list<Bytes> parts) {
  for (const Bytes part : parts) {
    if (!WriteFully(file.fd(), part)) return false;
  }
  return ::fsync(file.fd()) == 0 && file.Close();
}

Result<std::string> PlaceOf(const std::string& path) {
  struct stat status;
  if (::stat(path.c_str(), &status) != 0) return path;  // nothing there, or out of reach, as writing will show
  if (!S_ISREG(status.st_mode)) return Error{"cannot write '" + path + "': it is there and no plain file"};
  std::error_code failed;
  const std::filesystem::path place = std::filesystem::canonical(path, failed);
  return failed ? path : place.string();
}

std::string TemporaryBeside(const std::string& path) {
  static std::atomic<uint64_t> count{0};
  return path + ".tmp" + std::to_string(::getpid()) + "-" + std::to_string(++count);
}

Status MoveIntoPlace(const std::string& temporary, const std::string& path) {
  struct stat before;
  if (::stat(path.c_str(), &before) == 0) (void)::chmod(temporary.c_str(), before.st_mode & 07777);
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    Error error = SystemError("cannot write", path);
    ::unlink(temporary.c_str());
    return error;
  }
  SyncDirectoryOf(path);
  return {};
}

Status ReplaceFile(const std::string& path, std::initializer_list<Bytes> parts) {
  const Result<std::string> place = PlaceOf(path);
  if (!place) return place.error();
  const std::string temporary = TemporaryBeside(*place);
  ::unlink(temporary.c_str());  // what a killed process of the same number left behind
  File file(temporary, O_WRONLY | O_CREAT | O_EXCL);
  if (!file.ok()) return SystemError("cannot write", path);
  if (WriteDurably(file, parts)) return MoveIntoPlace(temporary, *place);
  Error error = SystemError("cannot write", path);
  ::unlink(temporary.c_str());
  return error;
}

}  // namespace eqlc
