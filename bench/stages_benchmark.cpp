// Each stage by itself, over generated events and the rules of this repository.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <vector>

#include "bench/event_generator.h"
#include "eqlc/compile.hpp"
#include "eqlc/session.hpp"
#include "runtime/match/condition_matcher.h"
#include "runtime/match/event_decoding.h"
#include "runtime/measure/null_sink.h"
#include "runtime/program/program.h"

namespace eqlc::bench {
namespace {

constexpr size_t kEvents = 10'000;

const std::vector<std::string>& Events() {
  static const std::vector<std::string> events = [] {
    EventGenerator generator({});
    std::vector<std::string> made;
    for (size_t i = 0; i < kEvents; ++i) made.emplace_back(generator.Next());
    return made;
  }();
  return events;
}

const std::shared_ptr<const Program>& Rules() {
  static const std::shared_ptr<const Program> program = CompileFiles({EQLC_RULES_DIR}).program;
  return program;
}

// Events come round and round.
class Cursor {
 public:
  const std::string& Next() { return Events()[at_ = (at_ + 1) % kEvents]; }

 private:
  size_t at_ = 0;
};

void Decode(benchmark::State& state) {
  Decoder decoder = DecoderFor(Rules()->impl());
  FrameBuffer frame = FrameFor(Rules()->impl());
  Cursor cursor;
  int64_t bytes = 0;
  for (auto _ : state) {
    const std::string& event = cursor.Next();
    benchmark::DoNotOptimize(decoder.Decode(event, frame).ok());
    bytes += static_cast<int64_t>(event.size());
  }
  state.SetBytesProcessed(bytes);
}
BENCHMARK(Decode);

// Decoding is part of it; the argument turns the index on.
void DecodeAndMatch(benchmark::State& state) {
  Decoder decoder = DecoderFor(Rules()->impl());
  FrameBuffer frame = FrameFor(Rules()->impl());
  ConditionMatcher matcher(Rules()->impl(), Engine::kNative, state.range(0) != 0);
  Cursor cursor;
  for (auto _ : state) {
    if (decoder.Decode(cursor.Next(), frame)) benchmark::DoNotOptimize(matcher.Match(frame.frame()).size());
  }
}
BENCHMARK(DecodeAndMatch)->Arg(0)->Arg(1);

void Run(benchmark::State& state) {
  NullSink sink;
  Session session(Rules(), sink);
  Cursor cursor;
  for (auto _ : state) benchmark::DoNotOptimize(session.Push(cursor.Next()).ok());
}
BENCHMARK(Run);

}  // namespace
}  // namespace eqlc::bench
