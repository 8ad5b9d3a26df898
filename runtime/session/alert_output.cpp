#include "runtime/session/alert_output.h"

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

AlertOutput::AlertOutput(const Program::Impl& program, uint64_t size, SlabPool& memory, AlertWriter& writer,
                         SessionStats& stats)
    : writer_(writer), stats_(stats), pipes_(program.rules.size()) {
  for (size_t r = 0; r < pipes_.size(); ++r) {
    const std::vector<abi::ImagePipe> pipes = PipesOf(program.image, program.image.rules()[r], size);
    if (!pipes.empty()) pipes_[r] = std::make_unique<PipeChain>(program, pipes, memory);
  }
}

AlertOutput::~AlertOutput() = default;

void AlertOutput::OnEvent(uint32_t rule, CurrentEvent& event) {
  if (!pipes_[rule]) return writer_.Write(rule, event);
  EventRecord* record = event.Retain();
  if (record == nullptr) return;
  PushRow(rule, PipeRow({&record, 1}, {}));
  record->Unref();
}

void AlertOutput::OnMatch(const SequenceMatch& match) {
  if (pipes_[match.rule]) return PushRow(match.rule, PipeRow(match.events, match.join_keys));
  writer_.Write(match.rule, match.events, match.join_keys);
}

void AlertOutput::PushRow(uint32_t rule, PipeRow row) {
  PipeChain& chain = *pipes_[rule];
  const uint64_t before = chain.suppressed();
  chain.Push(std::move(row), [&](PipeRow out) { writer_.Write(rule, out.events(), out.join_keys()); });
  stats_.suppressed += chain.suppressed() - before;
}

void AlertOutput::Finish() {
  for (uint32_t rule = 0; rule < pipes_.size(); ++rule) {
    if (!pipes_[rule]) continue;
    const uint64_t before = pipes_[rule]->suppressed();
    pipes_[rule]->Finish([&](PipeRow out) { writer_.Write(rule, out.events(), out.join_keys()); });
    stats_.suppressed += pipes_[rule]->suppressed() - before;
  }
}

}  // namespace eqlc
