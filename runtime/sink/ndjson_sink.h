// NdjsonSink: every alert document on a line, ready for Elasticsearch or jq.
#pragma once

#include "runtime/sink/sink.h"

namespace eqlc {

class NdjsonSink final : public FileSink {
 public:
  using FileSink::FileSink;

  std::unique_ptr<const AlertRenderer> MakeRenderer(std::span<const RuleInfo> rules) const override;
};

}  // namespace eqlc
