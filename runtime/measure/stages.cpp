#include "runtime/measure/stages.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "eqlc/limits.hpp"
#include "eqlc/session.hpp"
#include "runtime/match/condition_matcher.h"
#include "runtime/match/event_decoding.h"
#include "runtime/match/partition_store.h"
#include "runtime/measure/null_sink.h"
#include "runtime/measure/reference_walk.h"
#include "runtime/program/program.h"

namespace eqlc {

struct Stages::Impl {
  Impl(std::shared_ptr<const Program> shared, const EventLines& events_in)
      : program(std::move(shared)),
        events(events_in),
        walk(program->fields()),
        decoder(DecoderFor(program->impl(), PartitionStore::Of(program->impl()).selection())),
        frame(FrameFor(program->impl())),
        indexed(program->impl(), Engine::kNative, /*use_index=*/true),
        exhaustive(program->impl(), Engine::kNative, /*use_index=*/false) {}

  void Keep(uint64_t value) { sink = value; }

  void ReserveStructure(size_t size) {
    const size_t capacity = std::max<size_t>(2 * size, 1 << 16);
    Keep(simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, limits::kMaxEventNesting,
                                                                                 structure));
  }

  uint64_t MatchAll(ConditionMatcher& matcher) {
    uint64_t matched = 0;
    for (size_t i = 0; i < events.size(); ++i) {
      if (decoder.Decode(events[i], frame)) matched += matcher.Match(frame.frame()).size();
    }
    return matched;
  }

  const std::shared_ptr<const Program> program;
  const EventLines& events;
  std::unique_ptr<simdjson::internal::dom_parser_implementation> structure;
  ReferenceWalk walk;
  Decoder decoder;
  FrameBuffer frame;
  ConditionMatcher indexed;
  ConditionMatcher exhaustive;
  uint64_t alerts = 0;
  volatile uint64_t sink = 0;  // what must not be optimised away
};

Stages::Stages(std::shared_ptr<const Program> program, const EventLines& events)
    : impl_(std::make_unique<Impl>(std::move(program), events)) {}

Stages::~Stages() = default;

uint64_t Stages::alerts() const { return impl_->alerts; }

void Stages::ScanNewlines() {
  const std::string_view text = impl_->events.text();
  const char* at = text.data();
  const char* const end = at + text.size();
  size_t lines = 0;
  while (at < end) {
    const void* newline = std::memchr(at, '\n', static_cast<size_t>(end - at));
    if (newline == nullptr) break;
    at = static_cast<const char*>(newline) + 1;
    ++lines;
  }
  impl_->Keep(lines);
}

void Stages::ScanStructure() {
  auto& structure = impl_->structure;
  size_t tokens = 0;
  for (size_t i = 0; i < impl_->events.size(); ++i) {
    const std::string_view line = impl_->events[i];
    if (structure == nullptr || structure->capacity() < line.size()) impl_->ReserveStructure(line.size());
    const auto* bytes = reinterpret_cast<const uint8_t*>(line.data());
    if (structure->stage1(bytes, line.size(), simdjson::stage1_mode::regular) == simdjson::SUCCESS) {
      tokens += structure->n_structural_indexes;
    }
  }
  impl_->Keep(tokens);
}

void Stages::WalkReference() {
  uint64_t values = 0;
  for (size_t i = 0; i < impl_->events.size(); ++i) values += impl_->walk.Walk(impl_->events[i]);
  impl_->Keep(values);
}

void Stages::Decode() {
  size_t decoded = 0;
  for (size_t i = 0; i < impl_->events.size(); ++i)
    decoded += impl_->decoder.Decode(impl_->events[i], impl_->frame).ok();
  impl_->Keep(decoded);
}

void Stages::Match() { impl_->Keep(impl_->MatchAll(impl_->indexed)); }

void Stages::MatchWithoutIndex() { impl_->Keep(impl_->MatchAll(impl_->exhaustive)); }

void Stages::Run() {
  NullSink sink;
  Session session(impl_->program, sink, {});
  for (size_t i = 0; i < impl_->events.size(); ++i) impl_->Keep(session.Push(impl_->events[i]).ok());
  impl_->Keep(session.Finish().ok());
  impl_->alerts = session.stats().alerts;
}

MatchFigures Stages::CountMatching() {
  const Program::Impl& program = impl_->program->impl();
  ConditionMatcher matcher(program, Engine::kInterpreter, /*use_index=*/true);
  MatchFigures figures;
  for (size_t i = 0; i < impl_->events.size(); ++i) {
    if (!impl_->decoder.Decode(impl_->events[i], impl_->frame)) continue;
    const abi::EventFrame& frame = impl_->frame.frame();
    figures.matched += matcher.Match(frame).size();
    for (uint32_t leaf = 0; leaf < program.image.header().leaf_count; ++leaf) {
      figures.leaves += frame.memo[leaf] >> 1 == frame.epoch;
    }
  }
  if (matcher.index() == nullptr) return figures;
  figures.counters = matcher.index()->counters();
  figures.partitions = matcher.index()->partition_count();
  figures.index_bytes = matcher.index()->bytes();
  return figures;
}

}  // namespace eqlc
