#include "runtime/sink/csv_sink.h"

#include "runtime/sink/alert_row.h"
#include "runtime/value/utf8.h"

namespace eqlc {
namespace {

void AppendField(std::string& line, std::string_view text) {
  if (!line.empty()) line += ',';
  std::string storage;
  text = utf8::ReplaceInvalid(text, storage);
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    line += text;
    return;
  }
  line += '"';
  for (char c : text) {
    if (c == '"') line += '"';
    line += c;
  }
  line += '"';
}

class Records final : public AlertRenderer {
 public:
  void Render(const Alert& alert, std::string& out) const override {
    const AlertRow row = SummarizeAlert(alert);
    std::string line;
    // The kind is never empty, so AppendField knows the first field.
    for (std::string_view field :
         {std::string_view(row.kind), std::string_view(row.time), std::string_view(row.severity),
          std::string_view(row.risk_score), std::string_view(row.rule_id), std::string_view(row.rule_name),
          std::string_view(row.host), std::string_view(row.user), std::string_view(row.process)}) {
      AppendField(line, field);
    }
    AppendField(line, std::to_string(row.events));
    out += line;
    out += "\r\n";
  }
};

}  // namespace

std::unique_ptr<const AlertRenderer> CsvSink::MakeRenderer(std::span<const RuleInfo>) const {
  return std::make_unique<Records>();
}

std::string CsvSink::Header() { return "kind,time,severity,risk_score,rule_id,rule_name,host,user,process,events\r\n"; }

}  // namespace eqlc
