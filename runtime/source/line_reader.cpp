// Tested by tests/unit/runtime/source/line_reader_test.cpp.
#include "runtime/source/line_reader.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "eqlc/limits.hpp"
#include "runtime/source/value_scanner.h"

namespace eqlc {
namespace {

constexpr size_t kChunk = 256 << 10;            // fits the second-level cache together with what decoding touches
constexpr size_t kMaxBlanksToDetect = 4 << 10;  // behind a first `{`
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool IsBlank(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return IsBlank(c); });
}

bool IsUtf16(std::string_view start) { return start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF"); }

}  // namespace

LineReader::LineReader(std::string name, std::unique_ptr<ByteSource> source, const std::atomic<bool>* stop)
    : name_(std::move(name)), source_(std::move(source)), stop_(stop), buffer_(kChunk) {}

Result<LineReader> LineReader::Open(const std::string& path, const std::atomic<bool>* stop) {
  auto source = OpenByteSource(path, stop);
  if (!source) return source.error();
  return LineReader(path == "-" ? "standard input" : path, std::move(*source), stop);
}

Result<bool> LineReader::Next(InputLine& line) {
  line = {};
  if (format_ == Format::kUnknown) {
    if (Status status = DetectFormat(); !status) return status.error();
  }
  return format_ == Format::kValues ? NextValue(line) : NextLine(line);
}

Result<bool> LineReader::Fill() {
  if (Stopped()) return false;
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, unread());
    end_ = unread();
    begin_ = 0;
  }
  if (buffer_.size() - end_ < kChunk / 2) buffer_.resize(2 * buffer_.size());
  const auto n = source_->Read(buffer_.data() + end_, buffer_.size() - end_);
  if (!n) return n.error();
  end_ += *n;
  return *n > 0;
}

void LineReader::Consume(size_t size) {
  begin_ += size;
  offset_ += size;
}

Status LineReader::DetectFormat() {
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

Result<bool> LineReader::NextLine(InputLine& line) {
  bool ended = false;
  size_t searched = 0;
  while (true) {
    const std::string_view rest = unread_text();
    const size_t newline = rest.find('\n', searched);
    const bool found = newline != std::string_view::npos;
    if (!found && !ended && rest.size() <= limits::kMaxEventBytes + 1) {  // one more for `\r`
      searched = rest.size();
      const auto filled = Fill();
      if (!filled) return filled.error();
      ended = !*filled;
      continue;
    }
    if (rest.empty() || Stopped()) return false;
    std::string_view text = rest.substr(0, newline);
    if (text.ends_with('\r')) text.remove_suffix(1);
    line = {text, line_number_, offset_, false};
    if (text.size() > limits::kMaxEventBytes) return SkipLongLine(line);
    Consume(found ? newline + 1 : rest.size());
    line_number_ += found ? 1 : 0;
    if (!IsBlank(text)) return true;
    searched = 0;
  }
}

// Reads on to the end of a line that is too long.
Result<bool> LineReader::SkipLongLine(InputLine& line) {
  line.text = {};
  line.too_long = true;
  while (true) {
    const size_t newline = unread_text().find('\n');
    if (newline != std::string_view::npos) {
      Consume(newline + 1);
      ++line_number_;
      return true;
    }
    Consume(unread());
    const auto filled = Fill();
    if (!filled) return filled.error();
    if (!*filled) return !Stopped();
  }
}

// --- values ---

Result<bool> LineReader::NextValue(InputLine& line) {
  const auto there = SkipToValue();
  if (!there || !*there) return there;
  line = {{}, line_number_, offset_, false};
  ValueScanner scanner;
  size_t size = 0;
  while (true) {
    size += scanner.Feed(buffer_.data() + begin_ + size, unread() - size);
    if (scanner.done()) break;
    if (size > limits::kMaxEventBytes) {
      line.too_long = true;
      Consume(std::exchange(size, 0));
    }
    const auto filled = Fill();
    if (!filled) return filled.error();
    if (!*filled && Stopped()) return false;
    if (!*filled) break;  // cut off; the decoder will say so
  }
  line.too_long |= size > limits::kMaxEventBytes;
  if (!line.too_long) line.text = unread_text().substr(0, size);
  Consume(size);
  line_number_ += scanner.newlines();
  return true;
}

// False at the end of the input.
Result<bool> LineReader::SkipToValue() {
  while (true) {
    SkipBetweenValues();
    if (unread() > 0) return !Stopped();
    const auto filled = Fill();
    if (!filled || !*filled) return filled;
  }
}

// Blanks, commas, and the brackets of an array that stands at the top.
void LineReader::SkipBetweenValues() {
  for (; unread() > 0; Consume(1)) {
    const char c = buffer_[begin_];
    const bool bracket = c == (in_array_ ? ']' : '[');
    if (!bracket && !IsBlank(c) && c != ',') return;
    in_array_ ^= bracket;
    line_number_ += c == '\n' ? 1 : 0;
  }
}

}  // namespace eqlc
