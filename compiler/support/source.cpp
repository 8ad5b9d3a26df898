// Line tables and piecewise offset maps. Tested by tests/unit/compiler/support/source_test.cpp.
#include "compiler/support/source.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "compiler/support/utf8.h"
#include "eqlc/limits.hpp"
#include "runtime/value/utf8.h"

namespace eqlc {
namespace {

// Behind the code point, or the bad byte, at `pos`: what a column counts.
uint32_t NextUnit(std::string_view text, uint32_t pos) { return pos + utf8::DecodeFirst(text.substr(pos)).size; }

}  // namespace

SourceFile::SourceFile(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) {
  assert(text_.size() < UINT32_MAX);
  line_starts_.push_back(0);
  for (size_t pos = text_.find('\n'); pos != std::string::npos; pos = text_.find('\n', pos + 1)) {
    line_starts_.push_back(static_cast<uint32_t>(pos + 1));
  }
}

SourceRange SourceFile::Locate(uint32_t begin, uint32_t end) const {
  const auto size = static_cast<uint32_t>(text_.size());
  begin = std::min(begin, size);
  const auto next_line = std::upper_bound(line_starts_.begin(), line_starts_.end(), begin);
  const uint32_t line_begin = *(next_line - 1);
  uint32_t line_end = next_line == line_starts_.end() ? size : *next_line - 1;
  if (line_end > line_begin && text_[line_end - 1] == '\r') --line_end;
  begin = std::min(begin, line_end);
  end = std::clamp(end, begin, line_end);

  // Walking the units of the line widens a range that begins or ends inside a code point to all of it.
  SourceRange range;
  range.file = name_;
  range.line = static_cast<uint32_t>(next_line - line_starts_.begin());
  range.column = 1;
  const std::string_view line = std::string_view(text_).substr(line_begin, line_end - line_begin);
  range.line_text = CutUtf8(line, limits::kMaxLineTextBytes);
  uint32_t pos = line_begin;
  for (uint32_t next; pos < line_end && (next = NextUnit(text_, pos)) <= begin; pos = next) ++range.column;
  uint32_t length = 0;
  for (; pos < end; pos = NextUnit(text_, pos)) ++length;
  range.length = std::max(length, 1u);
  return range;
}

uint32_t SourceFile::Offset(uint32_t line, uint32_t column) const {
  if (line == 0) return 0;
  if (line > line_starts_.size()) return static_cast<uint32_t>(text_.size());
  uint32_t pos = line_starts_[line - 1];
  const uint32_t end = line == line_starts_.size() ? static_cast<uint32_t>(text_.size()) : line_starts_[line] - 1;
  for (uint32_t passed = 1; passed < column && pos < end; ++passed) pos = NextUnit(text_, pos);
  return pos;
}

SourceMap::SourceMap(std::shared_ptr<const SourceFile> file, std::vector<Run> runs)
    : file_(std::move(file)), runs_(std::move(runs)) {
  assert(file_ && !runs_.empty() && runs_.front().query == 0);
  assert(std::is_sorted(runs_.begin(), runs_.end(), [](Run a, Run b) { return a.query < b.query; }));
}

SourceMap::SourceMap(std::shared_ptr<const SourceFile> file) : SourceMap(std::move(file), {{0, 0}}) {}

SourceRange SourceMap::Locate(Span span) const {
  const uint32_t begin = ToFile(span.begin);
  if (span.end <= span.begin) return file_->Locate(begin, begin);
  return file_->Locate(begin, EndToFile(span.end));
}

uint32_t SourceMap::ToFile(uint32_t query_offset) const {
  const auto after = std::upper_bound(runs_.begin(), runs_.end(), query_offset,
                                      [](uint32_t offset, Run run) { return offset < run.query; });
  return (after - 1)->file + (query_offset - (after - 1)->query);
}

uint32_t SourceMap::EndToFile(uint32_t query_end) const {
  const auto run =
      std::lower_bound(runs_.begin(), runs_.end(), query_end, [](Run r, uint32_t offset) { return r.query < offset; });
  return run != runs_.end() && run->query == query_end ? run->file : ToFile(query_end);
}

}  // namespace eqlc
