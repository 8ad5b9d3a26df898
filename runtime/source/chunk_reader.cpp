// Tested by tests/unit/runtime/source/chunk_reader_test.cpp and line_reader_test.cpp.
#include "runtime/source/chunk_reader.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "eqlc/limits.hpp"

namespace eqlc {
namespace {

using limits::kChunkBytes;

constexpr size_t kMaxBufferBytes = limits::kMaxEventBytes + 2;  // the longest line, with `\r\n`
constexpr int kIdleMilliseconds = 100;                          // from one call of `when_idle` to the next
constexpr size_t kMaxBlanksToDetect = 4 << 10;                  // behind a first `{`
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool IsUtf16(std::string_view start) { return start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF"); }

}  // namespace

ChunkReader::ChunkReader(std::string name, std::unique_ptr<ByteSource> source, const std::atomic<bool>* stop,
                         std::function<void()> when_idle)
    : name_(std::move(name)), source_(std::move(source)), stop_(stop), when_idle_(std::move(when_idle)) {}

Result<ChunkReader> ChunkReader::Open(const std::string& path, const std::atomic<bool>* stop,
                                      std::function<void()> when_idle) {
  auto source = OpenByteSource(path, stop);
  if (!source) return source.error();
  return ChunkReader(path == "-" ? "standard input" : path, std::move(*source), stop, std::move(when_idle));
}

Result<bool> ChunkReader::Next(InputChunk& chunk) {
  if (chunk.lines.capacity() > 2 * kChunkBytes) chunk.lines = std::string();  // it held a very long line
  chunk.places.clear();
  chunk.too_long = false;
  if (error_) return *error_;
  if (format_ == Format::kUnknown) {
    if (Status status = DetectFormat(); !status) return status.error();
  }
  chunk.offset = offset_;
  const Result<bool> more = format_ == Format::kValues ? NextValues(chunk) : NextLines(chunk);
  chunk.end = offset_;
  return more;
}

Result<bool> ChunkReader::Fill() {
  if (Stopped()) return false;
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, unread());
    end_ = unread();
    begin_ = 0;
  }
  if (end_ == buffer_.size()) {
    buffer_.resize(std::clamp(2 * buffer_.size(), kChunkBytes, kMaxBufferBytes));
  }
  for (int wait = 0; when_idle_ && !source_->IsReady(wait); wait = kIdleMilliseconds) {
    if (Stopped()) return false;
    when_idle_();
  }
  const auto n = source_->Read(buffer_.data() + end_, buffer_.size() - end_);
  if (!n) return n.error();
  end_ += *n;
  return *n > 0;
}

void ChunkReader::Consume(size_t size) {
  begin_ += size;
  offset_ += size;
}

Status ChunkReader::DetectFormat() {
  for (bool more = true; more && unread() < kByteOrderMark.size();) {
    const auto filled = Fill();
    if (!filled) return filled.error();
    more = *filled;
  }
  if (IsUtf16(unread_text())) return Error{"'" + name_ + "' is UTF-16; convert it to UTF-8"};
  if (unread_text().starts_with(kByteOrderMark)) Consume(kByteOrderMark.size());

  format_ = Format::kLines;
  size_t at = 0;
  for (bool brace = false;; ++at) {
    if (at == unread()) {
      if (at > kMaxBlanksToDetect) return {};
      const auto filled = Fill();
      if (!filled) return filled.error();
      if (!*filled) return {};
    }
    const char c = unread_text()[at];
    if (brace && c == '\n') format_ = Format::kValues;
    if (!brace && c == '[') format_ = Format::kValues;
    if (!IsBlank(c) && (brace || c != '{')) return {};
    if (brace && c == '\n') return {};
    brace |= c == '{';
  }
}

// --- lines ---

