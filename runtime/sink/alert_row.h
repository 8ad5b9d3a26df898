// AlertRow: an alert in a few words, for the formats that people read.
//
// Tested by tests/unit/runtime/sink/table_sink_test.cpp and csv_sink_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "eqlc/alert.hpp"

namespace eqlc {

// Host, user and process are those of the last event that has them; "" if none has.
struct AlertRow {
  std::string time;  // of the last event; "" if it has none
  std::string severity;
  std::string risk_score;
  std::string rule_id;
  std::string rule_name;
  std::string kind;  // event, sequence or sample
  std::string host;
  std::string user;
  std::string process;
  size_t events = 0;  // without the places of missing events
};

AlertRow SummarizeAlert(const Alert& alert);

}  // namespace eqlc
