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

class TableSink final : public FileSink {
 public:
  // A width below 80 counts as 80.
  TableSink(int fd, uint32_t width);

 protected:
  std::string Header() override;
  std::string Record(const Alert& alert, bool first) override;

 private:
  static constexpr size_t kColumns = 6;  // time, severity, rule, host, user, process

  std::string Line(const std::array<std::string_view, kColumns>& cells) const;

  std::array<size_t, kColumns> widths_;
};

}  // namespace eqlc
