#include "runtime/sink/table_sink.h"

#include <algorithm>

#include "runtime/sink/alert_row.h"
#include "runtime/value/utf8.h"

namespace eqlc {
namespace {

constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

bool IsControl(uint32_t code_point) { return code_point < 0x20 || (code_point >= 0x7F && code_point <= 0x9F); }

// Appends `text`, cut or filled up with blanks to `width` code points.
void AppendCell(std::string& line, std::string_view text, size_t width) {
  std::string storage;
  text = utf8::ReplaceInvalid(text, storage);
  size_t used = 0;
  size_t last = line.size();
  for (size_t pos = 0; pos < text.size(); ++used) {
    const utf8::CodePoint point = utf8::DecodeFirst(text.substr(pos));
    if (used == width) {
      line.resize(last);
      line += kEllipsis;
      break;
    }
    last = line.size();
    line += IsControl(point.symbol) ? utf8::kReplacementText : text.substr(pos, point.size);
    pos += point.size;
  }
  line.append(width - std::min(used, width), ' ');
}

std::string Line(const TableWidths& widths, const std::array<std::string_view, kTableColumns>& cells) {
  std::string line;
  for (size_t i = 0; i < kTableColumns; ++i) {
    if (i > 0) line += "  ";
    AppendCell(line, cells[i], widths[i]);
  }
  line.resize(line.find_last_not_of(' ') + 1);
  return line + '\n';
}

class Rows final : public AlertRenderer {
 public:
  explicit Rows(const TableWidths& widths) : widths_(widths) {}

  void Render(const Alert& alert, std::string& out) const override {
    const AlertRow row = SummarizeAlert(alert);
    out += Line(widths_, {row.time, row.severity, row.rule_name, row.host, row.user, row.process});
  }

 private:
  TableWidths widths_;
};

}  // namespace

TableSink::TableSink(int fd, uint32_t width) : FileSink(fd) {
  constexpr size_t kTime = 24;  // 2026-11-22T10:00:00.123Z
  constexpr size_t kSeverity = 8;
  constexpr size_t kGaps = 2 * (kTableColumns - 1);
  const size_t rest = std::max<size_t>(width, 80) - kTime - kSeverity - kGaps;
  // The rule's name gets two fifths, host, user and process a fifth each.
  const size_t fifth = rest / 5;
  widths_ = {kTime, kSeverity, rest - 3 * fifth, fifth, fifth, fifth};
}

std::unique_ptr<const AlertRenderer> TableSink::MakeRenderer(std::span<const RuleInfo>) const {
  return std::make_unique<Rows>(widths_);
}

std::string TableSink::Header() { return Line(widths_, {"TIME", "SEVERITY", "RULE", "HOST", "USER", "PROCESS"}); }

}  // namespace eqlc
