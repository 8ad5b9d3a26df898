// Any bytes as a query and its events: both engines give the same alerts, in every dialect.
// An input is a query, a line with `---`, and events as NDJSON.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "eqlc/compile.hpp"
#include "eqlc/session.hpp"
#include "tests/support/recording_sink.h"

namespace {

using eqlc::CompileResult;
using eqlc::Engine;

constexpr size_t kMaxEvents = 64;

struct Input {
  std::string_view query;
  std::vector<std::string_view> events;
};

Input Split(std::string_view bytes) {
  Input input;
  const size_t line = bytes.find("\n---\n");
  input.query = bytes.substr(0, line);
  if (line == std::string_view::npos) return input;
  for (std::string_view rest = bytes.substr(line + 5); !rest.empty() && input.events.size() < kMaxEvents;) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    input.events.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return input;
}

std::vector<std::string> Alerts(const CompileResult& compiled, Engine engine, const Input& input) {
  eqlc::testing::RecordingSink sink;
  eqlc::Session session(compiled.program, sink, {.engine = engine});
  for (const std::string_view event : input.events) (void)session.Push(event);
  (void)session.Finish();
  return std::move(sink.alerts);
}

void CompareEngines(const Input& input, eqlc::Dialect dialect) {
  const CompileResult compiled =
      eqlc::Compile({{"fuzz.eql", std::string(input.query)}}, {.dialect = dialect, .opt_level = eqlc::OptLevel::kO0});
  if (compiled.rules_failed > 0) return;
  if (Alerts(compiled, Engine::kNative, input) == Alerts(compiled, Engine::kInterpreter, input)) return;
  std::fprintf(stderr, "the engines differ\n");
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const Input input = Split({reinterpret_cast<const char*>(data), size});
  for (const eqlc::Dialect dialect : {eqlc::Dialect::kElastic, eqlc::Dialect::kEndpoint, eqlc::Dialect::kPython}) {
    CompareEngines(input, dialect);
  }
  return 0;
}
