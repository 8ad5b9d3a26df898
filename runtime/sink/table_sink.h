// TableSink: one line an alert, in columns of fixed width, so that it can be written as alerts come.
//
// What does not fit is cut and ends with an ellipsis; control characters (an event may try to drive the terminal) are
// shown as U+FFFD. Width counts code points.
//
// Tested by tests/unit/runtime/sink/table_sink_test.cpp.
#pragma once

#include <array>
#include <cstdint>

#include "runtime/sink/sink.h"

namespace eqlc {

inline constexpr size_t kTableColumns = 6;  // time, severity, rule, host, user, process
using TableWidths = std::array<size_t, kTableColumns>;

class TableSink final : public FileSink {
 public:
  // A width below 80 counts as 80.
  TableSink(int fd, uint32_t width);

  std::unique_ptr<const AlertRenderer> MakeRenderer(std::span<const RuleInfo> rules) const override;

 protected:
  std::string Header() override;

 private:
  TableWidths widths_;
};

}  // namespace eqlc
