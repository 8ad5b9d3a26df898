// Source text of one query and the way back from it to the rule file: spans are byte offsets into the query, a
// SourceMap turns them into file positions.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "eqlc/diagnostic.hpp"

namespace eqlc {

// Half-open range of byte offsets into a query text.
struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;

  bool operator==(const Span&) const = default;
  static Span Join(Span a, Span b) { return {a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end}; }
};

// A file's text with its line starts. Immutable.
class SourceFile {
 public:
  SourceFile(std::string name, std::string text);

  const std::string& name() const { return name_; }
  const std::string& text() const { return text_; }

  // The range [begin, end) of byte offsets as lines and columns; clamped to the file and to the end of its first line.
  SourceRange Locate(uint32_t begin, uint32_t end) const;
  // Byte offset of a 1-based line and column (in code points, as Locate counts them), clamped.
  uint32_t Offset(uint32_t line, uint32_t column) const;

 private:
  std::string name_;
  std::string text_;
  std::vector<uint32_t> line_starts_;
};

// Where each byte of a query stands in its file. Escapes in TOML strings make the mapping piecewise: the run that
// begins at query offset `query` stands at file offset `file`.
class SourceMap {
 public:
  struct Run {
    uint32_t query;
    uint32_t file;
  };

  // `runs` is sorted by `query` and begins at 0. Where file text gives no query text (a line-ending backslash), two
  // runs have the same `query`: a span that ends there takes the first, one that begins there the last.
  SourceMap(std::shared_ptr<const SourceFile> file, std::vector<Run> runs);
  // The query is the whole file.
  explicit SourceMap(std::shared_ptr<const SourceFile> file);

  SourceRange Locate(Span span) const;
  const SourceFile& file() const { return *file_; }

 private:
  uint32_t ToFile(uint32_t query_offset) const;
  uint32_t EndToFile(uint32_t query_end) const;

  std::shared_ptr<const SourceFile> file_;
  std::vector<Run> runs_;
};

}  // namespace eqlc
