// A chain of at most two readers: FileSource reads a descriptor, GzipSource and ZstdSource decompress what it reads.
// Both handle several compressed streams in one file, as log rotation and parallel compressors write them.
// Tested by tests/unit/runtime/source/byte_source_test.cpp.
#include "runtime/source/byte_source.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <vector>

#include "eqlc/limits.hpp"

namespace eqlc {
namespace {

constexpr int kPollMilliseconds = 100;            // how long a set `stop` may go unnoticed
constexpr size_t kCompressedChunk = 128 << 10;    // zstd's own recommendation for input
constexpr size_t kRatioGrace = size_t{64} << 20;  // output that is never suspicious: a small file of equal lines
constexpr int kMaxZstdWindowLog = 27;             // 128 MB, what the zstd command accepts by default
constexpr std::string_view kGzipMagic = "\x1F\x8B";
constexpr std::string_view kZstdMagic = "\x28\xB5\x2F\xFD";

class FileSource : public ByteSource {
 public:
  FileSource(std::string name, int fd, const std::atomic<bool>* stop) : name_(std::move(name)), fd_(fd), stop_(stop) {
    struct stat info{};
    may_block_ = ::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode);
  }
  ~FileSource() override {
    if (fd_ != STDIN_FILENO) ::close(fd_);
  }

  // Reads until the first bytes that tell the format are there; Read gives them again.
  Result<std::string_view> Peek(size_t size) {
    peeked_.resize(size);
    size_t have = 0;
    while (have < size) {
      const auto n = ReadFile(peeked_.data() + have, size - have);
      if (!n) return n.error();
      if (*n == 0) break;
      have += *n;
    }
    peeked_.resize(have);
    return std::string_view(peeked_);
  }

  Result<size_t> Read(char* to, size_t size) override {
    if (peeked_.empty()) return ReadFile(to, size);
    const size_t n = std::min(size, peeked_.size());
    std::memcpy(to, peeked_.data(), n);
    peeked_.erase(0, n);
    return n;
  }

  bool IsReady(int milliseconds) const override { return !may_block_ || !peeked_.empty() || Poll(milliseconds); }

  const std::string& name() const { return name_; }
  bool Stopped() const { return stop_ != nullptr && stop_->load(std::memory_order_relaxed); }

 private:
  Result<size_t> ReadFile(char* to, size_t size) {
    while (!Stopped()) {
      if (may_block_ && stop_ != nullptr && !Wait()) continue;
      const ssize_t n = ::read(fd_, to, size);
      if (n >= 0) return static_cast<size_t>(n);
      if (errno == EAGAIN) {
        Wait();
      } else if (errno != EINTR) {
        return Error{"cannot read '" + name_ + "': " + std::strerror(errno)};
      }
    }
    return size_t{0};
  }

  // True when a read would not block; false after a short while or a signal, so that `stop` is looked at.
  bool Wait() const { return Poll(kPollMilliseconds); }
  bool Poll(int milliseconds) const {
    pollfd descriptor{fd_, POLLIN, 0};
    return ::poll(&descriptor, 1, milliseconds) > 0;
  }

  std::string name_;
  int fd_;
  const std::atomic<bool>* stop_;
  bool may_block_;
  std::string peeked_;
};

// What both decompressors need: compressed input in chunks, and a limit on the ratio.
class CompressedInput {
 public:
  explicit CompressedInput(std::unique_ptr<FileSource> file) : file_(std::move(file)), chunk_(kCompressedChunk) {}

  Result<std::string_view> NextChunk() {
    const auto n = file_->Read(chunk_.data(), chunk_.size());
    if (!n) return n.error();
    in_ += *n;
    return std::string_view(chunk_.data(), *n);
  }

  bool IsReady(int milliseconds) const { return file_->IsReady(milliseconds); }

  Result<size_t> Produced(size_t n) {
    out_ += n;
    if (out_ <= kRatioGrace || out_ / limits::kMaxDecompressedRatio <= in_) return n;
    return Error{"'" + file_->name() + "' grows more than " + std::to_string(limits::kMaxDecompressedRatio) +
                 "-fold when decompressed"};
  }

  // What Read gives when the input is used up.
  Result<size_t> End(bool complete) const {
    if (complete || file_->Stopped()) return size_t{0};
    return Error{"'" + file_->name() + "' ends in the middle of compressed data"};
  }
  Error Damaged(const char* why) const {
    return Error{"cannot decompress '" + file_->name() + "': " + (why != nullptr ? why : "damaged data")};
  }

 private:
  std::unique_ptr<FileSource> file_;
  std::vector<char> chunk_;
  uint64_t in_ = 0;
  uint64_t out_ = 0;
};

class GzipSource : public ByteSource {
 public:
  explicit GzipSource(std::unique_ptr<FileSource> file) : input_(std::move(file)) {}
  ~GzipSource() override {
    if (ready_) ::inflateEnd(&stream_);
  }

