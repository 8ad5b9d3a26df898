// SelectFields: what a program's conditions ask of each kind of event, by their requirements.
#pragma once

#include "runtime/event/field_selection.h"
#include "runtime/program/program.h"

namespace eqlc {

// Fields that are left out for a kind cannot change which conditions of items, residuals and lineages hold for its
// events, nor anything that is read of those that do. A program without index has no selection.
FieldSelection SelectFields(const Program::Impl& program);

}  // namespace eqlc
