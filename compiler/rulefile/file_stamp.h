// FileStamp: what a directory says of a file. A file that has the stamp it had has the contents it had.
// Tested by tests/unit/compiler/rulefile/file_stamp_test.cpp.
#pragma once

#include <sys/stat.h>

#include <cstdint>

namespace eqlc {

struct FileStamp {
  uint64_t device = 0;
  uint64_t inode = 0;
  uint64_t size = 0;
  int64_t modified_ns = 0;  // since the epoch
  int64_t changed_ns = 0;   // the same of the inode: programs may set back the time above, but not this one

  bool operator==(const FileStamp&) const = default;
};

FileStamp StampOf(const struct stat& status);

// The time by which stamps are made, in nanoseconds since the epoch.
int64_t StampClock();

// Whether every later change of the file gives another stamp. REQUIRES: `stamp` was taken at `taken_ns` or later. File
// systems count time in steps of up to two seconds, so a file that was just written may change again unnoticed.
bool IsSettled(const FileStamp& stamp, int64_t taken_ns);

}  // namespace eqlc
