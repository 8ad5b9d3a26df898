#include "compiler/schema/field_type.h"

#include <array>

namespace eqlc {
namespace {

constexpr std::array kTypes = {
#define X(name, mapping, message, family) FieldTypeInfo{mapping, message, FieldFamily::k##family},
    EQLC_FIELD_TYPES(X)
#undef X
};

}  // namespace

const FieldTypeInfo& GetFieldTypeInfo(FieldType type) { return kTypes[static_cast<size_t>(type)]; }

FieldType FieldTypeOf(std::string_view mapping_name) {
  for (size_t i = 0; i < kTypes.size(); ++i) {
    if (!mapping_name.empty() && kTypes[i].mapping_name == mapping_name) return static_cast<FieldType>(i);
  }
  return FieldType::kOther;
}

}  // namespace eqlc
