// A query of the endpoint dialect over a few events, by both engines.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/scenarios/run_events.h"

namespace eqlc::scenarios {

// The matches, as "0" or "0-2" for a sequence, joined by blanks; or what went wrong. Fails where the engines differ.
inline std::string EndpointMatches(const std::string& query, const std::vector<std::string>& events) {
  const CompileResult compiled = Compile({{"query.eql", query}}, {.dialect = Dialect::kEndpoint});
  if (compiled.program->rules().size() != 1) return Describe(compiled.diagnostics);
  const auto run = [&](Engine engine) {
    const Outcome outcome = RunEvents(compiled.program, engine, events);
    std::string text = outcome.error;
    for (const Match& match : outcome.matches) {
      if (!text.empty()) text += ' ';
      for (size_t i = 0; i < match.size(); ++i) {
        text += (i == 0 ? "" : "-") + (match[i] ? std::to_string(*match[i]) : std::string("!"));
      }
    }
    return text;
  };
  EXPECT_TRUE(compiled.program->has_native_code());
  const std::string native = run(Engine::kNative);
  EXPECT_EQ(native, run(Engine::kInterpreter)) << query;
  return native;
}

}  // namespace eqlc::scenarios
