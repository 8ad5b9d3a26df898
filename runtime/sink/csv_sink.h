// CsvSink: one record an alert, as RFC 4180 has it: CRLF, quotes where needed, a header line.
//
// Tested by tests/unit/runtime/sink/csv_sink_test.cpp.
#pragma once

#include "runtime/sink/sink.h"

namespace eqlc {

class CsvSink final : public FileSink {
 public:
  using FileSink::FileSink;

  std::unique_ptr<const AlertRenderer> MakeRenderer(std::span<const RuleInfo> rules) const override;

 protected:
  std::string Header() override;
};

}  // namespace eqlc
