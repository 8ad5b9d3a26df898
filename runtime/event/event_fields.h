// The fields of a program as decoders want them.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/event/field_trie.h"
#include "runtime/program/image.h"

namespace eqlc {

// By FieldId: those that event `event` of a row fills; the others have no path.
std::vector<EventField> FieldsOfEvent(const Image& image, uint32_t event);

}  // namespace eqlc
