// Keeps alerts as text, so that the answers of two engines can be compared.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "eqlc/alert.hpp"

namespace eqlc::testing {

// One string an alert: the rule, the join keys, and each event on a line of its own (`missing` for the place of one).
class RecordingSink : public AlertSink {
 public:
  Status Write(const Alert& alert) override {
    std::string text(alert.rule.id);
    for (const std::string& key : alert.join_keys) text += " key " + key;
    for (std::string_view event : alert.events) {
      text += "\n  ";
      text += event.empty() ? "missing" : event;
    }
    alerts.push_back(std::move(text));
    return {};
  }

  std::vector<std::string> alerts;
};

}  // namespace eqlc::testing
