// WriteImage: the module as flat bytes. Sections in the order of EQLC_IMAGE_SECTIONS, each 8-byte aligned, padding
// zero, so that equal modules give equal bytes. Tested by tests/unit/compiler/ir/image_writer_test.cpp.
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "compiler/ir/ir.h"
#include "compiler/support/heap.h"
#include "runtime/value/checksum.h"

namespace eqlc::ir {
namespace {

constexpr size_t kAlignment = 8;

size_t Aligned(size_t size) { return (size + kAlignment - 1) / kAlignment * kAlignment; }

// Texts behind one another, which stay where they are until the image is put together: most of it is texts of rules.
class TextList {
 public:
  using value_type = char;

  // The offset of the text.
  uint32_t Add(std::string_view text) {
    const size_t offset = size_;
    texts_.push_back(text);
    size_ += text.size();
    return static_cast<uint32_t>(offset);
  }

  size_t size() const { return size_; }
  const std::vector<std::string_view>& texts() const { return texts_; }

 private:
  std::vector<std::string_view> texts_;
  size_t size_ = 0;
};

class ImageWriter {
 public:
  explicit ImageWriter(const Module& module) : module_(module), args_(module.all_args()) {}

  std::vector<std::byte> Write() {
    for (FieldId id = 0; id < module_.fields().size(); ++id) AddField(id);
    for (const ir::Scope& scope : module_.scopes()) scopes_.push_back({scope.array, scope.depth});
    process_models_ = module_.process_models();
    lineages_ = module_.lineages();
    for (const std::string& name : module_.functions()) functions_.push_back({AddText(name)});
    for (const Literal& literal : module_.literals()) AddLiteral(literal);
    for (const ExprId root : module_.conditions()) conditions_.push_back({root});
    for (const Rule& rule : module_.rules()) AddRule(rule);
    computed_ = module_.computed();
    return Assemble();
  }

 private:
  // Equal texts are stored once.
  abi::ImageString AddText(const std::string& text) {
    const auto [it, added] = texts_.try_emplace(text, static_cast<uint32_t>(bytes_.size()));
    if (added) bytes_.Add(text);
    return {it->second, static_cast<uint32_t>(text.size())};
  }

  // For texts that hardly any other is equal to: literals, which are there once, and long texts of rules. To look for
  // one would take longer than all the rest.
  abi::ImageString AddOwnText(std::string_view text) { return {bytes_.Add(text), static_cast<uint32_t>(text.size())}; }

  void AddField(FieldId id) {
    const FieldRef& ref = module_.field_refs()[id];
    fields_.push_back({AddText(module_.fields()[id]), module_.null_value(id), module_.date_formats(id), ref.role,
                       ref.source, ref.scope});
  }

  void AddLiteral(const Literal& literal) {
    abi::ImageLiteral out{.payload = static_cast<uint64_t>(literal.i64), .size = 0, .kind = literal.kind, .unused = {}};
    if (literal.kind == abi::ValueKind::kString) {
      const abi::ImageString text = AddOwnText(literal.text);
      out.payload = text.offset;
      out.size = text.size;
    }
    literals_.push_back(out);
  }

  void AddItem(const Item& item) {
    items_.push_back({.condition = item.condition,
                      .first_key = static_cast<uint32_t>(keys_.size()),
                      .runs = item.runs,
                      .missing = item.missing,
                      .fork = item.fork,
                      .residual = item.residual});
    for (const Key& key : item.keys) {
      keys_.push_back({key.field, key.optional ? uint8_t{1} : uint8_t{0}, key.type, {}, key.fallback});
    }
  }

  void AddRule(const Rule& rule) {
    abi::ImageRule out{};
    out.id = AddText(rule.id);
    out.name = AddText(rule.name);
    out.severity = AddText(rule.severity);
    out.query = AddOwnText(rule.query.text());
    out.parameters = AddOwnText(rule.parameters.text());
    out.risk_score = rule.risk_score;
    out.kind = static_cast<uint8_t>(rule.kind);
    out.until_first = rule.until_first;
    out.first_item = static_cast<uint32_t>(items_.size());
    out.item_count = static_cast<uint32_t>(rule.items.size());
    out.key_count = static_cast<uint32_t>(rule.items[0].keys.size());
    for (const Item& item : rule.items) AddItem(item);
    out.until_item = rule.has_until ? static_cast<uint32_t>(items_.size()) : abi::kNone;
    if (rule.has_until) AddItem(rule.until);
    out.maxspan_ns = rule.maxspan_ns;
    out.first_pipe = static_cast<uint32_t>(pipes_.size());
    out.pipe_count = static_cast<uint32_t>(rule.pipes.size());
    for (const Pipe& pipe : rule.pipes) AddPipe(pipe);
    rules_.push_back(out);
  }