  Result<size_t> Read(char* to, size_t size) override {
    constexpr int kGzipWindow = 16 + MAX_WBITS;  // gzip headers only
    if (!ready_ && ::inflateInit2(&stream_, kGzipWindow) != Z_OK) return input_.Damaged("out of memory");
    ready_ = true;
    stream_.next_out = reinterpret_cast<Bytef*>(to);
    stream_.avail_out = static_cast<uInt>(std::min<size_t>(size, 1u << 30));
    const size_t room = stream_.avail_out;
    while (stream_.avail_out == room) {
      if (stream_.avail_in == 0) {
        const auto chunk = input_.NextChunk();
        if (!chunk) return chunk.error();
        if (chunk->empty()) return input_.End(between_members_);
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(chunk->data()));
        stream_.avail_in = static_cast<uInt>(chunk->size());
      }
      if (Status status = Inflate(); !status) return status.error();
    }
    return input_.Produced(room - stream_.avail_out);
  }

  bool IsReady(int milliseconds) const override { return input_.IsReady(milliseconds); }

 private:
  Status Inflate() {
    if (between_members_ && !first_) SkipPadding();
    if (stream_.avail_in == 0) return {};
    between_members_ = first_ = false;
    const int code = ::inflate(&stream_, Z_NO_FLUSH);
    if (code == Z_STREAM_END) {
      ::inflateReset(&stream_);
      between_members_ = true;
    } else if (code != Z_OK && code != Z_BUF_ERROR) {
      return input_.Damaged(stream_.msg);
    }
    return {};
  }

  // Zeros may follow a member (tapes, block devices).
  void SkipPadding() {
    for (; stream_.avail_in > 0 && *stream_.next_in == 0; --stream_.avail_in) ++stream_.next_in;
  }

  CompressedInput input_;
  z_stream stream_{};
  bool ready_ = false;
  bool between_members_ = true;
  bool first_ = true;
};

class ZstdSource : public ByteSource {
 public:
  explicit ZstdSource(std::unique_ptr<FileSource> file) : input_(std::move(file)), stream_(::ZSTD_createDStream()) {
    if (stream_ != nullptr) ::ZSTD_DCtx_setParameter(stream_, ZSTD_d_windowLogMax, kMaxZstdWindowLog);
  }
  ~ZstdSource() override { ::ZSTD_freeDStream(stream_); }

  Result<size_t> Read(char* to, size_t size) override {
    if (stream_ == nullptr) return input_.Damaged("out of memory");
    ZSTD_outBuffer out{to, size, 0};
    while (out.pos == 0) {
      // Input that is used up may leave output behind; ask for it before reading on.
      if (in_.pos == in_.size && !pending_output_) {
        const auto chunk = input_.NextChunk();
        if (!chunk) return chunk.error();
        if (chunk->empty()) return input_.End(frame_done_);
        in_ = {chunk->data(), chunk->size(), 0};
      }
      const size_t code = ::ZSTD_decompressStream(stream_, &out, &in_);
      if (::ZSTD_isError(code)) return input_.Damaged(::ZSTD_getErrorName(code));
      frame_done_ = code == 0;
      pending_output_ = code != 0 && out.pos == out.size;
    }
    return input_.Produced(out.pos);
  }

  bool IsReady(int milliseconds) const override { return input_.IsReady(milliseconds); }

 private:
  CompressedInput input_;
  ZSTD_DStream* stream_;
  ZSTD_inBuffer in_{nullptr, 0, 0};
  bool pending_output_ = false;  // the last call filled the output
  bool frame_done_ = true;
};

Error CannotOpen(const std::string& path, int error) {
  return Error{"cannot open '" + path + "': " + std::strerror(error)};
}

bool IsDirectory(int fd) {
  struct stat info{};
  return ::fstat(fd, &info) == 0 && S_ISDIR(info.st_mode);
}

}  // namespace

Result<std::unique_ptr<ByteSource>> OpenByteSource(const std::string& path, const std::atomic<bool>* stop) {
  const bool is_stdin = path == "-";
  const int fd = is_stdin ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return CannotOpen(path, errno);
  auto file = std::make_unique<FileSource>(is_stdin ? "standard input" : path, fd, stop);
  if (IsDirectory(fd)) return CannotOpen(path, EISDIR);
  const auto start = file->Peek(kZstdMagic.size());
  if (!start) return start.error();
  if (start->starts_with(kGzipMagic)) return std::unique_ptr<ByteSource>(std::make_unique<GzipSource>(std::move(file)));
  if (start->starts_with(kZstdMagic)) return std::unique_ptr<ByteSource>(std::make_unique<ZstdSource>(std::move(file)));
  return std::unique_ptr<ByteSource>(std::move(file));
}

}  // namespace eqlc
