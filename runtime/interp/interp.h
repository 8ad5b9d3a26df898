// The interpreter: EQL's meaning in code, slow and obviously right. Oracle of generated code, and its fallback.
// docs/semantics.md names the rules; the comments in interp.cpp say which function implements which section.
#pragma once

#include <span>

#include "runtime/abi/frame.h"
#include "runtime/abi/native.h"
#include "runtime/functions/function.h"
#include "runtime/program/program.h"

namespace eqlc {

// One operator on evaluated arguments; everything but kConst, kField, kVar, the searches and the conditions. `matcher`
// as Matchers has it for the node, or null. Also used to fold constants at compile time.
abi::Value ApplyOp(const abi::ExprNode& node, const void* matcher, const Function* function,
                   std::span<const abi::Value> args, Scratch& scratch);

// True when the condition holds for the event. Uses and fills frame.memo.
bool EvalCondition(const Program::Impl& program, const abi::EventFrame& frame, abi::ConditionId condition);

// The value of a value expression, each field at its first value. Strings live as long as the frame's.
abi::Value EvalValue(const Program::Impl& program, const abi::EventFrame& frame, abi::ExprId expr);

}  // namespace eqlc
