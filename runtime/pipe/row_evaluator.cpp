#include "runtime/pipe/row_evaluator.h"

#include <set>

#include "runtime/interp/interp.h"
#include "runtime/program/expr_walk.h"
#include "runtime/value/ascii.h"
#include "runtime/value/json.h"
#include "runtime/value/json_value.h"
#include "runtime/value/number.h"

namespace eqlc {
namespace {

// The event of a row that has the field.
uint32_t EventOf(const abi::ImageField& field) { return field.role == abi::FieldRole::kRow ? field.scope : 0; }

// By FieldId: as the decoder of one event of the row is to see it.
std::vector<abi::FieldRole> RolesOf(const Image& image, uint32_t event) {
  std::vector<abi::FieldRole> roles;
  roles.reserve(image.fields().size());
  for (const abi::ImageField& field : image.fields()) {
    const bool in_row = field.role == abi::FieldRole::kWhole || field.role == abi::FieldRole::kRow;
    // kComputed: nothing that the decoder fills.
    roles.push_back(in_row && EventOf(field) == event ? abi::FieldRole::kWhole : abi::FieldRole::kComputed);
  }
  return roles;
}

}  // namespace

const std::vector<abi::Value>& RowEvaluator::Evaluate(const PipeRow& row, std::span<const abi::ExprId> exprs) {
  const Image& image = program_.image;
  if (!frame_) frame_ = std::make_unique<FrameBuffer>(image.fields().size(), image.header().leaf_count);
  frame_->Clear();
  for (const uint32_t event : EventsOf(exprs)) {
    if (event >= row.events().size() || row.events()[event] == nullptr) continue;
    // The decoder has accepted the event before, or a pipe has written it; a field that cannot be read is missing.
    (void)DecoderOf(event).DecodeBeside(row.events()[event]->json(), *frame_);
  }
  values_.clear();
  const abi::EventFrame& frame = frame_->frame();
  for (const abi::ExprId expr : exprs) values_.push_back(EvalValue(program_, frame, expr));
  return values_;
}

const std::vector<uint32_t>& RowEvaluator::EventsOf(std::span<const abi::ExprId> exprs) {
  // With the size: nothing (`count` without arguments) begins where the next pipe's arguments do.
  const auto [known, added] = events_of_.try_emplace({exprs.data(), exprs.size()});
  if (!added) return known->second;
  const Image& image = program_.image;
  std::set<uint32_t> events;
  ExprWalk(image).ForEachNode(exprs, [&](const abi::ExprNode& node) {
    if (node.op == abi::Op::kField) events.insert(EventOf(image.fields()[node.aux]));
  });
  known->second.assign(events.begin(), events.end());
  return known->second;
}

Decoder& RowEvaluator::DecoderOf(uint32_t event) {
  std::unique_ptr<Decoder>& decoder = decoders_[event];
  if (!decoder) decoder = std::make_unique<Decoder>(program_.paths, program_.readings, RolesOf(program_.image, event));
  return *decoder;
}

std::string KeyText(std::span<const abi::Value> values, bool fold) {
  std::string key;
  for (const abi::Value& value : values) {
    if (value.is_json()) {
      AppendCanonical(key, value.text(), fold);
    } else {
      const std::string text = ToJson(value.is_number() ? CanonicalNumber(value) : value);
      key += fold && value.is_string() ? ascii::Fold(text) : text;
    }
    key += '\0';
  }
  return key;
}

}  // namespace eqlc
