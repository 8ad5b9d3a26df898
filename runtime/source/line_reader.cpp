// Tested by tests/unit/runtime/source/line_reader_test.cpp.
#include "runtime/source/line_reader.h"

namespace eqlc {

Result<LineReader> LineReader::Open(const std::string& path, const std::atomic<bool>* stop) {
  auto reader = ChunkReader::Open(path, stop);
  if (!reader) return reader.error();
  return LineReader(std::move(*reader), stop);
}

Result<bool> LineReader::Next(InputLine& line) {
  line = {};
  while (stop_ == nullptr || !stop_->load(std::memory_order_relaxed)) {
    if (lines_.Next(line.text)) {
      const InputChunk::Place place = PlaceOf(lines_);
      line.number = place.number;
      line.offset = place.offset;
      return true;
    }
    newlines_before_ += lines_.newlines();
    lines_ = LineSplitter({});
    const Result<bool> more = reader_.Next(chunk_);
    if (!more || !*more) return more;
    if (chunk_.too_long) {
      const bool placed = !chunk_.places.empty();
      line = {{}, placed ? chunk_.places[0].number : ++newlines_before_, chunk_.offset, true};
      if (placed) line.offset = chunk_.places[0].offset;
      return true;
    }
    lines_ = LineSplitter(chunk_.lines);
  }
  return false;
}

InputChunk::Place LineReader::PlaceOf(const LineSplitter& lines) const {
  if (!chunk_.places.empty()) return chunk_.places[lines.number() - 1];
  return {newlines_before_ + lines.number(), chunk_.offset + lines.offset()};
}

}  // namespace eqlc
