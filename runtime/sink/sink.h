// Sinks that write alerts to a file, pipe or terminal, in one of four formats.
//
// Tested by tests/unit/runtime/sink/.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string_view>

#include "eqlc/alert.hpp"
#include "runtime/sink/record_writer.h"

namespace eqlc {

enum class SinkFormat : uint8_t {
  kNdjson,  // every alert document (docs/semantics.md section 8) on a line
  kJson,    // the same documents as one array
  kTable,   // one line an alert, in columns, for a terminal
  kCsv,     // one record an alert, RFC 4180
};

// "ndjson", "json", "table", "csv"; nothing for anything else.
std::optional<SinkFormat> ParseSinkFormat(std::string_view name);

// A sink on a file descriptor: writes the texts that its renderer makes. An alert's documents go out in one write; see
// record_writer.h for what happens when a write fails.
// Thread-safety: none. Does not own the descriptor.
class FileSink : public AlertSink {
 public:
  explicit FileSink(int fd) : writer_(fd) {}

  Status Write(const Alert& alert) final;
  Status Flush() final { return writer_.Flush(); }

  // Writes what the format needs at the end (and at the start, if there was no alert), then flushes. Call it once,
  // after the last alert. The file is incomplete without it.
  Status Close();

 protected:
  // Before the first record.
  virtual std::string Header() { return {}; }
  // What to write of an alert's text; `first` if no alert has been written yet.
  virtual std::string_view Record(std::string_view text, bool first);
  virtual std::string Footer(bool any_alert);

 private:
  Status WriteHeader();

  RecordWriter writer_;
  bool header_written_ = false;
  size_t alerts_ = 0;
};

struct SinkOptions {
  uint32_t table_width = 120;  // columns of the terminal
};

// `file` is used through its descriptor and must outlive the sink; do not write to it by other means meanwhile.
std::unique_ptr<FileSink> MakeSink(SinkFormat format, std::FILE* file, const SinkOptions& options = {});

}  // namespace eqlc
