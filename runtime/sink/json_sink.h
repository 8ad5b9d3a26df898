// JsonSink: all alert documents as one JSON array, a document a line.
#pragma once

#include "runtime/sink/sink.h"

namespace eqlc {

class JsonSink final : public FileSink {
 public:
  using FileSink::FileSink;

  std::unique_ptr<const AlertRenderer> MakeRenderer(std::span<const RuleInfo> rules) const override;

 protected:
  std::string Header() override { return "["; }
  std::string_view Record(std::string_view text, bool first) override;
  std::string Footer(bool any_alert) override { return any_alert ? "\n]\n" : "]\n"; }
};

}  // namespace eqlc
