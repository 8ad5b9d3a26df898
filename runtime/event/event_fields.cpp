#include "runtime/event/event_fields.h"

namespace eqlc {

std::vector<EventField> FieldsOfEvent(const Image& image, uint32_t event) {
  std::vector<EventField> fields;
  fields.reserve(image.fields().size());
  for (const abi::ImageField& field : image.fields()) {
    const bool filled = field.source != abi::FieldSource::kComputed && field.event == event;
    const bool whole = field.source == abi::FieldSource::kWhole;
    fields.push_back(filled ? EventField{image.text(field.path), whole} : EventField{});
  }
  return fields;
}

}  // namespace eqlc
