#include "runtime/measure/roofline.h"

#include <simdjson.h>
#include <time.h>

#include <algorithm>
#include <cstring>
#include <functional>

#include "eqlc/limits.hpp"
#include "eqlc/session.hpp"
#include "runtime/event/decoder.h"
#include "runtime/event/frame_buffer.h"
#include "runtime/match/condition_matcher.h"
#include "runtime/measure/reference_walk.h"
#include "runtime/program/program.h"

namespace eqlc {
namespace {

class CountingSink : public AlertSink {
 public:
  Status Write(const Alert&) override { return {}; }
};

// What the stages work on.
class Stages {
 public:
  Stages(const std::shared_ptr<const Program>& program, const EventLines& events)
      : program_(program),
        events_(events),
        walk_(program->fields()),
        decoder_(program->impl().paths, program->impl().readings, program->impl().roles),
        frame_(program->impl().paths.size(), program->impl().image.header().leaf_count,
               ElementLayout(program->impl().image.fields(), program->impl().image.scopes())),
        indexed_(program->impl(), Engine::kNative, /*use_index=*/true),
        exhaustive_(program->impl(), Engine::kNative, /*use_index=*/false) {}

  void ScanNewlines() {
    const std::string_view text = events_.text();
    const char* at = text.data();
    const char* const end = at + text.size();
    size_t lines = 0;
    while (at < end) {
      const void* newline = std::memchr(at, '\n', static_cast<size_t>(end - at));
      if (newline == nullptr) break;
      at = static_cast<const char*>(newline) + 1;
      ++lines;
    }
    Keep(lines);
  }

  // simdjson's first stage: UTF-8, strings, and where every token starts.
  void ScanStructure() {
    size_t tokens = 0;
    for (size_t i = 0; i < events_.size(); ++i) {
      const std::string_view line = events_[i];
      if (structure_ == nullptr || structure_->capacity() < line.size()) Reserve(line.size());
      const auto* bytes = reinterpret_cast<const uint8_t*>(line.data());
      if (structure_->stage1(bytes, line.size(), simdjson::stage1_mode::regular) == simdjson::SUCCESS) {
        tokens += structure_->n_structural_indexes;
      }
    }
    Keep(tokens);
  }

  void WalkReference() {
    uint64_t values = 0;
    for (size_t i = 0; i < events_.size(); ++i) values += walk_.Walk(events_[i]);
    Keep(values);
  }

  void Decode() {
    size_t decoded = 0;
    for (size_t i = 0; i < events_.size(); ++i) decoded += decoder_.Decode(events_[i], frame_).ok();
    Keep(decoded);
  }

  void Match() { Keep(MatchAll(indexed_)); }
  void MatchWithoutIndex() { Keep(MatchAll(exhaustive_)); }

  void Run() {
    CountingSink sink;
    Session session(program_, sink, {});
    for (size_t i = 0; i < events_.size(); ++i) Keep(session.Push(events_[i]).ok());
    Keep(session.Finish().ok());
    alerts_ = session.stats().alerts;
  }

  // The figures that are the same every time.
  void Count(Roofline& result) {
    ConditionMatcher matcher(program_->impl(), Engine::kInterpreter, /*use_index=*/true);
    for (size_t i = 0; i < events_.size(); ++i) {
      if (!decoder_.Decode(events_[i], frame_)) continue;
      const abi::EventFrame& frame = frame_.frame();
      result.matched += matcher.Match(frame).size();
      for (uint32_t leaf = 0; leaf < program_->impl().image.header().leaf_count; ++leaf) {
        result.leaves += frame.memo[leaf] >> 1 == frame.epoch;
      }
    }
    result.alerts = alerts_;
    if (matcher.index() == nullptr) return;
    result.counters = matcher.index()->counters();
    result.partitions = matcher.index()->partition_count();
    result.index_bytes = matcher.index()->bytes();
  }

 private:
  void Keep(uint64_t value) { sink_ = value; }

  void Reserve(size_t size) {
    const size_t capacity = std::max<size_t>(2 * size, 1 << 16);
    Keep(simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, limits::kMaxEventNesting,
                                                                                 structure_));
  }

  uint64_t MatchAll(ConditionMatcher& matcher) {
    uint64_t matched = 0;
    for (size_t i = 0; i < events_.size(); ++i) {
      if (decoder_.Decode(events_[i], frame_)) matched += matcher.Match(frame_.frame()).size();
    }
    return matched;
  }

  const std::shared_ptr<const Program> program_;
  const EventLines& events_;
  std::unique_ptr<simdjson::internal::dom_parser_implementation> structure_;
  ReferenceWalk walk_;
  Decoder decoder_;
  FrameBuffer frame_;
  ConditionMatcher indexed_;
  ConditionMatcher exhaustive_;
  uint64_t alerts_ = 0;
  volatile uint64_t sink_ = 0;  // what must not be optimised away
};

// Processor time of this thread: what others do on the machine counts less than by the clock on the wall.
double ThreadNs() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e9 * static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec);
}

double TimeNs(const std::function<void()>& stage) {
  const double start = ThreadNs();
  stage();
  return ThreadNs() - start;
}

}  // namespace

Roofline MeasureRoofline(const std::shared_ptr<const Program>& program, const EventLines& events, int rounds) {
  Stages stages(program, events);
  const std::vector<std::pair<const char*, std::function<void()>>> steps = {
      {"newline scan", [&] { stages.ScanNewlines(); }},
      {"structural scan", [&] { stages.ScanStructure(); }},
      {"reference walk", [&] { stages.WalkReference(); }},
      {"decode", [&] { stages.Decode(); }},
      {"decode + match", [&] { stages.Match(); }},
      {"the same, index off", [&] { stages.MatchWithoutIndex(); }},
      {"whole run", [&] { stages.Run(); }},
  };
  std::vector<std::vector<double>> times(steps.size());
  for (int round = 0; round < rounds; ++round) {
    for (size_t i = 0; i < steps.size(); ++i) {
      times[i].push_back(TimeNs(steps[i].second) / static_cast<double>(events.size()));
    }
  }
  Roofline result;
  result.events = events.size();
  result.bytes = events.text().size();
  for (size_t i = 0; i < steps.size(); ++i) {
    std::ranges::sort(times[i]);
    result.steps.push_back({steps[i].first, times[i].front(), times[i][times[i].size() / 2]});
  }
  stages.Count(result);
  return result;
}

}  // namespace eqlc
