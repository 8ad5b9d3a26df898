#include "compiler/rulefile/file_stamp.h"

#include <algorithm>
#include <ctime>

namespace eqlc {
namespace {

constexpr int64_t kNsPerSecond = 1'000'000'000;
constexpr int64_t kLongestStep = 2 * kNsPerSecond;

int64_t Nanoseconds(const timespec& time) { return time.tv_sec * kNsPerSecond + time.tv_nsec; }

}  // namespace

FileStamp StampOf(const struct stat& status) {
  return {.device = status.st_dev,
          .inode = status.st_ino,
          .size = static_cast<uint64_t>(status.st_size),
          .modified_ns = Nanoseconds(status.st_mtim),
          .changed_ns = Nanoseconds(status.st_ctim)};
}

int64_t StampClock() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return Nanoseconds(now);
}

bool IsSettled(const FileStamp& stamp, int64_t taken_ns) {
  return std::max(stamp.modified_ns, stamp.changed_ns) < taken_ns - kLongestStep;
}

}  // namespace eqlc
