#include "runtime/sink/record_writer.h"

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace eqlc {
namespace {

// One write per 64 KiB: far from the cost of a call per alert, and never much to lose.
constexpr size_t kBufferBytes = size_t{64} << 10;

bool IsRegularFile(int fd) {
  struct stat info;
  return fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
}

// Waits until a non-blocking descriptor takes bytes again.
bool WaitUntilWritable(int fd) {
  pollfd waiting = {fd, POLLOUT, 0};
  int ready;
  do {
    ready = poll(&waiting, 1, -1);
  } while (ready < 0 && errno == EINTR);
  return ready > 0;
}

// Bytes written of `bytes`; fewer than all of them only if `error` is set to the errno.
size_t WriteAll(int fd, std::string_view bytes, int& error) {
  size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t n = write(fd, bytes.data() + done, bytes.size() - done);
    if (n > 0) {
      done += static_cast<size_t>(n);
      continue;
    }
    const int cause = n == 0 ? ENOSPC : errno;  // a device that takes nothing is as good as full
    if (cause == EINTR) continue;
    if ((cause == EAGAIN || cause == EWOULDBLOCK) && WaitUntilWritable(fd)) continue;
    error = cause;
    break;
  }
  return done;
}

}  // namespace

RecordWriter::RecordWriter(int fd) : fd_(fd), immediate_(!IsRegularFile(fd)) {}

Status RecordWriter::Drain() {
  int error = 0;
  buffer_.erase(0, WriteAll(fd_, buffer_, error));
  if (error == 0) return {};
  return Error{"cannot write alerts: " + std::generic_category().message(error)};
}

Status RecordWriter::Append(std::string_view record) {
  if (!buffer_.empty() && buffer_.size() + record.size() > kBufferBytes) {
    if (Status status = Drain(); !status) return status;
  }
  buffer_ += record;
  ++records_;
  if (!immediate_ && buffer_.size() < kBufferBytes) return {};
  Status status = Drain();
  // What is left after a failure ends with this record; if all of it is left, it is as if it had never come.
  if (!status && buffer_.size() >= record.size()) {
    buffer_.resize(buffer_.size() - record.size());
    --records_;
  }
  return status;
}

}  // namespace eqlc
