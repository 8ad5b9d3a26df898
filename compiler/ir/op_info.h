// EQLC_OPS as a table, for printing and verifying.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "runtime/abi/expr.h"

namespace eqlc::ir {

// What `aux` of a node means; named after the column of EQLC_OPS.
enum class Aux : uint8_t { knone, kLiteralId, kFieldId, kFunctionId, kVarId, kLeafId, kScopeId };

struct OpInfo {
  std::string_view text;
  int arity;  // -1: any number
  Aux aux;
};

inline const OpInfo& GetOpInfo(abi::Op op) {
  static constexpr std::array kTable = {
#define X(name, text, arity, aux) OpInfo{text, arity, Aux::k##aux},
      EQLC_OPS(X)
#undef X
  };
  return kTable[static_cast<size_t>(op)];
}

inline constexpr size_t kOpCount = 0
#define X(name, text, arity, aux) +1
    EQLC_OPS(X)
#undef X
    ;

}  // namespace eqlc::ir
