// Image::Parse: from untrusted bytes to an image every reader may index without looking. Four passes, each relying on
// those before: layout (header, sections, checksum), tables (strings, literals, fields), expressions (in order, so that
// arguments are known good), rules.
// Tested by tests/unit/runtime/program/image_test.cpp and tests/fuzz/image_fuzz.cpp.
#include "runtime/program/image.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstring>
#include <tuple>
#include <utility>

#include "eqlc/limits.hpp"
#include "eqlc/program.hpp"
#include "runtime/abi/rule_index.h"
#include "runtime/value/checksum.h"
#include "runtime/value/date.h"

namespace eqlc {
namespace {

using abi::ExprId;
using abi::ExprNode;
using abi::Op;

static_assert(std::endian::native == std::endian::little, "images are little-endian and used in place");

template <typename... Parts>
Error Damaged(const Parts&... parts) {
  std::string message = "damaged program image: ";
  const auto add = [&message](const auto& part) {
    if constexpr (std::is_integral_v<std::decay_t<decltype(part)>>) {
      message += std::to_string(part);
    } else {
      message += part;
    }
  };
  (add(parts), ...);
  return Error{std::move(message)};
}

bool InRange(uint64_t first, uint64_t count, uint64_t size) { return first <= size && count <= size - first; }

// --- layout ---

Status CheckHeader(std::span<const std::byte> bytes, Damage damage) {
  if (bytes.size() < sizeof(abi::kImageMagic) ||
      std::memcmp(bytes.data(), abi::kImageMagic, sizeof(abi::kImageMagic)) != 0) {
    return Error{"not a program image"};
  }
  if (bytes.size() < sizeof(abi::ImageHeader)) return Damaged("cut off within the header");
  const auto& header = *reinterpret_cast<const abi::ImageHeader*>(bytes.data());
  if (header.version != abi::kImageVersion) {
    return Error{"the program image has version " + std::to_string(header.version) + ", this build reads version " +
                 std::to_string(abi::kImageVersion) + "; compile the rules again"};
  }
  if (header.header_size != sizeof(abi::ImageHeader)) return Damaged("header of ", header.header_size, " bytes");
  if (header.size != bytes.size()) {
    return Damaged("it should have ", header.size, " bytes and has ", bytes.size());
  }
  if (bytes.size() > limits::kMaxImageBytes) return Error{"the program image is too large"};
  if (damage == Damage::kPossible && header.checksum != Checksum(bytes.subspan(sizeof(abi::ImageHeader)))) {
    return Damaged("wrong checksum");
  }
  return {};
}

// Sections lie behind one another in the order of EQLC_IMAGE_SECTIONS; `end` is where the last one ended.
Status CheckSection(const abi::ImageSection& section, size_t element_size, const char* name, uint64_t size,
                    uint64_t& end) {
  if (section.offset % 8 != 0) return Damaged("section ", name, " is not aligned");
  if (section.offset < end || section.offset > size) return Damaged("section ", name, " is out of place");
  if (section.count > (size - section.offset) / element_size) return Damaged("section ", name, " is cut off");
  if (section.count >= abi::kNone) return Damaged("section ", name, " has too many elements");
  end = section.offset + section.count * element_size;
  return {};
}

Status CheckSections(const abi::ImageHeader& header) {
  using namespace abi;  // NOLINT: the element types of EQLC_IMAGE_SECTIONS
  uint64_t end = sizeof(ImageHeader);
#define X(name, type) \
  if (Status status = CheckSection(header.name, sizeof(type), #name, header.size, end); !status) return status;
  EQLC_IMAGE_SECTIONS(X)
#undef X
  return {};
}

// --- tables, expressions and rules: an image whose sections are in bounds ---

class Verifier {
 public:
  explicit Verifier(const Image& image) : image_(image), header_(image.header()) {}

  Status Verify() {
    for (auto check :
         {&Verifier::CheckLiterals, &Verifier::CheckFields, &Verifier::CheckScopes, &Verifier::CheckFunctions,
          &Verifier::CheckExprs, &Verifier::CheckConditions, &Verifier::CheckIndex, &Verifier::CheckComputed,
          &Verifier::CheckLineages, &Verifier::CheckPlans}) {
      if (Status status = (this->*check)(); !status) return status;
    }
    return {};
  }

 private:
  bool IsText(abi::ImageString s) const { return InRange(s.offset, s.size, header_.bytes.count); }
  // A field of the event itself.
  bool HasRole(abi::FieldId field, abi::FieldRole role) const {
    return field < image_.fields().size() && image_.fields()[field].role == role;
  }
  bool IsEventField(abi::FieldId field) const { return HasRole(field, abi::FieldRole::kValue); }
  // The identity of a process.
  bool IsIdentity(abi::FieldId field) const { return IsEventField(field) || HasRole(field, abi::FieldRole::kWhole); }
  bool IsKey(abi::FieldId field) const { return IsIdentity(field) || HasRole(field, abi::FieldRole::kComputed); }
  bool IsEventFieldOrNone(abi::FieldId field) const { return field == abi::kNone || IsEventField(field); }

  bool IsReading(const abi::ImageField& field) const {
    const size_t literals = image_.literals().size();
    if (field.null_value != abi::kNone && field.null_value >= literals) return false;
    if (field.date_formats == abi::kNone) return true;
    if (field.date_formats >= literals) return false;
    const abi::ImageLiteral& formats = image_.literals()[field.date_formats];
    return formats.kind == abi::ValueKind::kString &&
           AreDateFormats(image_.text({static_cast<uint32_t>(formats.payload), formats.size}));
  }

  Status CheckFields() {
    std::vector<std::tuple<abi::FieldRole, uint32_t, uint32_t, std::string_view>> seen;
    for (size_t i = 0; i < image_.fields().size(); ++i) {
      const abi::ImageField& field = image_.fields()[i];
      if (!IsText(field.path)) return Damaged("field path out of bounds");
      if (!IsReading(field)) return Damaged("a field is to be read in a way that does not exist");
      if (!IsField(field)) return Damaged("field ", i, " refers to something that is not there");
      seen.emplace_back(field.role, field.source, field.scope, image_.text(field.path));
    }
    std::sort(seen.begin(), seen.end());
    if (std::adjacent_find(seen.begin(), seen.end()) != seen.end()) return Damaged("a field is listed twice");
    if (!IsEventFieldOrNone(header_.timestamp_field) || !IsEventFieldOrNone(header_.tiebreaker_field)) {
      return Damaged("timestamp or tiebreaker field out of range");
    }
    return {};
  }

  // Sources are roles of the event itself, so members do not refer to members.
  bool IsField(const abi::ImageField& field) const {
    switch (field.role) {
      case abi::FieldRole::kValue:
      case abi::FieldRole::kElements:
      case abi::FieldRole::kWhole:
      case abi::FieldRole::kComputed:
        return field.source == abi::kNone && field.scope == abi::kNone;
      case abi::FieldRole::kMember:
        return (IsEventField(field.source) || IsArray(field.source)) && field.scope < image_.scopes().size();
      case abi::FieldRole::kAlias:
        return field.source == abi::kNone && field.scope < limits::kMaxSequenceItems;
      case abi::FieldRole::kRow:
        return field.source == abi::kNone && field.scope > 0 && field.scope < limits::kMaxSequenceItems;
      case abi::FieldRole::kLineage:
        return field.source < image_.lineages().size() && field.scope == abi::kNone;
    }
    return false;
  }

  bool IsArray(abi::FieldId field) const { return HasRole(field, abi::FieldRole::kElements); }

  // REQUIRES: the fields are good.
  Status CheckScopes() {
    for (const abi::ImageScope& scope : image_.scopes()) {
      const bool in_range = scope.array < image_.fields().size();
      const abi::FieldId array = in_range && image_.fields()[scope.array].role == abi::FieldRole::kMember
                                     ? image_.fields()[scope.array].source
                                     : scope.array;
      if (!in_range || !IsArray(array)) return Damaged("an array search without array");
      if (scope.depth >= limits::kMaxArraySearchNesting) return Damaged("array searches are nested too deep");
    }
    return {};
  }

  Status CheckFunctions() {
    for (const abi::ImageFunction& function : image_.functions()) {
      if (!IsText(function.name)) return Damaged("function name out of bounds");
    }
    return {};
  }

  bool IsLiteral(const abi::ImageLiteral& literal) const {
    switch (literal.kind) {
      case abi::ValueKind::kNull:
      case abi::ValueKind::kInt:
        return true;
      case abi::ValueKind::kBool:
        return literal.payload <= 1;
      case abi::ValueKind::kUint:
        return literal.payload > uint64_t{INT64_MAX};
      case abi::ValueKind::kDouble:
        return std::isfinite(std::bit_cast<double>(literal.payload));
      case abi::ValueKind::kJson:
        return false;
      case abi::ValueKind::kString:
        return InRange(literal.payload, literal.size, header_.bytes.count);
    }
    return false;
  }

  Status CheckLiterals() {
    for (size_t i = 0; i < image_.literals().size(); ++i) {
      if (!IsLiteral(image_.literals()[i])) return Damaged("literal ", i, " is malformed");
    }
    return {};
  }

  // --- expressions ---

  Status CheckExprs() {
    const size_t count = image_.exprs().size();
    depth_.resize(count);
    expanded_.resize(count);
    searches_.resize(count);
    leaf_seen_.assign(std::min<size_t>(header_.leaf_count, count), 0);
    uint32_t leaves = 0;
    for (ExprId id = 0; id < count; ++id) {
      if (Status status = CheckExpr(id); !status) return status;
      leaves += image_.exprs()[id].op == Op::kLeaf;
    }
    if (leaves != header_.leaf_count) return Damaged("wrong number of leaves");
    return {};
  }

  Status CheckExpr(ExprId id) {
    const ExprNode& node = image_.exprs()[id];
    if (!IsShape(node)) return Damaged("expression ", id, " has a bad operator, flags or number of arguments");
    for (const ExprId arg : image_.args(id)) {
      if (arg >= id) return Damaged("expression ", id, " does not come after its arguments");
    }
    if (!IsAux(node)) return Damaged("expression ", id, " refers to something that is not there");
    if (!HasGoodArguments(id)) return Damaged("expression ", id, " has arguments that it cannot take");
    return Measure(id);
  }

  bool IsShape(const ExprNode& node) const {
    static constexpr int kArity[] = {
#define X(name, text, arity, aux) arity,
        EQLC_OPS(X)
#undef X
    };
    if (static_cast<size_t>(node.op) >= std::size(kArity)) return false;
    if (!InRange(node.first_arg, node.arg_count, header_.args.count)) return false;
    const int arity = kArity[static_cast<size_t>(node.op)];
    if (arity >= 0 && node.arg_count != static_cast<uint32_t>(arity)) return false;
    const bool compares = node.op >= Op::kEq && node.op <= Op::kGe;
    const bool matches = node.op == Op::kIn || node.op == Op::kLike || node.op == Op::kRegex;
    const bool divides = node.op == Op::kDiv || node.op == Op::kMod;
    uint8_t allowed = 0;
    if (compares || matches || node.op == Op::kCall) allowed |= abi::kFold;
    if (compares || matches || divides) allowed |= abi::kPython;
    return (node.flags & ~allowed) == 0;
  }

  bool IsAux(const ExprNode& node) {
    switch (node.op) {
      case Op::kConst:
        return node.aux < image_.literals().size();
      case Op::kField:
        return node.aux < image_.fields().size();
      case Op::kCall:
        return node.aux < image_.functions().size();
      case Op::kVar:
      case Op::kSearch:
      case Op::kCount:
        return node.aux <= limits::kMaxExprDepth;
      case Op::kLeaf:
        return node.aux < leaf_seen_.size() && std::exchange(leaf_seen_[node.aux], uint8_t{1}) == 0;
      case Op::kAnyElement:
        return node.aux < image_.scopes().size();
      default:
        return node.aux == abi::kNone;
    }
  }

  bool IsConstant(ExprId id, bool text) const {
    const ExprNode& node = image_.exprs()[id];
    return node.op == Op::kConst && (!text || image_.literals()[node.aux].kind == abi::ValueKind::kString);
  }

  // Sorts of arguments, and the invariants 3 to 5 of compiler/ir/ir.h, but for duplicates, which do no harm.
  bool HasGoodArguments(ExprId id) const {
    const Op op = image_.exprs()[id].op;
    const auto args = image_.args(id);
    const auto op_of = [this](ExprId arg) { return image_.exprs()[arg].op; };
    const auto is_value = [&](ExprId arg) { return !IsCondition(op_of(arg)); };
    if (op == Op::kAll || op == Op::kAny) {
      return args.size() != 1 && std::all_of(args.begin(), args.end(),
                                             [&](ExprId arg) { return IsCondition(op_of(arg)) && op_of(arg) != op; });
    }
    if (op == Op::kNever) return op_of(args[0]) == Op::kLeaf || op_of(args[0]) == Op::kAnyElement;
    if (op == Op::kAnyElement) return IsCondition(op_of(args[0]));
    if (!std::all_of(args.begin(), args.end(), is_value)) return false;
    if (op != Op::kIn && op != Op::kLike && op != Op::kRegex) return true;
    return !args.empty() && std::all_of(args.begin() + 1, args.end(),
                                        [&](ExprId arg) { return IsConstant(arg, /*text=*/op != Op::kIn); });
  }

  // Depth bounds the evaluator's stack. The expanded size (shared nodes counted at each use; a leaf counts once in the
  // conditions above it, because its result is kept) bounds its time.
  Status Measure(ExprId id) {
    uint32_t depth = 0;
    uint32_t searches = image_.exprs()[id].op == Op::kAnyElement ? 1 : 0;
    uint64_t expanded = 1;
    for (const ExprId arg : image_.args(id)) {
      depth = std::max(depth, depth_[arg]);
      searches = std::max(searches, searches_[arg] + (image_.exprs()[id].op == Op::kAnyElement ? 1 : 0));
      expanded = std::min(expanded + expanded_[arg], limits::kMaxExpandedExprs + 1);
    }
    depth_[id] = depth + 1;
    expanded_[id] = expanded;
    searches_[id] = searches;
    if (searches > limits::kMaxArraySearchNesting) return Damaged("array searches are nested too deep");
    if (depth_[id] > limits::kMaxExprDepth) return Damaged("expression ", id, " is nested too deep");
    if (image_.exprs()[id].op != Op::kLeaf) return {};
    expanded_[id] = 1;
    return Spend(expanded);
  }

  Status Spend(uint64_t expanded) {
    work_ += expanded;
    if (work_ > limits::kMaxExpandedExprs) return Damaged("its expressions are too large");
    return {};
  }

  // --- rules ---

  Status CheckConditions() {
    for (size_t i = 0; i < image_.conditions().size(); ++i) {
      const ExprId root = image_.conditions()[i].root;
      if (root >= image_.exprs().size() || !IsCondition(image_.exprs()[root].op)) {
        return Damaged("condition ", i, " has no root");
      }
      if (Status status = Spend(expanded_[root]); !status) return status;
    }
    return {};
  }

  bool IsValue(ExprId expr) const { return expr < image_.exprs().size() && !IsCondition(image_.exprs()[expr].op); }

  Status CheckComputed() {
    for (const abi::ImageComputed& computed : image_.computed()) {
      const bool is_good = computed.condition < image_.conditions().size() &&
                           HasRole(computed.field, abi::FieldRole::kComputed) && IsValue(computed.expr) &&
                           computed.fold <= 1;
      if (!is_good) return Damaged("a computed field is malformed");
      if (Status status = Spend(expanded_[computed.expr]); !status) return status;
    }
    return {};
  }

  bool IsConditionOrNone(abi::ConditionId id) const { return id == abi::kNone || id < image_.conditions().size(); }

  Status CheckLineages() {
    for (const abi::ImageProcessModel& model : image_.process_models()) {
      if (!IsIdentity(model.process) || !IsIdentity(model.parent) ||
          !(model.ancestry == abi::kNone || IsIdentity(model.ancestry)) || !IsConditionOrNone(model.link) ||
          !IsConditionOrNone(model.end) || !IsConditionOrNone(model.reset) || !IsConditionOrNone(model.step)) {
        return Damaged("a process model is malformed");
      }
    }
    for (size_t i = 0; i < image_.lineages().size(); ++i) {
      const abi::ImageLineage& lineage = image_.lineages()[i];
      const bool is_good = lineage.kind <= abi::LineageKind::kEvent && lineage.model < image_.process_models().size() &&
                           lineage.source < image_.conditions().size() &&
                           HasRole(lineage.field, abi::FieldRole::kLineage);
      if (!is_good) return Damaged("lineage ", i, " is malformed");
    }
    return {};
  }

  // Requirements, clauses and tests lie one behind the other, so that building on them takes linear time. Whether a
  // requirement follows from its condition is not checked: a wrong one costs alerts, not safety.
  Status CheckIndex() {
    uint64_t clauses = 0;
    uint64_t tests = 0;
    for (const abi::ImageRequirement& requirement : image_.requirements()) {
      if (requirement.first_clause != clauses) return Damaged("the requirements overlap");
      clauses += requirement.clause_count;
    }
    for (const abi::ImageClause& clause : image_.clauses()) {
      if (clause.first_test != tests || clause.test_count == 0) return Damaged("the clauses overlap");
      if (clause.test_count > limits::kMaxTestsPerClause) return Damaged("a clause of the index is too long");
      tests += clause.test_count;
    }
    // Without any requirement there is no index, and nobody looks one up.
    const bool complete = image_.requirements().empty() ? image_.signature().empty()
                                                        : image_.requirements().size() == image_.conditions().size();
    if (!complete || clauses != image_.clauses().size() || tests != image_.tests().size()) {
      return Damaged("the index is incomplete");
    }
    const auto is_good = [this](const abi::ImageTest& test) { return IsTest(test); };
    if (!std::ranges::all_of(image_.tests(), is_good)) return Damaged("a test of the index is malformed");
    if (image_.signature().size() > limits::kMaxSignatureFields) return Damaged("too many signature fields");
    for (const abi::ImageSignatureField& field : image_.signature()) {
      if (field.field >= image_.fields().size()) return Damaged("signature field out of range");
    }
    return {};
  }

  bool IsTest(const abi::ImageTest& test) const {
    if (test.field >= image_.fields().size()) return false;
    if (test.skip > (test.kind == abi::TestKind::kPrefix ? 1 : 0)) return false;
    if (test.kind == abi::TestKind::kPresent) return test.literal == abi::kNone;
    if (test.literal >= image_.literals().size()) return false;
    const abi::ImageLiteral& literal = image_.literals()[test.literal];
    switch (test.kind) {
      case abi::TestKind::kPresent:
        break;
      case abi::TestKind::kEqual:
        return literal.kind != abi::ValueKind::kNull;
      case abi::TestKind::kPrefix:
      case abi::TestKind::kSuffix:
        return literal.kind == abi::ValueKind::kString && literal.size >= abi::kMinAnchoredBytes;
      case abi::TestKind::kContains:
        return literal.kind == abi::ValueKind::kString && literal.size >= abi::kMinContainedBytes;
    }
    return false;
  }

  Status CheckPipe(const abi::ImagePipe& pipe) {
    if (pipe.kind > abi::PipeKind::kUniqueCount || pipe.fold > 1) return Damaged("unknown pipe");
    if (!InRange(pipe.first_arg, pipe.arg_count, header_.args.count)) return Damaged("a pipe's arguments do not exist");
    const bool takes_none = pipe.kind == abi::PipeKind::kHead || pipe.kind == abi::PipeKind::kTail;
    const bool takes_one = pipe.kind == abi::PipeKind::kFilter;
    if ((takes_none && pipe.arg_count != 0) || (takes_one && pipe.arg_count != 1)) {
      return Damaged("a pipe with a wrong number of arguments");
    }
    for (const ExprId arg : image_.args(pipe)) {
      if (!IsValue(arg)) return Damaged("a pipe's argument is no value expression");
      if (Status status = Spend(expanded_[arg]); !status) return status;
    }
    return {};
  }

  Status CheckPlans() {
    for (const abi::ImageKey& key : image_.keys()) {
      if (!IsKey(key.field) || !IsEventFieldOrNone(key.fallback) || key.optional > 1 ||
          static_cast<uint8_t>(key.type) >= abi::kKeyTypeCount) {
        return Damaged("a key is malformed");
      }
    }
    for (const abi::ImagePipe& pipe : image_.pipes()) {
      if (Status status = CheckPipe(pipe); !status) return status;
    }
    // Those of no rule, too: conditions are evaluated for what any item asks.
    for (size_t i = 0; i < image_.items().size(); ++i) {
      if (!IsItem(image_.items()[i])) return Damaged("item ", i, " is malformed");
    }
    for (size_t i = 0; i < image_.rules().size(); ++i) {
      const abi::ImageRule& rule = image_.rules()[i];
      if (!IsRule(rule)) return Damaged("rule ", i, " is malformed");
      if (!IsPlan(rule)) return Damaged("rule ", i, " has items that do not fit its kind");
    }
    return {};
  }

  bool IsRule(const abi::ImageRule& rule) const {
    for (const abi::ImageString& s : {rule.id, rule.name, rule.severity, rule.query, rule.parameters}) {
      if (!IsText(s)) return false;
    }
    if (rule.kind > static_cast<uint8_t>(RuleKind::kJoin) || rule.until_first > 1) return false;
    if (rule.item_count == 0 || rule.item_count > limits::kMaxSequenceItems) return false;
    if (!InRange(rule.first_item, rule.item_count, image_.items().size())) return false;
    if (rule.until_item != abi::kNone && rule.until_item >= image_.items().size()) return false;
    if (!InRange(rule.first_pipe, rule.pipe_count, image_.pipes().size())) return false;
    if (rule.pipe_count > limits::kMaxPipes) return false;
    const auto items = image_.items().subspan(rule.first_item, rule.item_count);
    return rule.maxspan_ns >= -1 &&
           std::all_of(items.begin(), items.end(), [&](const abi::ImageItem& item) { return HasKeys(rule, item); }) &&
           (rule.until_item == abi::kNone || HasKeys(rule, image_.items()[rule.until_item]));
  }

  bool HasKeys(const abi::ImageRule& rule, const abi::ImageItem& item) const {
    return InRange(item.first_key, rule.key_count, image_.keys().size());
  }

  bool IsItem(const abi::ImageItem& item) const {
    return item.condition < image_.conditions().size() && IsConditionOrNone(item.residual) && item.runs >= 1 &&
           item.runs <= limits::kMaxRuns && item.missing <= 1 && item.fork <= 1;
  }

  // What each kind of rule may have, besides good indices.
  bool IsPlan(const abi::ImageRule& rule) const {
    const auto items = image_.items().subspan(rule.first_item, rule.item_count);
    const auto is_plain = [](const abi::ImageItem& item) {
      return item.runs == 1 && item.missing == 0 && item.residual == abi::kNone;
    };
    const bool all_plain = std::all_of(items.begin(), items.end(), is_plain);
    const bool has_until = rule.until_item != abi::kNone;
    switch (static_cast<RuleKind>(rule.kind)) {
      case RuleKind::kEvent:
        return items.size() == 1 && all_plain && rule.key_count == 0 && !has_until;
      case RuleKind::kSample:
        return items.size() <= limits::kMaxSampleItems && all_plain && !has_until;
      case RuleKind::kJoin:
        return all_plain && (!has_until || is_plain(image_.items()[rule.until_item]));
      case RuleKind::kSequence:
        // The first item has no event before it.
        return items[0].residual == abi::kNone && (!has_until || is_plain(image_.items()[rule.until_item])) &&
               std::any_of(items.begin(), items.end(), [](const abi::ImageItem& item) { return item.missing == 0; });
    }
    return false;
  }

  const Image& image_;
  const abi::ImageHeader& header_;
  std::vector<uint32_t> depth_;     // [ExprId]: 1 for an expression without arguments
  std::vector<uint64_t> expanded_;  // [ExprId]: size as a tree
  std::vector<uint32_t> searches_;  // [ExprId]: array searches inside each other
  std::vector<uint8_t> leaf_seen_;  // [LeafId]
  uint64_t work_ = 0;
};

}  // namespace

Result<Image> Image::Parse(std::vector<std::byte> bytes, Damage damage) {
  Result<Image> image = ParseInPlace(bytes, damage);
  if (image) image->owned_ = std::move(bytes);  // which leaves them where they are
  return image;
}

Image Image::ViewVerified(std::span<const std::byte> bytes) {
  assert(ParseInPlace(bytes, Damage::kRuledOut).ok());
  Image image;
  image.bytes_ = bytes;
  return image;
}

Result<Image> Image::ParseInPlace(std::span<const std::byte> bytes, Damage damage) {
  Image image;
  image.bytes_ = bytes;
  if (Status status = CheckHeader(image.bytes_, damage); !status) return status.error();
  if (Status status = CheckSections(image.header()); !status) return status.error();
  if (Status status = Verifier(image).Verify(); !status) return status.error();
  return image;
}

}  // namespace eqlc