Result<bool> ChunkReader::NextLines(InputChunk& chunk) {
  size_t whole = 0;  // bytes up to the last newline
  size_t searched = 0;
  while (true) {
    if (Stopped()) return false;
    const size_t newline = unread_text().substr(searched).rfind('\n');
    if (newline != std::string_view::npos) whole = searched + newline + 1;
    searched = unread();
    const bool full = unread() + kChunkBytes / 8 > std::max(buffer_.size(), kChunkBytes);
    if (whole > 0 && (full || !source_->IsReady(0))) break;
    if (whole == 0 && unread() >= kMaxBufferBytes) return SkipLongLine(chunk);
    const auto filled = Fill();
    if (!filled && whole == 0) return filled.error();
    if (!filled) error_ = filled.error();
    if (filled && *filled) continue;
    if (filled && !Stopped()) whole = unread();
    if (whole == 0) return false;
    break;
  }
  // A buffer that one line nearly fills may hold one that is just too long.
  if (unread() > limits::kMaxEventBytes) {
    const size_t first = std::min(unread_text().find('\n'), unread());
    const bool carriage_return = first > 0 && unread_text()[first - 1] == '\r';
    if (first - (carriage_return ? 1 : 0) > limits::kMaxEventBytes) return SkipLongLine(chunk);
  }
  GiveLines(whole, chunk);
  return true;
}

// The buffer itself goes; what is left of it moves to the memory that the chunk brought. That is not cleared before, so
// that little of it is filled with zeros for nothing.
void ChunkReader::GiveLines(size_t size, InputChunk& chunk) {
  const std::string_view left = unread_text().substr(size);
  std::string& next = chunk.lines;
  next.resize(std::max(kChunkBytes, std::min(2 * left.size(), kMaxBufferBytes)));
  std::memcpy(next.data(), left.data(), left.size());
  const size_t left_size = left.size();
  next.swap(buffer_);
  chunk.lines.resize(begin_ + size);
  chunk.lines.erase(0, begin_);
  begin_ = 0;
  end_ = left_size;
  offset_ += size;
}

// Reads on to the end of a line that is too long.
Result<bool> ChunkReader::SkipLongLine(InputChunk& chunk) {
  chunk.lines.clear();
  chunk.too_long = true;
  while (true) {
    const size_t newline = unread_text().find('\n');
    if (newline != std::string_view::npos) {
      Consume(newline + 1);
      return true;
    }
    Consume(unread());
    const auto filled = Fill();
    if (!filled) return filled.error();
    if (!*filled) return !Stopped();
  }
}

// --- values ---

Result<bool> ChunkReader::NextValues(InputChunk& chunk) {
  chunk.lines.clear();
  while (chunk.lines.size() < kChunkBytes) {
    if (Stopped()) return false;
    ScanValue();
    if (value_ && value_->too_long && !chunk.lines.empty()) return true;
    if (value_ && value_->scanner.done()) {
      GiveValue(chunk);
      if (chunk.too_long) return true;
      continue;
    }
    if (!chunk.lines.empty() && !source_->IsReady(0)) return true;
    const auto filled = Fill();
    if (!filled && chunk.lines.empty()) return filled.error();
    if (!filled) error_ = filled.error();
    if (filled && *filled) continue;
    if (filled && value_ && !Stopped()) GiveValue(chunk);  // cut off; the decoder will say so
    return !chunk.lines.empty() || chunk.too_long;
  }
  return true;
}

// Looks for the value's end in what was read, or for the next value and its end.
void ChunkReader::ScanValue() {
  if (!value_) {
    SkipBetweenValues();
    if (unread() == 0) return;
    value_ = Value{{line_number_, offset_}, {}, 0, false};
  }
  if (value_->scanner.done()) return;
  value_->size += value_->scanner.Feed(buffer_.data() + begin_ + value_->size, unread() - value_->size);
  if (value_->size <= limits::kMaxEventBytes) return;
  value_->too_long = true;
  Consume(std::exchange(value_->size, 0));
}

void ChunkReader::GiveValue(InputChunk& chunk) {
  chunk.places.push_back(value_->place);
  if (value_->too_long) {
    chunk.too_long = true;
  } else {
    chunk.lines.append(unread_text().substr(0, value_->size)) += '\n';
  }
  Consume(value_->size);
  line_number_ += value_->scanner.newlines();
  value_.reset();
}

// Blanks, commas, and the brackets of an array that stands at the top.
void ChunkReader::SkipBetweenValues() {
  for (; unread() > 0; Consume(1)) {
    const char c = buffer_[begin_];
    const bool bracket = c == (in_array_ ? ']' : '[');
    if (!bracket && !IsBlank(c) && c != ',') return;
    in_array_ ^= bracket;
    line_number_ += c == '\n' ? 1 : 0;
  }
}

}  // namespace eqlc
