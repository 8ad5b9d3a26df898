// Program::Impl: an image linked for execution: literals as Values, functions resolved, pattern matchers built.
#pragma once

#include <memory>
#include <vector>

#include "eqlc/program.hpp"
#include "runtime/abi/native.h"
#include "runtime/program/image.h"
#include "runtime/program/matchers.h"
#include "runtime/program/native_code.h"

namespace eqlc {

// Immutable after Link.
struct Program::Impl {
  Image image;
  std::unique_ptr<NativeCode> native;  // null: interpret

  std::vector<RuleInfo> rules;
  std::vector<std::string_view> fields;
  std::vector<abi::Value> literals;    // strings point into the image
  std::vector<const void*> functions;  // [FunctionId]: const Function*
  Matchers matchers;

  abi::ProgramTables tables() const { return {literals.data(), matchers.by_expr().data(), functions.data()}; }
};

// Links an image. An Error means the image names a function this build lacks, or holds a pattern that does not compile.
// `native`, if given, was generated from the same image.
Result<std::shared_ptr<const Program>> LinkProgram(Image image, std::unique_ptr<NativeCode> native);

}  // namespace eqlc
