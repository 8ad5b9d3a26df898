// JsonSink: all alert documents as one JSON array, a document a line.
#pragma once

#include "runtime/alert/alert_document.h"
#include "runtime/sink/sink.h"

namespace eqlc {

class JsonSink final : public FileSink {
 public:
  using FileSink::FileSink;

 protected:
  std::string Header() override { return "["; }
  std::string Record(const Alert& alert, bool first) override;
  std::string Footer(bool any_alert) override { return any_alert ? "\n]\n" : "]\n"; }

 private:
  AlertDocumentBuilder builder_;
};

}  // namespace eqlc
