// A rule of python-eql's dialect over a handful of events, in both engines.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "eqlc/compile.hpp"
#include "eqlc/session.hpp"

namespace eqlc::testing {

class RowSink : public AlertSink {
 public:
  Status Write(const Alert& alert) override {
    std::string row;
    for (const std::string_view event : alert.events) row += (row.empty() ? "" : " ") + std::string(event);
    rows.push_back(std::move(row));
    return {};
  }
  std::vector<std::string> rows;
};

struct PythonOptions {
  bool case_sensitive = false;
};

// The rows that the query gives, each the texts of its events; or its errors.
inline std::vector<std::string> RunPython(const std::string& query, const std::vector<std::string>& events,
                                          PythonOptions options = {}) {
  const CompileResult compiled = Compile({{"rule.eql", query}}, {.dialect = Dialect::kPython,
                                                                 .case_sensitive = options.case_sensitive,
                                                                 .timestamp_field = "time",
                                                                 .event_category_field = "type"});
  std::vector<std::string> errors;
  for (const Diagnostic& d : compiled.diagnostics) {
    if (d.severity == Severity::kError) errors.push_back(d.code + ": " + d.message);
  }
  if (!errors.empty()) return errors;
  std::vector<std::string> first;
  for (const Engine engine : {Engine::kInterpreter, Engine::kNative}) {
    RowSink sink;
    Session session(compiled.program, sink, {.engine = engine, .timestamp_unit = TimestampUnit::kSeconds});
    for (const std::string& event : events) EXPECT_TRUE(session.Push(event).ok()) << event;
    EXPECT_TRUE(session.Finish().ok());
    if (engine == Engine::kInterpreter) {
      first = sink.rows;
    } else {
      EXPECT_EQ(sink.rows, first) << "the engines differ: " << query;
    }
  }
  return first;
}

// Does `any where condition` hold for the event?
inline bool Holds(const std::string& condition, const std::string& event, PythonOptions options = {}) {
  const std::vector<std::string> rows = RunPython("any where " + condition, {event}, options);
  EXPECT_TRUE(rows.empty() || rows[0] == event) << condition << ": " << rows[0];
  return rows.size() == 1 && rows[0] == event;
}

}  // namespace eqlc::testing
