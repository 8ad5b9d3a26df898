// RecordWriter: puts records into a file descriptor, each whole and in one write(2), whatever happens to the disk.
//
// A regular file is written when 64 KiB have come together; a terminal, pipe or socket at every record, since someone
// is waiting for it.
//
// When a write fails (disk full, reader gone) the Error names the reason, and:
// 1. The record being appended is dropped, unless part of it is in the file already; then the rest is kept.
// 2. What had been accepted earlier is kept and tried again at the next Append, Flush or Close. A short write is
//    continued at the byte where it stopped, so no record is ever torn or repeated once there is space again.
// 3. Memory stays bounded: at most 64 KiB and one record wait.
//
// The caller ignores SIGPIPE if it wants an Error rather than death from a closed pipe.
//
// Tested by tests/unit/runtime/sink/record_writer_test.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "eqlc/result.hpp"

namespace eqlc {

// Thread-safety: none. Does not own the descriptor.
class RecordWriter {
 public:
  explicit RecordWriter(int fd);
  RecordWriter(const RecordWriter&) = delete;
  RecordWriter& operator=(const RecordWriter&) = delete;

  Status Append(std::string_view record);
  Status Flush() { return Drain(); }

  // Records accepted so far, including those that still wait.
  size_t records() const { return records_; }
  size_t pending_bytes() const { return buffer_.size(); }

 private:
  Status Drain();

  int fd_;
  bool immediate_;
  size_t records_ = 0;
  std::string buffer_;
};

}  // namespace eqlc
