// Diagnostics for people.
//
//     rules/a.toml:12:9: error[E0201]: no function is named `lenght`
//      12 | process where lenght(process.name) > 3
//         |               ^^^^^^
//         = hint: did you mean `length`?
//
// Lines come in file order, those of other files last. A line wider than a terminal is cut to a window around the
// mark; a line that several marks share is then shown once per mark.
// Tested by tests/unit/compiler/diag/render_text_test.cpp.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "compiler/diag/display_line.h"
#include "eqlc/diagnostic.hpp"

namespace eqlc {
namespace {

constexpr uint32_t kMaxWidth = 160;  // terminal columns of one source line
constexpr uint32_t kLeadWidth = 60;  // of these, left of the mark
constexpr char kEllipsis[] = "\u2026";

struct Mark {
  const SourceRange& range;
  const std::string& text;
  bool primary;
};

struct Palette {
  const char* severity = "";
  const char* label = "";
  const char* bold = "";
  const char* frame = "";
  const char* reset = "";
};

const char* SeverityColor(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "\x1b[1;31m";
    case Severity::kWarning:
      return "\x1b[1;33m";
    case Severity::kNote:
      return "\x1b[1;36m";
  }
  return "";
}

Palette MakePalette(Severity severity, bool color) {
  if (!color) return {};
  return {SeverityColor(severity), "\x1b[1;34m", "\x1b[1m", "\x1b[34m", "\x1b[0m"};
}

std::string Position(const SourceRange& range) {
  const std::string file = MakeVisible(range.file);
  return range.line == 0 ? file : fmt::format("{}:{}:{}", file, range.line, range.column);
}

// A run of units of one line that fits the terminal.
struct Window {
  uint32_t first, last;
};

Window ChooseWindow(const DisplayLine& line, uint32_t unit) {
  if (line.width() <= kMaxWidth) return {0, line.units()};
  const uint32_t column = line.Column(unit);
  const uint32_t wanted = column > kLeadWidth ? column - kLeadWidth : 0;
  const uint32_t first = line.UnitAt(std::min(wanted, line.width() - kMaxWidth));
  uint32_t last = std::max(line.UnitAt(line.Column(first) + kMaxWidth), first);
  if (line.Column(last) - line.Column(first) > kMaxWidth && last > first + 1) --last;
  return {first, last};
}

class TextRenderer {
 public:
  TextRenderer(const Diagnostic& diagnostic, bool color)
      : diagnostic_(diagnostic), palette_(MakePalette(diagnostic.severity, color)) {}

  std::string Render() {
    Header();
    const std::vector<Mark> marks = Marks();
    for (const Mark& mark : marks) gutter_ = std::max(gutter_, std::to_string(mark.range.line).size());
    for (auto mark = marks.begin(); mark != marks.end();) {
      const auto next = std::find_if(mark, marks.end(), [&](const Mark& other) { return !SameLine(*mark, other); });
      Line(std::vector<Mark>(mark, next));
      mark = next;
    }
    for (const DiagnosticLabel& label : diagnostic_.labels) {
      if (!IsShown(label.range)) Remark("note", UnshownLabel(label));
    }
    for (const std::string& hint : diagnostic_.hints) Remark("hint", hint);
    return std::move(out_);
  }

 private:
  static bool SameLine(const Mark& a, const Mark& b) {
    return a.range.file == b.range.file && a.range.line == b.range.line;
  }

  // Not without a position, nor beyond the part of an overlong line that was kept.
  static bool IsShown(const SourceRange& range) {
    return range.line > 0 && range.column > 0 && range.column - 1 <= DisplayLine(range.line_text).units();
  }

  static std::string UnshownLabel(const DiagnosticLabel& label) {
    const std::string position = Position(label.range);
    return position.empty() ? label.text : label.text + " (" + position + ")";
  }

  void Header() {
    const std::string position = Position(diagnostic_.range);
    if (!position.empty()) Add("{}{}:{} ", palette_.bold, position, palette_.reset);
    Add("{}{}", palette_.severity, NameOf(diagnostic_.severity));
    if (!diagnostic_.code.empty()) Add("[{}]", diagnostic_.code);
    Add(":{} {}{}{}\n", palette_.reset, palette_.bold, MakeVisible(diagnostic_.message), palette_.reset);
  }

