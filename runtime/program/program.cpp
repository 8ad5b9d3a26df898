// Program: the public face of a linked image, and its way to and from files.
// Tested by tests/unit/runtime/program/program_test.cpp.
#include "runtime/program/program.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "eqlc/limits.hpp"

namespace eqlc {
namespace {

Error SystemError(const std::string& what, const std::string& path) {
  return Error{what + " '" + path + "': " + std::strerror(errno)};
}

// Owns a file descriptor.
class File {
 public:
  File(const std::string& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { Close(); }

  bool ok() const { return fd_ >= 0; }
  int fd() const { return fd_; }
  bool Close() {
    const int fd = std::exchange(fd_, -1);
    return fd < 0 || ::close(fd) == 0;
  }

 private:
  int fd_;
};

// Bytes read, which are fewer than asked for at the end of the file only; -1 on error.
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

bool WriteFully(int fd, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    bytes = bytes.subspan(static_cast<size_t>(n));
  }
  return true;
}

// Reads what the header announces and one byte more, so that the verifier sees a file that is too long or too short as
// such, and a huge foreign file is not read at all.
Result<std::vector<std::byte>> ReadImage(const std::string& path) {
  File file(path, O_RDONLY);
  if (!file.ok()) return SystemError("cannot open", path);
  std::vector<std::byte> bytes(sizeof(abi::ImageHeader));
  const ssize_t head = ReadFully(file.fd(), bytes.data(), bytes.size());
  if (head < 0) return SystemError("cannot read", path);
  abi::ImageHeader header{};
  std::memcpy(&header, bytes.data(), static_cast<size_t>(head));
  const bool foreign = std::memcmp(header.magic, abi::kImageMagic, sizeof(header.magic)) != 0;
  if (static_cast<size_t>(head) < bytes.size() || foreign) {
    bytes.resize(static_cast<size_t>(head));
    return bytes;
  }
  if (header.size > limits::kMaxImageBytes) return Error{"'" + path + "' is too large for a program image"};
  bytes.resize(std::max<size_t>(header.size, sizeof(header)) + 1);
  const ssize_t tail = ReadFully(file.fd(), bytes.data() + head, bytes.size() - static_cast<size_t>(head));
  if (tail < 0) return SystemError("cannot read", path);
  bytes.resize(static_cast<size_t>(head + tail));
  return bytes;
}

// Makes a rename durable. Some file systems cannot sync a directory; the image is whole there all the same.
void SyncDirectoryOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  const std::string directory = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const File file(directory, O_RDONLY | O_DIRECTORY);
  if (file.ok()) ::fsync(file.fd());
}

Status WriteNewFile(const std::string& path, std::span<const std::byte> bytes) {
  File file(path, O_WRONLY | O_CREAT | O_EXCL);
  if (!file.ok()) return SystemError("cannot create", path);
  if (WriteFully(file.fd(), bytes) && ::fsync(file.fd()) == 0 && file.Close()) return {};
  Error error = SystemError("cannot write", path);
  ::unlink(path.c_str());
  return error;
}

}  // namespace

Program::Program(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Program::~Program() = default;

Result<std::shared_ptr<const Program>> Program::Load(const std::string& path) {
  auto bytes = ReadImage(path);
  if (!bytes) return bytes.error();
  const auto with_path = [&](const Error& error) { return Error{"cannot load '" + path + "': " + error.message}; };
  auto image = Image::Parse(std::move(*bytes));
  if (!image) return with_path(image.error());
  auto program = LinkProgram(std::move(*image), nullptr);
  if (!program) return with_path(program.error());
  return program;
}

Status Program::Save(const std::string& path) const {
  // Unique among all who save at the same time; what a killed process of the same number left behind goes.
  static std::atomic<uint64_t> saves{0};
  const std::string temporary = path + ".tmp" + std::to_string(::getpid()) + "-" + std::to_string(++saves);
  ::unlink(temporary.c_str());
  if (Status status = WriteNewFile(temporary, image()); !status) return status;
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    Error error = SystemError("cannot write", path);
    ::unlink(temporary.c_str());
    return error;
  }
  SyncDirectoryOf(path);
  return {};
}

const std::vector<RuleInfo>& Program::rules() const { return impl_->rules; }
const std::vector<std::string_view>& Program::fields() const { return impl_->fields; }
bool Program::has_native_code() const { return impl_->native != nullptr; }
NativeProgress Program::native_progress() const { return impl_->native ? impl_->native->progress() : NativeProgress{}; }
void Program::AwaitNativeCode() const {
  if (impl_->native) impl_->native->Await();
}
std::span<const std::byte> Program::image() const { return impl_->image.bytes(); }

}  // namespace eqlc
