// Runs a program over a few events and says which of them each alert is made of.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eqlc/compile.hpp"
#include "eqlc/session.hpp"
#include "tests/support/lines_run.h"

namespace eqlc::scenarios {

// Indices of the matched events; nothing for the place of a missing event.
using Match = std::vector<std::optional<size_t>>;

struct Outcome {
  std::vector<Match> matches;  // in the order in which the alerts came
  SessionStats stats;
  std::string error;  // of Push, Finish, or an alert on an event that was never pushed; "" if all went well
};

// Finds the matched events by their text, so no two events may be the same.
class MatchSink final : public AlertSink {
 public:
  MatchSink(const std::vector<std::string>& events, Outcome& outcome) : events_(events), outcome_(outcome) {}

  Status Write(const Alert& alert) override {
    Match match;
    for (std::string_view event : alert.events) match.push_back(IndexOf(event));
    outcome_.matches.push_back(std::move(match));
    return {};
  }

 private:
  std::optional<size_t> IndexOf(std::string_view event) {
    if (event.empty()) return std::nullopt;
    const auto it = std::find(events_.begin(), events_.end(), event);
    if (it != events_.end()) return static_cast<size_t>(it - events_.begin());
    outcome_.error = "an alert holds an event that was not in the input: " + std::string(event);
    return std::nullopt;
  }

  const std::vector<std::string>& events_;
  Outcome& outcome_;
};

// In the order given; in parallel, too, with the same outcome.
inline Outcome RunEvents(const std::shared_ptr<const Program>& program, Engine engine,
                         const std::vector<std::string>& events) {
  Outcome outcome;
  MatchSink sink(events, outcome);
  SessionOptions options;
  options.engine = engine;
  Session session(program, sink, options);
  for (const std::string& event : events) {
    if (Status status = session.Push(event); !status) outcome.error = status.error().message;
  }
  if (Status status = session.Finish(); !status) outcome.error = status.error().message;
  outcome.stats = session.stats();
  std::string text;
  for (const std::string& event : events) text += event + '\n';
  const auto in_chunks = testing::ExpectSameInParallel(program, options, text, /*lines=*/{1});
  EXPECT_EQ(in_chunks.alerts.size(), outcome.matches.size());
  return outcome;
}

// All findings on a rule, for the message of a failed assertion.
inline std::string Describe(const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) text += RenderText(diagnostic, false);
  return text;
}

}  // namespace eqlc::scenarios
