#include "runtime/session/alias_filter.h"

#include <algorithm>

#include "eqlc/limits.hpp"

namespace eqlc {

AliasFilter::AliasFilter(const Program::Impl& program, ConditionMatcher& matcher, FrameBuffer& frame)
    : program_(program), matcher_(matcher), frame_(frame) {
  AddStages();
  ExprWalk walk(program.image);
  for (const abi::ImageItem& item : program.image.items()) {
    if (item.residual != abi::kNone) uses_.try_emplace(item.residual, UsesOf(item.residual, walk));
  }
}

size_t AliasFilter::RoomFor(const Program::Impl& program) {
  const auto& roles = program.roles;
  return std::find(roles.begin(), roles.end(), abi::FieldRole::kAlias) != roles.end() ? limits::kMaxAliasValues : 0;
}

void AliasFilter::AddStages() {
  const auto fields = program_.image.fields();
  decoded_.resize(fields.size(), abi::kNone);
  for (abi::FieldId id = 0; id < fields.size(); ++id) {
    if (fields[id].role != abi::FieldRole::kAlias) continue;
    if (fields[id].scope >= stages_.size()) stages_.resize(fields[id].scope + 1);
    Stage& stage = stages_[fields[id].scope];
    decoded_[id] = static_cast<abi::FieldId>(stage.paths.size());
    stage.paths.push_back(program_.paths[id]);
    if (!program_.readings.empty()) stage.readings.push_back(program_.readings[id]);
  }
  for (Stage& stage : stages_) {
    stage.decoder = std::make_unique<Decoder>(stage.paths, stage.readings);
    stage.frame = std::make_unique<FrameBuffer>(stage.paths.size(), 0);
  }
}

std::vector<AliasFilter::Use> AliasFilter::UsesOf(abi::ConditionId residual, ExprWalk& walk) const {
  const Image& image = program_.image;
  std::vector<Use> uses;
  walk.ForEachNode(image.conditions()[residual].root, [&](const abi::ExprNode& node) {
    if (node.op == abi::Op::kField && image.fields()[node.aux].role == abi::FieldRole::kAlias) {
      uses.push_back({node.aux, image.fields()[node.aux].scope, decoded_[node.aux]});
    }
  });
  std::sort(uses.begin(), uses.end(), [](const Use& a, const Use& b) { return a.stage < b.stage; });
  return uses;
}

bool AliasFilter::Admits(abi::ConditionId residual, std::span<EventRecord* const> events) {
  uint32_t decoded_stage = abi::kNone;
  for (const Use& use : uses_.at(residual)) {
    if (use.stage >= events.size()) continue;  // the compiler asks for earlier events only
    Stage& stage = stages_[use.stage];
    if (use.stage != decoded_stage) Decode(stage, *events[use.stage]);
    decoded_stage = use.stage;
    const abi::EventFrame& earlier = stage.frame->frame();
    const abi::FieldSlot& slot = earlier.slots[use.decoded];
    frame_.Bind(use.field, {earlier.values + slot.first, slot.count});
  }
  const bool admits = matcher_.Holds(frame_.frame(), residual);
  frame_.Unbind();
  return admits;
}

// Was an event before, so it decodes; if it did not, its fields would be missing.
void AliasFilter::Decode(Stage& stage, const EventRecord& event) {
  static_cast<void>(stage.decoder->Decode(event.json(), *stage.frame));
}

}  // namespace eqlc
