#include "runtime/measure/event_lines.h"

#include "runtime/source/line_reader.h"

namespace eqlc {

Result<EventLines> EventLines::Load(const std::vector<std::string>& paths, size_t max_events) {
  const Result<std::vector<std::string>> files = ExpandInputPaths(paths);
  if (!files) return files.error();
  EventLines events;
  for (const std::string& file : *files) {
    Result<LineReader> reader = LineReader::Open(file);
    if (!reader) return reader.error();
    InputLine line;
    while (events.lines_.size() < max_events) {
      const Result<bool> more = reader->Next(line);
      if (!more) return more.error();
      if (!*more) break;
      if (line.too_long) continue;
      events.lines_.emplace_back(events.text_.size(), line.text.size());
      events.text_ += line.text;
      events.text_ += '\n';
    }
  }
  events.text_.append(kPadding, ' ');
  return events;
}

}  // namespace eqlc
