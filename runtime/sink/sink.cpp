#include "runtime/sink/sink.h"

#include "runtime/sink/csv_sink.h"
#include "runtime/sink/json_sink.h"
#include "runtime/sink/ndjson_sink.h"
#include "runtime/sink/table_sink.h"

namespace eqlc {

std::optional<SinkFormat> ParseSinkFormat(std::string_view name) {
  if (name == "ndjson") return SinkFormat::kNdjson;
  if (name == "json") return SinkFormat::kJson;
  if (name == "table") return SinkFormat::kTable;
  if (name == "csv") return SinkFormat::kCsv;
  return std::nullopt;
}

std::string_view FileSink::Record(std::string_view text, bool) { return text; }

std::string FileSink::Footer(bool) { return {}; }

// Header and first record are separate records, so that a header that could not be written is tried again.
Status FileSink::WriteHeader() {
  if (header_written_) return {};
  const std::string header = Header();
  if (!header.empty()) {
    if (Status status = writer_.Append(header); !status) return status;
  }
  header_written_ = true;
  return {};
}

Status FileSink::Write(const Alert& alert) {
  if (Status status = WriteHeader(); !status) return status;
  const size_t before = writer_.records();
  Status status = writer_.Append(Record(alert.text, alerts_ == 0));
  alerts_ += writer_.records() - before;
  return status;
}

Status FileSink::Close() {
  if (Status status = WriteHeader(); !status) return status;
  const std::string footer = Footer(alerts_ != 0);
  if (!footer.empty()) {
    if (Status status = writer_.Append(footer); !status) return status;
  }
  return writer_.Flush();
}

std::unique_ptr<FileSink> MakeSink(SinkFormat format, std::FILE* file, const SinkOptions& options) {
  std::fflush(file);
  const int fd = fileno(file);
  switch (format) {
    case SinkFormat::kNdjson:
      return std::make_unique<NdjsonSink>(fd);
    case SinkFormat::kJson:
      return std::make_unique<JsonSink>(fd);
    case SinkFormat::kTable:
      return std::make_unique<TableSink>(fd, options.table_width);
    case SinkFormat::kCsv:
      return std::make_unique<CsvSink>(fd);
  }
  return nullptr;
}

}  // namespace eqlc
