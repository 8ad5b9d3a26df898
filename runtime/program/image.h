// Image: a verified program image and typed views of its sections. The interpreter executes it as it lies in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eqlc/result.hpp"
#include "runtime/abi/image.h"

namespace eqlc {

// Whether bytes may have changed since they were written. Ruled out where a checksum around them was verified, or this
// process wrote them.
enum class Damage : uint8_t { kPossible, kRuledOut };

// Immutable.
class Image {
 public:
  Image() = default;
  Image(Image&&) = default;
  Image& operator=(Image&&) = default;

  // Verifies everything a reader relies on: magic, version, sizes, section bounds, every index and string, arity and
  // sort of every expression, argument order; and the checksum, if damage is possible. Takes untrusted bytes.
  static Result<Image> Parse(std::vector<std::byte> bytes, Damage damage = Damage::kPossible);
  // The same for bytes that stay where they are. REQUIRES: they outlive the image and are 8-byte aligned.
  static Result<Image> ParseInPlace(std::span<const std::byte> bytes, Damage damage = Damage::kPossible);
  // Bytes that ParseInPlace has verified before. REQUIRES: that, and what it requires.
  static Image ViewVerified(std::span<const std::byte> bytes);

  const abi::ImageHeader& header() const { return *reinterpret_cast<const abi::ImageHeader*>(bytes_.data()); }
  std::span<const std::byte> bytes() const { return bytes_; }

  std::span<const abi::ImageField> fields() const { return Section<abi::ImageField>(header().fields); }
  std::span<const abi::ImageScope> scopes() const { return Section<abi::ImageScope>(header().scopes); }
  std::span<const abi::ImageFunction> functions() const { return Section<abi::ImageFunction>(header().functions); }
  std::span<const abi::ImageLiteral> literals() const { return Section<abi::ImageLiteral>(header().literals); }
  std::span<const abi::ExprNode> exprs() const { return Section<abi::ExprNode>(header().exprs); }
  std::span<const abi::ImageCondition> conditions() const { return Section<abi::ImageCondition>(header().conditions); }
  // [ConditionId]; empty in an image without index.
  std::span<const abi::ImageRequirement> requirements() const {
    return Section<abi::ImageRequirement>(header().requirements);
  }
  std::span<const abi::ImageClause> clauses() const { return Section<abi::ImageClause>(header().clauses); }
  std::span<const abi::ImageTest> tests() const { return Section<abi::ImageTest>(header().tests); }
  std::span<const abi::ImageSignatureField> signature() const {
    return Section<abi::ImageSignatureField>(header().signature);
  }
  std::span<const abi::ImageRule> rules() const { return Section<abi::ImageRule>(header().rules); }
  std::span<const abi::ImageItem> items() const { return Section<abi::ImageItem>(header().items); }
  std::span<const abi::ImageComputed> computed() const { return Section<abi::ImageComputed>(header().computed); }
  std::span<const abi::ImageKey> keys() const { return Section<abi::ImageKey>(header().keys); }
  std::span<const abi::ImagePipe> pipes() const { return Section<abi::ImagePipe>(header().pipes); }
  std::span<const abi::ImageProcessModel> process_models() const {
    return Section<abi::ImageProcessModel>(header().process_models);
  }
  std::span<const abi::ImageLineage> lineages() const { return Section<abi::ImageLineage>(header().lineages); }

  std::span<const abi::ExprId> args(abi::ExprId id) const {
    const abi::ExprNode& node = exprs()[id];
    return Section<abi::ExprId>(header().args).subspan(node.first_arg, node.arg_count);
  }
  std::span<const abi::ExprId> args(const abi::ImagePipe& pipe) const {
    return Section<abi::ExprId>(header().args).subspan(pipe.first_arg, pipe.arg_count);
  }
  std::string_view text(abi::ImageString s) const {
    return {reinterpret_cast<const char*>(bytes_.data()) + header().bytes.offset + s.offset, s.size};
  }

 private:
  template <typename T>
  std::span<const T> Section(const abi::ImageSection& s) const {
    return {reinterpret_cast<const T*>(bytes_.data() + s.offset), s.count};
  }

  std::vector<std::byte> owned_;  // empty: someone else keeps the bytes
  std::span<const std::byte> bytes_;
};

}  // namespace eqlc
