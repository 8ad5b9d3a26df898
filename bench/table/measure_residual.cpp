#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "bench/table/measurements.h"
#include "runtime/match/condition_matcher.h"
#include "runtime/match/event_decoding.h"
#include "runtime/measure/rounds.h"
#include "runtime/program/program.h"

namespace eqlc::bench {
namespace {

// Events decoded at once, so that the clock is read seldom and only evaluation lies between its readings.
constexpr size_t kBatch = 256;

struct Decoded {
  explicit Decoded(const Program::Impl& program) : decoder(DecoderFor(program)), frame(FrameFor(program)) {}

  Decoder decoder;
  FrameBuffer frame;
  std::vector<abi::ConditionId> candidates;
};

class Residual {
 public:
  explicit Residual(const Program::Impl& program)
      : index_(program),
        native_(program, Engine::kNative, /*use_index=*/false),
        interpreter_(program, Engine::kInterpreter, /*use_index=*/false),
        is_of_item_(program.image.conditions().size()) {
    for (const abi::ImageItem& item : program.image.items()) is_of_item_[item.condition] = true;
    for (size_t i = 0; i < kBatch; ++i) batch_.push_back(std::make_unique<Decoded>(program));
  }

  // Adds to the sums below.
  void Run(const EventLines& events) {
    for (size_t first = 0; first < events.size(); first += kBatch) {
      const size_t count = std::min(kBatch, events.size() - first);
      native_ns += Evaluate(events, first, count, native_);
      interpreter_ns += Evaluate(events, first, count, interpreter_);
      for (size_t i = 0; i < count; ++i) candidates += batch_[i]->candidates.size();
    }
  }

  double native_ns = 0;
  double interpreter_ns = 0;
  uint64_t candidates = 0;

 private:
  double Evaluate(const EventLines& events, size_t first, size_t count, const ConditionMatcher& matcher) {
    for (size_t i = 0; i < count; ++i) Prepare(events[first + i], *batch_[i]);
    const double start = ThreadNs();
    for (size_t i = 0; i < count; ++i) {
      const abi::EventFrame& frame = batch_[i]->frame.frame();
      for (const abi::ConditionId id : batch_[i]->candidates) held_ += matcher.Holds(frame, id);
    }
    return ThreadNs() - start;
  }

  void Prepare(std::string_view event, Decoded& decoded) {
    decoded.candidates.clear();
    if (!decoded.decoder.Decode(event, decoded.frame)) return;
    for (const abi::ConditionId id : index_.Candidates(decoded.frame.frame())) {
      if (is_of_item_[id]) decoded.candidates.push_back(id);
    }
  }

  RuleIndex index_;
  ConditionMatcher native_;
  ConditionMatcher interpreter_;
  std::vector<bool> is_of_item_;
  std::vector<std::unique_ptr<Decoded>> batch_;
  uint64_t held_ = 0;
};

}  // namespace

void MeasureResidual(const Workload& workload, Report& report) {
  Row row{"6", "machine code / interpreter, candidates' evaluation alone", Unit::kTimes, {1.5, 3, true}, {}, ""};
  if (!RuleIndex::IsUseful(workload.rules.program->impl())) {
    row.note = "too few rules for an index";
    report.rows.push_back(row);
    return;
  }
  double native_ns = 0, interpreter_ns = 0;
  Residual residual(workload.rules.program->impl());
  for (const Stream& stream : workload.streams) {
    std::vector<double> native, interpreter;
    for (int round = 0; round < workload.rounds; ++round) {
      residual.native_ns = residual.interpreter_ns = 0;
      residual.candidates = 0;
      residual.Run(*stream.events);
      native.push_back(residual.native_ns);
      interpreter.push_back(residual.interpreter_ns);
    }
    const auto events = static_cast<double>(stream.events->size());
    const double fast = Timing{native}.best(), slow = Timing{interpreter}.best();
    native_ns += fast;
    interpreter_ns += slow;
    row.note += fmt::format("{}: {:.0f} and {:.0f} ns an event for {:.2f} candidates; ", stream.name, fast / events,
                            slow / events, static_cast<double>(residual.candidates) / events);
  }
  row.note += "all streams together, best of the rounds";
  row.ours = interpreter_ns / native_ns;
  report.rows.push_back(row);
}

}  // namespace eqlc::bench
