#include "runtime/match/computed_fields.h"

#include <algorithm>

#include "runtime/interp/interp.h"
#include "runtime/value/ascii.h"
#include "runtime/value/json_value.h"

namespace eqlc {
namespace {

// The one value of all that are equal as keys: texts in lower case when `fold`, lists and objects canonical. Null when
// memory is out.
abi::Value AsKey(const abi::Value& value, bool fold, Scratch& scratch) {
  if (value.is_json()) {
    std::string canonical;
    AppendCanonical(canonical, value.text(), fold);
    const std::string_view text = scratch.Copy(canonical);
    return text.data() == nullptr ? abi::Null() : abi::Json(text);
  }
  if (!fold || !value.is_string()) return value;
  char* bytes = scratch.Allocate(value.size);
  if (bytes == nullptr) return abi::Null();
  std::ranges::transform(value.text(), bytes, [](char c) { return static_cast<char>(ascii::FoldByte(c)); });
  return abi::String({bytes, value.size});
}

}  // namespace

ComputedFields::ComputedFields(const Program::Impl& program) : program_(program) {
  const auto computed = program.image.computed();
  if (computed.empty()) return;
  of_condition_.resize(program.image.conditions().size());
  for (uint32_t i = 0; i < computed.size(); ++i) of_condition_[computed[i].condition].push_back(i);
}

void ComputedFields::Fill(std::span<const abi::ConditionId> matched, FrameBuffer& frame) {
  if (of_condition_.empty()) return;
  for (const abi::ConditionId condition : matched) {
    for (const uint32_t index : of_condition_[condition]) {
      const abi::ImageComputed& computed = program_.image.computed()[index];
      const abi::EventFrame& event = frame.frame();
      // Several conditions may have the key.
      if (event.slots[computed.field].count > 0) continue;
      const abi::Value value = AsKey(EvalValue(program_, event, computed.expr), computed.fold != 0, frame.scratch());
      if (!value.is_null()) frame.Append(computed.field, value);
    }
  }
}

}  // namespace eqlc
