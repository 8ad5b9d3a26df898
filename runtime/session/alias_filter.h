// AliasFilter: evaluates residual conditions, those that compare an event with earlier ones of a partial sequence
// (`as event0`, docs/semantics.md section 5.11). The earlier events are decoded anew and bound to the alias fields of
// the frame for the time of one evaluation.
#pragma once

#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/event/decoder.h"
#include "runtime/event/frame_buffer.h"
#include "runtime/match/condition_matcher.h"
#include "runtime/program/expr_walk.h"
#include "runtime/program/program.h"
#include "runtime/sequence/partial_filter.h"

namespace eqlc {

// Thread-safety: none.
class AliasFilter final : public PartialFilter {
 public:
  // `frame` holds the current event during Admits. All references must outlive the filter.
  AliasFilter(const Program::Impl& program, ConditionMatcher& matcher, FrameBuffer& frame);

  bool Admits(abi::ConditionId residual, std::span<EventRecord* const> events) override;

  // Room that the frame needs for the values of earlier events.
  static size_t RoomFor(const Program::Impl& program);

 private:
  // What rules read of the events of one stage.
  struct Stage {
    std::vector<std::string_view> paths;
    std::vector<FieldReading> readings;  // by path, if the program has any
    std::unique_ptr<Decoder> decoder;
    std::unique_ptr<FrameBuffer> frame;
  };
  // An alias field, and where its stage decodes it to.
  struct Use {
    abi::FieldId field;
    uint32_t stage;
    abi::FieldId decoded;  // index into the stage's paths
  };

  // The alias fields below a condition, by stage.
  std::vector<Use> UsesOf(abi::ConditionId residual, ExprWalk& walk) const;
  void AddStages();
  void Decode(Stage& stage, const EventRecord& event);

  const Program::Impl& program_;
  ConditionMatcher& matcher_;
  FrameBuffer& frame_;
  std::vector<Stage> stages_;
  std::vector<abi::FieldId> decoded_;  // [FieldId] of an alias field: index into its stage's paths
  std::unordered_map<abi::ConditionId, std::vector<Use>> uses_;
};

}  // namespace eqlc
