// ChunkReader: events out of a file, a pipe or stdin, whatever it is packed in, many at a time.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eqlc/result.hpp"
#include "runtime/source/byte_source.h"
#include "runtime/source/value_scanner.h"

namespace eqlc {

// Whole lines, one event each, or one event that is too long to be given.
struct InputChunk {
  // Where an event stands in the decompressed input.
  struct Place {
    uint64_t number;  // of the line it starts in, from 1
    uint64_t offset;  // of its first byte
  };

  std::string lines;
  // Of a file of JSON values: the place of each line. Empty for NDJSON, whose lines are those of the input, one behind
  // the other.
  std::vector<Place> places;
  uint64_t offset = 0;    // of the chunk's first byte in the decompressed input
  uint64_t end = 0;       // behind its last
  bool too_long = false;  // `lines` is empty; the event has more than kMaxEventBytes and was skipped
};

// Reads NDJSON: one event a line. A byte order mark is dropped. A file that starts with `[`, or with a `{` alone on its
// line, is read as JSON values instead: the elements of an array, or values one after the other, over as many lines as
// they like; newlines between their tokens become blanks, so that each is one line.
//
// A chunk ends behind kChunkBytes or earlier: when the input is a pipe that has nothing more to give right now, so that
// no event waits for the next one. Memory is constant but for the longest event. Thread-safety: none.
class ChunkReader {
 public:
  // `path` is a file or `-` for stdin; gzip and Zstandard are recognised. `stop` may be null; when it becomes true,
  // Next says that the input has ended, within a moment even if a pipe has nothing to give. `when_idle`, if given, is
  // called when a pipe has nothing to give, and again and again while it has not.
  static Result<ChunkReader> Open(const std::string& path, const std::atomic<bool>* stop = nullptr,
                                  std::function<void()> when_idle = {});

  // False at the end. An Error means the input cannot be read any further. The memory of `chunk` is used again.
  Result<bool> Next(InputChunk& chunk);

 private:
  enum class Format : uint8_t { kUnknown, kLines, kValues };
  // A JSON value, as far as it was seen.
  struct Value {
    InputChunk::Place place;
    ValueScanner scanner;
    size_t size = 0;  // unread bytes that belong to it
    bool too_long = false;
  };

  ChunkReader(std::string name, std::unique_ptr<ByteSource> source, const std::atomic<bool>* stop,
              std::function<void()> when_idle);

  bool Stopped() const { return stop_ != nullptr && stop_->load(std::memory_order_relaxed); }
  size_t unread() const { return end_ - begin_; }
  std::string_view unread_text() const { return {buffer_.data() + begin_, unread()}; }

  // Appends to the unread bytes; false at the end of input.
  Result<bool> Fill();
  void Consume(size_t size);
  Status DetectFormat();

  Result<bool> NextLines(InputChunk& chunk);
  void GiveLines(size_t size, InputChunk& chunk);
  Result<bool> SkipLongLine(InputChunk& chunk);

  Result<bool> NextValues(InputChunk& chunk);
  void ScanValue();
  void GiveValue(InputChunk& chunk);
  void SkipBetweenValues();

  std::string name_;
  std::unique_ptr<ByteSource> source_;
  const std::atomic<bool>* stop_;
  std::function<void()> when_idle_;
  Format format_ = Format::kUnknown;
  std::optional<Error> error_;  // of a read, until what came before it is given

  std::string buffer_;
  size_t begin_ = 0;  // of the unread bytes in buffer_
  size_t end_ = 0;
  uint64_t offset_ = 0;  // of begin_ in the input

  // Format::kValues
  uint64_t line_number_ = 1;  // of begin_
  bool in_array_ = false;     // between the brackets of the outermost array
  std::optional<Value> value_;
};

}  // namespace eqlc
