// The function table, looked up by name, and calls with their checks.
// Tested by tests/unit/runtime/functions/function_test.cpp.
#include "runtime/functions/function.h"

#include <algorithm>
#include <cstdint>

#include "runtime/abi/native.h"
#include "runtime/value/ascii.h"

namespace eqlc {

namespace functions {
#define EQLC_FUNCTION(record) extern const Function record;
#include "function_table.inc"
#undef EQLC_FUNCTION
}  // namespace functions

namespace {

bool NameLess(std::string_view a, std::string_view b) { return ascii::CompareFold(a, b) < 0; }

// Sorted by name.
std::span<const Function* const> Table() {
  static const std::vector<const Function*> table = [] {
    std::vector<const Function*> all = {
#define EQLC_FUNCTION(record) &functions::record,
#include "function_table.inc"
#undef EQLC_FUNCTION
    };
    std::sort(all.begin(), all.end(), [](const Function* a, const Function* b) { return NameLess(a->name, b->name); });
    return all;
  }();
  return table;
}

bool HasType(const abi::Value& value, ParamType type) {
  switch (type) {
    case ParamType::kAny:
    case ParamType::kIp:
      return true;
    case ParamType::kString:
      return value.is_string();
    case ParamType::kNumber:
      return value.is_number();
    case ParamType::kInteger:
      return value.kind == abi::ValueKind::kInt || value.kind == abi::ValueKind::kUint;
    case ParamType::kBool:
      return value.kind == abi::ValueKind::kBool;
  }
  return false;
}

}  // namespace

size_t Function::min_args() const {
  return static_cast<size_t>(
      std::count_if(parameters.begin(), parameters.end(), [](const Parameter& p) { return !p.optional; }));
}

size_t Function::max_args() const { return variadic ? SIZE_MAX : parameters.size(); }

std::span<const Function* const> Functions() {
  static const std::vector<const Function*> table = [] {
    std::vector<const Function*> shown;
    for (const Function* function : Table()) {
      if (!function->hidden) shown.push_back(function);
    }
    return shown;
  }();
  return table;
}

const Function* FindFunction(std::string_view name) {
  const auto all = Table();
  const auto found = std::lower_bound(all.begin(), all.end(), name,
                                      [](const Function* f, std::string_view n) { return NameLess(f->name, n); });
  return found != all.end() && ascii::EqualFold((*found)->name, name) ? *found : nullptr;
}

abi::Value CallFunction(const Function& function, const CallContext& context,
                        std::span<const abi::Value> args) noexcept {
  if (args.size() < function.min_args() || args.size() > function.max_args()) return abi::Null();
  for (size_t i = 0; i < args.size(); ++i) {
    // The last parameter of a variadic function stands for all arguments behind it.
    const Parameter& parameter = function.parameters[std::min(i, function.parameters.size() - 1)];
    if (args[i].is_null() ? function.null_strict : !HasType(args[i], parameter.type)) return abi::Null();
  }
  return function.body(context, args);
}

}  // namespace eqlc

extern "C" void eqlc_call(const eqlc::abi::EventFrame* frame, const void* function, uint8_t fold,
                          const eqlc::abi::Value* args, uint32_t arg_count, eqlc::abi::Value* out) noexcept {
  const eqlc::CallContext context{*frame->scratch, fold != 0};
  *out = eqlc::CallFunction(*static_cast<const eqlc::Function*>(function), context, {args, arg_count});
}
