#include "runtime/session/alert_output.h"

#include <algorithm>
#include <optional>

namespace eqlc {

namespace {

// The size comes before the pipes and counts from the same end as the first of them. Elasticsearch lists the last
// matches where no pipe says otherwise, but the first samples (docs/semantics.md section 7).
std::vector<abi::ImagePipe> PipesOf(const Image& image, const abi::ImageRule& rule, uint64_t size) {
  const auto written = image.pipes().subspan(rule.first_pipe, rule.pipe_count);
  std::vector<abi::ImagePipe> pipes;
  if (size != kAllMatches) {
    const bool sample = rule.kind == static_cast<uint8_t>(RuleKind::kSample);
    const abi::PipeKind unpiped = sample ? abi::PipeKind::kHead : abi::PipeKind::kTail;
    const bool counts = !written.empty() && (written[0].kind == abi::PipeKind::kHead ||  //
                                             written[0].kind == abi::PipeKind::kTail);
    pipes.push_back(
        {.kind = counts ? written[0].kind : unpiped, .fold = 0, .first_arg = 0, .arg_count = 0, .count = size});
  }
  for (const abi::ImagePipe& pipe : written) pipes.push_back(pipe);
  return pipes;
}

}  // namespace

AlertOutput::AlertOutput(const Program::Impl& program, uint64_t size, AlertSink& sink, SessionStats& stats)
    : program_(program), sink_(sink), stats_(stats), pipes_(program.rules.size()) {
  for (size_t r = 0; r < pipes_.size(); ++r) {
    const std::vector<abi::ImagePipe> pipes = PipesOf(program.image, program.image.rules()[r], size);
    if (!pipes.empty()) pipes_[r] = std::make_unique<PipeChain>(program, pipes);
  }
}

AlertOutput::~AlertOutput() = default;

void AlertOutput::OnEvent(uint32_t rule, CurrentEvent& event) {
  if (!pipes_[rule]) {
    const std::string_view json = event.json();
    return Write(rule, {&json, 1}, {}, event.timestamp_ns());
  }
  EventRecord* record = event.Retain();
  if (record == nullptr) return;
  PushRow(rule, PipeRow({&record, 1}, {}));
  record->Unref();
}

void AlertOutput::OnMatch(const SequenceMatch& match) {
  if (pipes_[match.rule]) return PushRow(match.rule, PipeRow(match.events, match.join_keys));
  WriteRecords(match.rule, match.events, match.join_keys);
}

void AlertOutput::PushRow(uint32_t rule, PipeRow row) {
  PipeChain& chain = *pipes_[rule];
  const uint64_t before = chain.suppressed();
  chain.Push(std::move(row), [&](PipeRow out) { WriteRecords(rule, out.events(), out.join_keys()); });
  stats_.suppressed += chain.suppressed() - before;
}

void AlertOutput::Finish() {
  for (uint32_t rule = 0; rule < pipes_.size(); ++rule) {
    if (!pipes_[rule]) continue;
    const uint64_t before = pipes_[rule]->suppressed();
    pipes_[rule]->Finish([&](PipeRow out) { WriteRecords(rule, out.events(), out.join_keys()); });
    stats_.suppressed += pipes_[rule]->suppressed() - before;
  }
}

void AlertOutput::WriteRecords(uint32_t rule, std::span<EventRecord* const> events,
                               std::span<const std::string> join_keys) {
  views_.clear();
  std::optional<int64_t> last_ns;  // the events of a sample come in any order
  for (const EventRecord* event : events) {
    views_.push_back(event != nullptr ? event->json() : std::string_view());
    if (event != nullptr) last_ns = std::max(last_ns.value_or(INT64_MIN), event->timestamp_ns());
  }
  Write(rule, views_, join_keys, last_ns.value_or(0));
}

void AlertOutput::Write(uint32_t rule, std::span<const std::string_view> events, std::span<const std::string> join_keys,
                        int64_t timestamp_ns) {
  ++stats_.alerts;
  ++stats_.alerts_per_rule[rule];
  Note(sink_.Write({program_.rules[rule], events, join_keys, timestamp_ns}));
}

void AlertOutput::Note(const Status& written) {
  if (written.ok()) return;
  ++stats_.sink_errors;
  if (first_error_.empty()) first_error_ = written.error().message;
}

Status AlertOutput::Flush() {
  Note(sink_.Flush());
  return first_error_.empty() ? Status() : Status(Error{first_error_});
}

}  // namespace eqlc
