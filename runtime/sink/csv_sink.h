// CsvSink: one record an alert, as RFC 4180 has it: CRLF, quotes where needed, a header line.
//
// Tested by tests/unit/runtime/sink/csv_sink_test.cpp.
#pragma once

#include "runtime/sink/sink.h"

namespace eqlc {

class CsvSink final : public FileSink {
 public:
  using FileSink::FileSink;

 protected:
  std::string Header() override;
  std::string Record(const Alert& alert, bool first) override;
};

}  // namespace eqlc