  void AddPipe(const Pipe& pipe) {
    pipes_.push_back({.kind = pipe.kind,
                      .fold = pipe.fold,
                      .first_arg = static_cast<uint32_t>(args_.size()),
                      .arg_count = static_cast<uint32_t>(pipe.args.size()),
                      .count = pipe.count});
    args_.insert(args_.end(), pipe.args.begin(), pipe.args.end());
  }

  template <typename Container>
  static size_t BytesOf(const Container& elements) {
    return Aligned(elements.size() * sizeof(typename Container::value_type));
  }

  template <typename Container>
  abi::ImageSection Append(const Container& elements) {
    const abi::ImageSection section{out_.size(), elements.size()};
    AppendElements(elements);
    out_.resize(Aligned(out_.size()));
    return section;
  }

  template <typename T>
  void AppendElements(const std::vector<T>& elements) {
    static_assert(std::is_trivially_copyable_v<T>);
    const auto bytes = std::as_bytes(std::span(elements));
    out_.insert(out_.end(), bytes.begin(), bytes.end());
  }
  void AppendElements(const TextList& list) {
    for (const std::string_view text : list.texts()) {
      const auto bytes = std::as_bytes(std::span(text));
      out_.insert(out_.end(), bytes.begin(), bytes.end());
    }
  }

  std::vector<std::byte> Assemble() {
    const std::vector<ExprNode>& exprs_ = module_.exprs();
    const std::vector<abi::ImageRequirement>& requirements_ = module_.index.requirements;
    const std::vector<abi::ImageClause>& clauses_ = module_.index.clauses;
    const std::vector<abi::ImageTest>& tests_ = module_.index.tests;
    const std::vector<abi::ImageSignatureField>& signature_ = module_.index.signature;
    abi::ImageHeader header{};
    static_assert(sizeof(header) % kAlignment == 0);
    size_t size = sizeof(header);
#define X(name, type) size += BytesOf(name##_);
    EQLC_IMAGE_SECTIONS(X)
#undef X
    out_.reserve(size);
    PreferHugePages(out_.data(), size);
    out_.resize(sizeof(header));
#define X(name, type) header.name = Append(name##_);
    EQLC_IMAGE_SECTIONS(X)
#undef X
    std::memcpy(header.magic, abi::kImageMagic, sizeof(header.magic));
    header.version = abi::kImageVersion;
    header.header_size = sizeof(header);
    header.size = out_.size();
    header.checksum = Checksum(std::span(out_).subspan(sizeof(header)));
    header.leaf_count = module_.leaf_count();
    header.timestamp_field = module_.timestamp_field;
    header.tiebreaker_field = module_.tiebreaker_field;
    std::memcpy(out_.data(), &header, sizeof(header));
    return std::move(out_);
  }

  const Module& module_;
  std::vector<ExprId> args_;  // the module's, then those of the pipes
  std::vector<abi::ImageField> fields_;
  std::vector<abi::ImageScope> scopes_;
  std::vector<abi::ImageFunction> functions_;
  std::vector<abi::ImageLiteral> literals_;
  std::vector<abi::ImageCondition> conditions_;
  std::vector<abi::ImageRule> rules_;
  std::vector<abi::ImageItem> items_;
  std::vector<abi::ImageComputed> computed_;
  std::vector<abi::ImageKey> keys_;
  std::vector<abi::ImagePipe> pipes_;
  std::vector<abi::ImageProcessModel> process_models_;
  std::vector<abi::ImageLineage> lineages_;
  TextList bytes_;
  std::unordered_map<std::string_view, uint32_t> texts_;  // of the module
  std::vector<std::byte> out_;
};

}  // namespace

std::vector<std::byte> WriteImage(const Module& module) { return ImageWriter(module).Write(); }

}  // namespace eqlc::ir
