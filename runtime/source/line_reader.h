// LineReader: events out of a file, a pipe or stdin, whatever it is packed in.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "eqlc/result.hpp"
#include "runtime/source/byte_source.h"

namespace eqlc {

// One event's text and where it was found, in the decompressed input.
struct InputLine {
  std::string_view text;  // valid until the next call of Next; no newline; empty when too_long
  uint64_t number = 0;    // of the line it starts in, from 1
  uint64_t offset = 0;    // of its first byte
  bool too_long = false;  // more than kMaxEventBytes; skipped
};

// Reads NDJSON: one event a line. Blank lines, `\r` before the newline and a byte order mark are dropped; the last line
// needs no newline. A file that starts with `[`, or with a `{` alone on its line, is read as JSON values instead: the
// elements of an array, or values one after the other, over as many lines as they like; newlines between their tokens
// become blanks, so that `text` is always one line.
// Memory is constant but for the longest event. Thread-safety: none.
class LineReader {
 public:
  // `path` is a file or `-` for stdin; gzip and Zstandard are recognised. `stop` may be null; when it becomes true,
  // Next says that the input has ended, within a moment even if a pipe has nothing to give.
  static Result<LineReader> Open(const std::string& path, const std::atomic<bool>* stop = nullptr);

  // False at the end. An Error means the input cannot be read any further.
  Result<bool> Next(InputLine& line);

 private:
  enum class Format : uint8_t { kUnknown, kLines, kValues };

  LineReader(std::string name, std::unique_ptr<ByteSource> source, const std::atomic<bool>* stop);

  bool Stopped() const { return stop_ != nullptr && stop_->load(std::memory_order_relaxed); }
  size_t unread() const { return end_ - begin_; }
  std::string_view unread_text() const { return {buffer_.data() + begin_, unread()}; }

  // Appends to the unread bytes; false at the end of input.
  Result<bool> Fill();
  void Consume(size_t size);
  Status DetectFormat();

  Result<bool> NextLine(InputLine& line);
  Result<bool> SkipLongLine(InputLine& line);

  Result<bool> NextValue(InputLine& line);
  Result<bool> SkipToValue();
  void SkipBetweenValues();

  std::string name_;
  std::unique_ptr<ByteSource> source_;
  const std::atomic<bool>* stop_;
  Format format_ = Format::kUnknown;

  std::vector<char> buffer_;
  size_t begin_ = 0;  // of the unread bytes in buffer_
  size_t end_ = 0;
  uint64_t offset_ = 0;       // of begin_ in the input
  uint64_t line_number_ = 1;  // of begin_
  bool in_array_ = false;     // Format::kValues: between the brackets of the outermost array
};

// Replaces folders by the event files below them (`.ndjson`, `.jsonl`, `.json`, each also with `.gz` or `.zst`), in
// sorted order; other paths stay as they are. An Error for a path that is not there, or a folder without event files.
Result<std::vector<std::string>> ExpandInputPaths(const std::vector<std::string>& paths);

}  // namespace eqlc