  std::vector<Mark> Marks() const {
    static const std::string kNoText;
    std::vector<Mark> marks;
    if (IsShown(diagnostic_.range)) marks.push_back({diagnostic_.range, kNoText, true});
    for (const DiagnosticLabel& label : diagnostic_.labels) {
      if (IsShown(label.range)) marks.push_back({label.range, label.text, false});
    }
    std::vector<size_t> order(marks.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto key = [&](size_t i) {
      const Mark& mark = marks[i];
      const bool elsewhere = mark.range.file != diagnostic_.range.file;
      return std::tuple(elsewhere, std::string_view(mark.range.file), mark.range.line, !mark.primary, mark.range.column,
                        i);
    };
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return key(a) < key(b); });
    std::vector<Mark> sorted;
    for (const size_t i : order) sorted.push_back(marks[i]);
    return sorted;
  }

  // One source line with the marks on it.
  void Line(const std::vector<Mark>& marks) {
    const SourceRange& range = marks.front().range;
    Separator(range);
    const DisplayLine line(range.line_text);
    const bool whole = line.width() <= kMaxWidth;
    for (const Mark& mark : marks) {
      const Window window = ChooseWindow(line, mark.range.column - 1);
      if (!whole || &mark == &marks.front()) Source(range.line, line, window);
      Underline(mark, line, window);
    }
  }

  // What tells the reader that the next line does not follow the last one shown.
  void Separator(const SourceRange& range) {
    if (range.file != shown_file_.value_or(diagnostic_.range.file)) {
      Add("{}{:>{}} ::: {}{}\n", palette_.frame, "", gutter_, palette_.reset, Position(range));
    } else if (shown_line_ != 0 && range.line > shown_line_ + 1) {
      Add("{}{:>{}} ...{}\n", palette_.frame, "", gutter_, palette_.reset);
    }
    shown_file_ = range.file;
    shown_line_ = range.line;
  }

  void Source(uint32_t number, const DisplayLine& line, Window window) {
    Add("{} {:>{}} |{}", palette_.frame, number, gutter_, palette_.reset);
    const std::string_view text = line.Text(window.first, window.last);
    const bool cut_left = window.first > 0, cut_right = window.last < line.units();
    if (cut_left || cut_right || !text.empty()) {
      Add(" {}{}{}", cut_left ? kEllipsis : "", text, cut_right ? kEllipsis : "");
    }
    out_ += '\n';
  }

  void Underline(const Mark& mark, const DisplayLine& line, Window window) {
    const uint32_t begin = std::clamp(mark.range.column - 1, window.first, window.last);
    const uint32_t length = std::min(mark.range.length, window.last - begin);
    const uint32_t width = std::max(line.Column(begin + length) - line.Column(begin), 1u);
    const uint32_t indent = line.Column(begin) - line.Column(window.first) + (window.first > 0 ? 1 : 0);
    Add("{} {:>{}} |{} {:>{}}", palette_.frame, "", gutter_, palette_.reset, "", indent);
    Add("{}{}", mark.primary ? palette_.severity : palette_.label, std::string(width, mark.primary ? '^' : '-'));
    if (!mark.text.empty()) Add(" {}", MakeVisible(mark.text));
    Add("{}\n", palette_.reset);
  }

  void Remark(std::string_view kind, const std::string& text) {
    Add(" {:>{}} {}={} {}{}:{} {}\n", "", gutter_, palette_.frame, palette_.reset, palette_.bold, kind, palette_.reset,
        MakeVisible(text));
  }

  template <typename... Args>
  void Add(fmt::format_string<Args...> format, Args&&... args) {
    out_ += fmt::format(format, std::forward<Args>(args)...);  // format_to would put all of fmt into this file
  }

  const Diagnostic& diagnostic_;
  const Palette palette_;
  size_t gutter_ = 1;  // digits of the largest line number
  std::optional<std::string> shown_file_;
  uint32_t shown_line_ = 0;
  std::string out_;
};

}  // namespace

std::string RenderText(const Diagnostic& diagnostic, bool color) { return TextRenderer(diagnostic, color).Render(); }

}  // namespace eqlc
