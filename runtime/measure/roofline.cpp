#include "runtime/measure/roofline.h"

#include "runtime/measure/rounds.h"

namespace eqlc {

Roofline MeasureRoofline(const std::shared_ptr<const Program>& program, const EventLines& events, int rounds) {
  Stages stages(program, events);
  const std::vector<Step> steps = {
      {"newline scan", [&] { stages.ScanNewlines(); }},
      {"structural scan", [&] { stages.ScanStructure(); }},
      {"reference walk", [&] { stages.WalkReference(); }},
      {"decode", [&] { stages.Decode(); }},
      {"decode + match", [&] { stages.Match(); }},
      {"the same, index off", [&] { stages.MatchWithoutIndex(); }},
      {"whole run", [&] { stages.Run(); }},
  };
  const std::vector<Timing> timings = MeasureRounds(steps, rounds);
  Roofline result;
  result.events = events.size();
  result.bytes = events.text().size();
  const auto count = static_cast<double>(events.size());
  for (size_t i = 0; i < steps.size(); ++i) {
    result.steps.push_back({steps[i].name, timings[i].best() / count, timings[i].median() / count});
  }
  result.match = stages.CountMatching();
  result.alerts = stages.alerts();
  return result;
}

}  // namespace eqlc
