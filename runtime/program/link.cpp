// LinkProgram: from a verified image to a Program that can be executed.
// Tested by tests/unit/runtime/program/link_test.cpp.
#include <algorithm>
#include <limits>
#include <string>
#include <unordered_set>
#include <utility>

#include "runtime/program/expr_walk.h"
#include "runtime/program/program.h"

namespace eqlc {
namespace {

using abi::ExprId;
using abi::ExprNode;
using abi::Op;

abi::Value ToValue(const Image& image, const abi::ImageLiteral& literal) {
  abi::Value value = abi::Null();
  value.kind = literal.kind;
  if (literal.kind == abi::ValueKind::kString) {
    return abi::String(image.text({static_cast<uint32_t>(literal.payload), literal.size}));
  }
  value.payload.u64 = literal.payload;
  return value;
}

RuleInfo ToRuleInfo(const Image& image, const abi::ImageRule& rule) {
  return {.id = image.text(rule.id),
          .name = image.text(rule.name),
          .severity = image.text(rule.severity),
          .risk_score = rule.risk_score,
          .kind = static_cast<RuleKind>(rule.kind),
          .query = image.text(rule.query),
          .parameters = image.text(rule.parameters)};
}

void LinkReadings(Program::Impl& impl) {
  bool all_plain = true;
  for (const abi::ImageField& field : impl.image.fields()) {
    FieldReading& reading = impl.readings.emplace_back();
    if (field.null_value != abi::kNone) reading.null_value = impl.literals[field.null_value];
    if (field.date_formats != abi::kNone) reading.date_formats = impl.literals[field.date_formats].text();
    all_plain &= reading.is_plain();
  }
  if (all_plain) impl.readings.clear();
}

void LinkTables(Program::Impl& impl) {
  for (const auto& rule : impl.image.rules()) impl.rules.push_back(ToRuleInfo(impl.image, rule));
  std::unordered_set<std::string_view> seen;
  for (const auto& field : impl.image.fields()) {
    impl.paths.push_back(impl.image.text(field.path));
    impl.roles.push_back(field.role);
    const bool in_events = field.role != abi::FieldRole::kLineage && field.role != abi::FieldRole::kComputed;
    if (in_events && seen.insert(impl.paths.back()).second) impl.fields.push_back(impl.paths.back());
  }
  for (const auto& literal : impl.image.literals()) impl.literals.push_back(ToValue(impl.image, literal));
  LinkReadings(impl);
}

Status LinkFunctions(Program::Impl& impl) {
  for (const abi::ImageFunction& f : impl.image.functions()) {
    const std::string_view name = impl.image.text(f.name);
    const Function* function = FindFunction(name);
    if (function == nullptr) return Error{"the program calls a function that this build lacks: " + std::string(name)};
    impl.functions.push_back(function);
  }
  return {};
}

Status CheckCall(const Function& function, const ExprNode& node) {
  if (node.arg_count < function.min_args() || node.arg_count > function.max_args()) {
    return Error{"the program calls " + std::string(function.name) + " with " + std::to_string(node.arg_count) +
                 " arguments"};
  }
  if ((node.flags & abi::kFold) != 0 && !function.has_fold_form) {
    return Error{"the program calls " + std::string(function.name) + "~, which does not exist"};
  }
  return {};
}

// The literals behind the first argument; nothing when some argument is no literal.
bool ConstantArguments(const Program::Impl& impl, std::span<const ExprId> args, std::vector<abi::Value>& constants) {
  constants.clear();
  for (const ExprId arg : args.subspan(1)) {
    const ExprNode& node = impl.image.exprs()[arg];
    if (node.op != Op::kConst) return false;
    constants.push_back(impl.literals[node.aux]);
  }
  return true;
}

Status LinkExprs(Program::Impl& impl) {
  const auto exprs = impl.image.exprs();
  impl.matchers.Resize(exprs.size());
  std::vector<abi::Value> constants;
  for (ExprId id = 0; id < exprs.size(); ++id) {
    const ExprNode& node = exprs[id];
    const Function* function = nullptr;
    if (node.op == Op::kCall) {
      function = static_cast<const Function*>(impl.functions[node.aux]);
      if (Status status = CheckCall(*function, node); !status) return status;
    } else if (node.op != Op::kIn && node.op != Op::kLike && node.op != Op::kRegex) {
      continue;
    }
    const auto args = impl.image.args(id);
    if (args.empty() || !ConstantArguments(impl, args, constants)) continue;
    if (Status status = impl.matchers.Add(id, node, function, constants); !status) return status;
  }
  return {};
}

// Collects the distinct fields below each leaf. Image::Parse bounds the sum of all leaves' sizes.
class LeafFieldCollector {
 public:
  explicit LeafFieldCollector(const Image& image) : image_(image), walk_(image) {}

  LeafFields Collect() {
    std::vector<ExprId> leaves(image_.header().leaf_count);
    for (ExprId id = 0; id < image_.exprs().size(); ++id) {
      if (image_.exprs()[id].op == Op::kLeaf) leaves[image_.exprs()[id].aux] = id;
    }
    for (const ExprId leaf : leaves) CollectLeaf(leaf);
    return std::move(result_);
  }

 private:
  void CollectLeaf(ExprId leaf) {
    const size_t first = result_.fields.size();
    bool bound = false;
    walk_.ForEachNode(leaf, [&](const ExprNode& node) {
      if (node.op != Op::kField) return;
      result_.fields.push_back(node.aux);
      bound |= abi::IsBound(image_.fields()[node.aux].role);
    });
    // Two nodes for one field cannot be told from one here, so drop duplicates too.
    std::sort(result_.fields.begin() + first, result_.fields.end());
    result_.fields.erase(std::unique(result_.fields.begin() + first, result_.fields.end()), result_.fields.end());
    result_.ends.push_back(static_cast<uint32_t>(result_.fields.size()));
    result_.bound.push_back(bound);
  }

  const Image& image_;
  ExprWalk walk_;
  LeafFields result_;
};

}  // namespace

Result<std::shared_ptr<const Program>> LinkProgram(Image image, std::unique_ptr<NativeCode> native) {
  auto impl = std::make_unique<Program::Impl>();
  impl->image = std::move(image);
  impl->native = std::move(native);
  LinkTables(*impl);
  if (Status status = LinkFunctions(*impl); !status) return status.error();
  if (Status status = LinkExprs(*impl); !status) return status.error();
  impl->leaf_fields = LeafFieldCollector(impl->image).Collect();
  return std::make_shared<const Program>(std::move(impl));
}

}  // namespace eqlc
