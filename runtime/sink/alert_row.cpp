#include "runtime/sink/alert_row.h"

#include "runtime/value/json_text.h"
#include "runtime/value/timestamp.h"

namespace eqlc {
namespace {

// The first of `paths` that an event has, looked for from the last event backwards.
std::string LastText(const Alert& alert, std::initializer_list<std::string_view> paths) {
  for (size_t i = alert.events.size(); i-- > 0;) {
    const json::Members event(json::SourceOf(alert.events[i]));
    for (std::string_view path : paths) {
      std::string text = json::JoinedText(event, path);
      if (!text.empty()) return text;
    }
  }
  return {};
}

}  // namespace

AlertRow SummarizeAlert(const Alert& alert) {
  AlertRow row;
  if (alert.timestamp_ns != 0) row.time = FormatTimestamp(alert.timestamp_ns);
  row.severity = alert.rule.severity;
  row.risk_score = std::to_string(alert.rule.risk_score);
  row.rule_id = alert.rule.id;
  row.rule_name = alert.rule.name;
  row.kind = NameOf(alert.rule.kind);
  row.host = LastText(alert, {"host.name", "host.hostname", "host.id"});
  row.user = LastText(alert, {"user.name", "user.id"});
  row.process = LastText(alert, {"process.name", "process.executable"});
  for (std::string_view event : alert.events) row.events += event.empty() ? 0 : 1;
  return row;
}

}  // namespace eqlc
