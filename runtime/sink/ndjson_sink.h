// NdjsonSink: every alert document on a line, ready for Elasticsearch or jq.
#pragma once

#include "runtime/alert/alert_document.h"
#include "runtime/sink/sink.h"

namespace eqlc {

class NdjsonSink final : public FileSink {
 public:
  using FileSink::FileSink;

 protected:
  std::string Record(const Alert& alert, bool first) override;

 private:
  AlertDocumentBuilder builder_;
};

}  // namespace eqlc
