// SteadyRun: a session that lives on from round to round, as one does that watches a stream: each round brings the next
// repetition of a recording. What is done once a session (the partitions of the rule index) is in the first.
#pragma once

#include <memory>
#include <vector>

#include "bench/table/answers.h"
#include "eqlc/session.hpp"
#include "runtime/measure/event_lines.h"

namespace eqlc::bench {

// Thread-safety: none.
class SteadyRun {
 public:
  SteadyRun(std::shared_ptr<const Program> program, const std::vector<std::shared_ptr<const EventLines>>& segments,
            SessionOptions options = {})
      : segments_(segments), session_(std::move(program), sink_, options) {}

  // REQUIRES: segments are left.
  void PushNext() {
    const EventLines& events = *segments_.at(next_++);
    for (size_t i = 0; i < events.size(); ++i) (void)session_.Push(events[i]).ok();
  }

  const Answers& answers() const { return sink_.answers(); }
  const SessionStats& stats() const { return session_.stats(); }

 private:
  const std::vector<std::shared_ptr<const EventLines>>& segments_;
  size_t next_ = 0;
  AnswerSink sink_;
  Session session_;
};

}  // namespace eqlc::bench
