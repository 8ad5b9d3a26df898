// Program images made by hand, without the compiler: for tests of what reads images.
#pragma once

#include <cstddef>
#include <cstring>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "eqlc/program.hpp"
#include "runtime/abi/image.h"
#include "runtime/value/checksum.h"

namespace eqlc::testing {

// Sections are public, so that tests can break them; Build lays them out and fills the header.
class ImageBuilder {
 public:
  std::vector<abi::ImageField> fields;
  std::vector<abi::ImageScope> scopes;
  std::vector<abi::ImageFunction> functions;
  std::vector<abi::ImageLiteral> literals;
  std::vector<abi::ExprId> args;
  std::vector<abi::ExprNode> exprs;
  std::vector<abi::ImageCondition> conditions;
  std::vector<abi::ImageRequirement> requirements;
  std::vector<abi::ImageClause> clauses;
  std::vector<abi::ImageTest> tests;
  std::vector<abi::ImageSignatureField> signature;
  std::vector<abi::ImageRule> rules;
  std::vector<abi::ImageItem> items;
  std::vector<abi::ImageComputed> computed;
  std::vector<abi::ImageKey> keys;
  std::vector<abi::ImagePipe> pipes;
  std::vector<abi::ImageProcessModel> process_models;
  std::vector<abi::ImageLineage> lineages;
  std::vector<char> bytes;
  uint32_t leaf_count = 0;
  abi::FieldId timestamp_field = abi::kNone;
  abi::FieldId tiebreaker_field = abi::kNone;

  abi::ImageString Text(std::string_view text) {
    const auto offset = static_cast<uint32_t>(bytes.size());
    bytes.insert(bytes.end(), text.begin(), text.end());
    return {offset, static_cast<uint32_t>(text.size())};
  }

  abi::ExprId Node(abi::Op op, std::initializer_list<abi::ExprId> list, uint32_t aux = abi::kNone, uint8_t flags = 0) {
    exprs.push_back({op, flags, 0, aux, static_cast<uint32_t>(args.size()), static_cast<uint32_t>(list.size())});
    args.insert(args.end(), list);
    return static_cast<abi::ExprId>(exprs.size() - 1);
  }
  abi::ExprId Field(std::string_view path) {
    fields.push_back({Text(path), abi::kNone, abi::kNone});
    return Node(abi::Op::kField, {}, static_cast<uint32_t>(fields.size() - 1));
  }
  abi::ExprId Const(abi::ValueKind kind, uint64_t payload, uint32_t size = 0) {
    literals.push_back({payload, size, kind, {}});
    return Node(abi::Op::kConst, {}, static_cast<uint32_t>(literals.size() - 1));
  }
  abi::ExprId Int(int64_t i) { return Const(abi::ValueKind::kInt, static_cast<uint64_t>(i)); }
  abi::ExprId Bool(bool b) { return Const(abi::ValueKind::kBool, b ? 1 : 0); }
  abi::ExprId Null() { return Const(abi::ValueKind::kNull, 0); }
  abi::ExprId Str(std::string_view text) {
    const abi::ImageString s = Text(text);
    return Const(abi::ValueKind::kString, s.offset, s.size);
  }
  abi::ExprId Call(std::string_view function, std::initializer_list<abi::ExprId> list, uint8_t flags = 0) {
    functions.push_back({Text(function)});
    return Node(abi::Op::kCall, list, static_cast<uint32_t>(functions.size() - 1), flags);
  }
  abi::ExprId Leaf(abi::ExprId argument) { return Node(abi::Op::kLeaf, {argument}, leaf_count++); }

  abi::ConditionId Condition(abi::ExprId root) {
    conditions.push_back({root});
    return static_cast<abi::ConditionId>(conditions.size() - 1);
  }
  // A rule with one item per condition.
  abi::ImageRule& Rule(RuleKind kind, std::initializer_list<abi::ConditionId> list) {
    abi::ImageRule rule{};
    rule.id = Text("rule-" + std::to_string(rules.size()));
    rule.name = Text("A rule");
    rule.severity = Text("low");
    rule.query = Text("any where true");
    rule.parameters = Text("{}");
    rule.kind = static_cast<uint8_t>(kind);
    rule.first_item = static_cast<uint32_t>(items.size());
    rule.item_count = static_cast<uint32_t>(list.size());
    rule.until_item = abi::kNone;
    rule.maxspan_ns = -1;
    for (const abi::ConditionId condition : list)
      items.push_back({.condition = condition, .first_key = 0, .runs = 1, .missing = 0, .fork = 0});
    rules.push_back(rule);
    return rules.back();
  }

  std::vector<std::byte> Build() const {
    using namespace abi;  // NOLINT: the element types of EQLC_IMAGE_SECTIONS
    ImageHeader header{};
    std::memcpy(header.magic, kImageMagic, sizeof(header.magic));
    header.version = kImageVersion;
    header.header_size = sizeof(header);
    header.leaf_count = leaf_count;
    header.timestamp_field = timestamp_field;
    header.tiebreaker_field = tiebreaker_field;
    std::vector<std::byte> image(sizeof(header));
#define X(name, type) header.name = AddSection(image, name);
    EQLC_IMAGE_SECTIONS(X)
#undef X
    header.size = image.size();
    std::memcpy(image.data(), &header, sizeof(header));
    Seal(image);
    return image;
  }

  // Puts the right checksum into a changed image.
  static void Seal(std::vector<std::byte>& image) {
    const uint64_t hash = Checksum(std::span(image).subspan(sizeof(abi::ImageHeader)));
    std::memcpy(image.data() + offsetof(abi::ImageHeader, checksum), &hash, sizeof(hash));
  }

 private:
  template <typename T>
  static abi::ImageSection AddSection(std::vector<std::byte>& image, const std::vector<T>& elements) {
    image.resize((image.size() + 7) / 8 * 8);
    const abi::ImageSection section{image.size(), elements.size()};
    image.resize(image.size() + elements.size() * sizeof(T));
    if (!elements.empty()) std::memcpy(image.data() + section.offset, elements.data(), elements.size() * sizeof(T));
    return section;
  }
};

}  // namespace eqlc::testing
