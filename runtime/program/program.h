// Program::Impl: an image linked for execution: literals as Values, functions resolved, pattern matchers built.
#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "eqlc/program.hpp"
#include "runtime/abi/native.h"
#include "runtime/program/image.h"
#include "runtime/program/matchers.h"
#include "runtime/program/native_code.h"
#include "runtime/value/field_reading.h"

namespace eqlc {

// The distinct fields below each leaf, ascending. A leaf is tried with every combination of their values.
struct LeafFields {
  std::vector<uint32_t> ends;  // [LeafId]: end in `fields`; the leaf before it ends where it begins
  std::vector<abi::FieldId> fields;
  std::vector<bool> bound;  // [LeafId]: some field changes within one event, so the leaf is not memoised

  std::span<const abi::FieldId> of(abi::LeafId leaf) const {
    const uint32_t first = leaf == 0 ? 0 : ends[leaf - 1];
    return {fields.data() + first, ends[leaf] - first};
  }
};

// What runtime/match makes of a program for all its sessions.
class SharedIndex {
 public:
  virtual ~SharedIndex() = default;
};

// Immutable after Link, but for `index`, which guards itself, and for what is set before the first session.
struct Program::Impl {
  Image image;
  std::unique_ptr<NativeCode> native;  // null: interpret

  std::vector<RuleInfo> rules;
  std::vector<std::string_view> fields;  // distinct paths
  std::vector<std::string_view> paths;   // [FieldId]
  std::vector<abi::FieldRole> roles;     // [FieldId]
  std::vector<FieldReading> readings;    // [FieldId]; empty when all fields are plain JSON
  std::vector<abi::Value> literals;      // strings point into the image
  std::vector<const void*> functions;    // [FunctionId]: const Function*
  Matchers matchers;
  LeafFields leaf_fields;

  mutable std::once_flag index_made;
  mutable std::unique_ptr<SharedIndex> index;  // null until index_made

  // Null: the code stays as it is. Whoever compiled the program may set it before its first session. It uses all of the
  // above, so it goes first.
  mutable std::unique_ptr<CodeImprover> improver;

  abi::ProgramTables tables() const { return {literals.data(), matchers.by_expr().data(), functions.data()}; }
};

// Links an image. An Error means the image names a function this build lacks, or holds a pattern that does not compile.
// `native`, if given, was generated from the same image.
Result<std::shared_ptr<const Program>> LinkProgram(Image image, std::unique_ptr<NativeCode> native);

}  // namespace eqlc
