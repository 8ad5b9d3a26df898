#include "bench/table/answers.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <string_view>
#include <thread>

namespace eqlc::bench {
namespace {

void Mix(uint64_t& hash, std::string_view text) {
  hash = (hash ^ std::hash<std::string_view>{}(text)) * 0x9e3779b97f4a7c15 + text.size();
}

Answers Run(const Gate& gate, Engine engine, bool use_index) {
  AnswerSink sink;
  SessionOptions options;
  options.engine = engine;
  options.use_index = use_index;
  options.max_state_bytes = gate.max_state_bytes;
  Session session(gate.program, sink, options);
  for (const auto& events : gate.events) {
    for (size_t i = 0; i < events->size(); ++i) (void)session.Push((*events)[i]).ok();
  }
  (void)session.Finish().ok();
  return sink.answers();
}

GateResult Check(const Gate& gate) {
  GateResult result{gate.what, gate.program->rules().size()};
  for (const auto& events : gate.events) result.events += events->size();
  result.fast = Run(gate, Engine::kNative, /*use_index=*/true);
  result.reference = Run(gate, Engine::kInterpreter, /*use_index=*/false);
  return result;
}

}  // namespace

Status AnswerSink::Write(const Alert& alert) {
  ++answers_.alerts;
  Mix(answers_.hash, alert.rule.id);
  for (const std::string_view event : alert.events) Mix(answers_.hash, event);
  for (const std::string_view key : alert.join_keys) Mix(answers_.hash, key);
  return {};
}

std::vector<GateResult> CheckGates(const std::vector<Gate>& gates) {
  std::vector<GateResult> results(gates.size());
  std::atomic<size_t> next{0};
  const auto work = [&] {
    for (size_t i = next++; i < gates.size(); i = next++) results[i] = Check(gates[i]);
  };
  std::vector<std::jthread> workers;
  for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); ++i) workers.emplace_back(work);
  workers.clear();
  return results;
}

}  // namespace eqlc::bench
