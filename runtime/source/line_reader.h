// LineReader: events out of a file, a pipe or stdin, one at a time.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "eqlc/result.hpp"
#include "runtime/source/chunk_reader.h"
#include "runtime/source/line_splitter.h"

namespace eqlc {

// One event's text and where it was found, in the decompressed input.
struct InputLine {
  std::string_view text;  // valid until the next call of Next; no newline; empty when too_long
  uint64_t number = 0;    // of the line it starts in, from 1
  uint64_t offset = 0;    // of its first byte
  bool too_long = false;  // more than kMaxEventBytes; skipped
};

// Takes the chunks of a ChunkReader, which see, apart. Thread-safety: none.
class LineReader {
 public:
  // As ChunkReader::Open.
  static Result<LineReader> Open(const std::string& path, const std::atomic<bool>* stop = nullptr);

  // False at the end. An Error means the input cannot be read any further.
  Result<bool> Next(InputLine& line);

 private:
  LineReader(ChunkReader reader, const std::atomic<bool>* stop) : reader_(std::move(reader)), stop_(stop) {}

  InputChunk::Place PlaceOf(const LineSplitter& lines) const;

  ChunkReader reader_;
  const std::atomic<bool>* stop_;
  InputChunk chunk_;
  LineSplitter lines_{{}};        // of chunk_
  uint64_t newlines_before_ = 0;  // chunk_
};

}  // namespace eqlc
