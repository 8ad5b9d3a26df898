#include "runtime/measure/event_lines.h"

#include "runtime/source/expand_paths.h"
#include "runtime/source/line_reader.h"

namespace eqlc {

Result<EventLines> EventLines::Load(const std::vector<std::string>& paths, size_t max_events) {
  const InputFiles found = ExpandInputPaths(paths);
  if (!found.errors.empty()) return found.errors.front();
  EventLines events;
  for (const std::string& file : found.files) {
    Result<LineReader> reader = LineReader::Open(file);
    if (!reader) return reader.error();
    InputLine line;
    while (events.lines_.size() < max_events) {
      const Result<bool> more = reader->Next(line);
      if (!more) return more.error();
      if (!*more) break;
      if (line.too_long) continue;
      events.Append(line.text);
    }
  }
  return events;
}

void EventLines::Append(std::string_view event) {
  text_.resize(text_.size() - kPadding);
  lines_.emplace_back(text_.size(), event.size());
  text_ += event;
  text_ += '\n';
  text_.append(kPadding, ' ');
}

}  // namespace eqlc
