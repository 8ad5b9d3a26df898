// The array search helper of runtime/abi/native.h.
#include "runtime/abi/native.h"
#include "runtime/event/element_table.h"

extern "C" void eqlc_bind_element(const eqlc::abi::EventFrame* frame, uint32_t scope, uint32_t element) noexcept {
  frame->elements->Bind(scope, element);
}
