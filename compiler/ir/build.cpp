// BuildRule: the rule around its conditions. Tested by tests/unit/compiler/ir/build_test.cpp.
#include "compiler/ir/build.h"

#include <algorithm>
#include <cassert>

#include "compiler/ir/builder.h"
#include "compiler/ir/python_builder.h"
#include "compiler/support/overloaded.h"
#include "compiler/syntax/print.h"
#include "runtime/value/json.h"

namespace eqlc {
namespace ir {

void Builder::Lower(Rule& rule, std::vector<SplitCondition>& roots) {
  std::visit(Overloaded{[&](const ast::EventQuery& q) {
                          rule.kind = RuleKind::kEvent;
                          rule.items.emplace_back();
                          roots.push_back({Filter(q.filter)});
                        },
                        [&](const ast::Sequence& q) { LowerSequence(q, rule, roots); },
                        [&](const ast::Sample& q) { LowerSample(q, rule, roots); },
                        [](const ast::Join&) { assert(false && "sema refuses join"); }},
             ast_.query.body);
  for (const ast::Pipe& pipe : ast_.query.pipes) LowerPipe(pipe, rule);
}

void Builder::LowerSequence(const ast::Sequence& sequence, Rule& rule, std::vector<SplitCondition>& roots) {
  rule.kind = RuleKind::kSequence;
  if (sequence.has_maxspan) rule.maxspan_ns = sequence.maxspan.nanoseconds;
  uint32_t stages = 0;  // of the positive items so far
  for (const ast::SequenceItem& item : sequence.items) {
    rule.items.push_back(LowerItem(item, sequence.keys));
    roots.push_back(SplitAliases(module_, Filter(item.filter)));
    if (item.missing) continue;
    stages += static_cast<uint32_t>(item.runs);
    if (!item.alias.empty()) aliases_.push_back({item.alias, stages - 1});
  }
  aliases_.clear();
  if (sequence.has_until) {
    rule.has_until = true;
    rule.until = LowerItem(sequence.until, sequence.keys);
    roots.push_back({Filter(sequence.until.filter)});
  }
  if (query_.options.dialect == Dialect::kEndpoint && rule.items[0].keys.empty()) KeyByHost(rule);
}

// Section 5.11: an endpoint's engine sees one host, so a sequence without keys is one of the same host.
void Builder::KeyByHost(Rule& rule) {
  const Key key{.field = module_.Field("host.id"), .optional = true, .fallback = module_.Field("agent.id")};
  for (Item& item : rule.items) item.keys.push_back(key);
  if (rule.has_until) rule.until.keys.push_back(key);
}

void Builder::LowerSample(const ast::Sample& sample, Rule& rule, std::vector<SplitCondition>& roots) {
  rule.kind = RuleKind::kSample;
  for (const ast::SequenceItem& item : sample.items) {
    rule.items.push_back(LowerItem(item, sample.keys));
    roots.push_back({Filter(item.filter)});
  }
}

Item Builder::LowerItem(const ast::SequenceItem& item, const std::vector<ast::ExprId>& shared_keys) {
  Item out{.condition = abi::kNone, .keys = {}, .runs = static_cast<uint16_t>(item.runs), .missing = item.missing};
  for (const auto* keys : {&shared_keys, &item.keys}) {
    for (const ast::ExprId key : *keys) {
      const auto& ref = std::get<ast::FieldRef>(ast_[key].node);
      out.keys.push_back({module_.Field(PathOf(key)), ref.optional, KeyTypeOf(key)});
    }
  }
  return out;
}

void Builder::LowerPipe(const ast::Pipe& pipe, Rule& rule) {
  const ast::ExprId arg = pipe.args[0];
  const size_t errors_before = sink_.error_count();
  const abi::Value count = folder_.Fold(arg);
  if (sink_.error_count() != errors_before) return;
  if (count.kind != abi::ValueKind::kInt || count.payload.i64 < 0) {
    sink_.Report(Code::kBadPipeArgument, ast_[arg].span,
                 "Pipe [" + pipe.name + "] expects a positive integer but found [" + PrintExpr(ast_, arg) + "]");
    return;
  }
  rule.pipes.push_back(
      {pipe.name == "head" ? abi::PipeKind::kHead : abi::PipeKind::kTail, static_cast<uint64_t>(count.payload.i64)});
}

// The category first: it decides most events. It joins the operands of an `and`, so that no junction is built only to
// be flattened.
ExprId Builder::Filter(const ast::EventFilter& filter) {
  std::vector<ExprId> operands;
  if (!filter.any) {
    const ExprId field = Field(category_field_);
    const ExprId sides[] = {field, Const(abi::String(filter.category))};
    operands.push_back(Leaf(module_.Make(Op::kEq, sides), false));
  }
  const size_t errors_before = sink_.error_count();
  const auto* conjunction = std::get_if<ast::And>(&ast_[filter.condition].node);
  if (conjunction != nullptr && !constant(filter.condition)) {
    for (const ast::ExprId operand : conjunction->operands) operands.push_back(Spine(operand, false));
  } else {
    operands.push_back(Spine(filter.condition, false));
  }
  const ExprId root = module_.Make(Op::kAll, operands);
  if (sink_.error_count() == errors_before) WarnDecided(filter, root, operands[0]);
  return root;
}

// `first` is the test of the category, if there is one.
void Builder::WarnDecided(const ast::EventFilter& filter, ExprId root, ExprId first) {
  const ExprNode& node = module_.expr(root);
  const Span span = ast_[filter.condition].span;
  const bool always = filter.any ? node.op == Op::kAll && node.arg_count == 0 : root == first;
  if (node.op == Op::kAny && node.arg_count == 0) {
    sink_.Report(Code::kNeverTrue, span, "this condition can never be true");
  } else if (always && !std::holds_alternative<ast::BoolLiteral>(ast_[filter.condition].node)) {
    sink_.Report(Code::kAlwaysTrue, span, "this condition is always true")
        .hints.push_back("write `true` if that is meant");
  }
}

std::string ConstantJson(const TypedQuery& query, ast::ExprId root, DiagnosticSink& sink) {
  if (query.options.dialect != Dialect::kPython) {
    Folder folder(query, sink);
    const abi::Value value = folder.Fold(root);
    return sink.has_errors() ? std::string() : ToJson(value);
  }
  Module module;
  const std::string no_category;
  const ExprId value = PythonBuilder(query, no_category, module, sink).Value(root);
  const ExprNode& node = module.expr(value);
  assert(node.op == Op::kConst);
  return ToJson(module.literals()[node.aux].value());
}

}  // namespace ir

bool BuildRule(const RuleSource& source, const TypedQuery& query, const std::string& category_field, ir::Module& module,
               DiagnosticSink& sink) {
  ir::Rule rule;
  rule.id = source.id;
  rule.name = source.name;
  rule.severity = source.severity;
  rule.risk_score = source.risk_score;
  rule.query = source.query;
  rule.parameters = source.parameters;
  if (query.options.dialect == Dialect::kPython) {
    ir::PythonBuilder(query, category_field, module, sink).Lower(rule);
    module.AddRule(std::move(rule));
    return true;
  }
  std::vector<ir::SplitCondition> roots;
  const size_t errors_before = sink.error_count();
  ir::Builder(query, category_field, module, sink).Lower(rule, roots);
  if (rule.kind == RuleKind::kSample) rule.maxspan_ns = source.look_back_ns;
  if (sink.error_count() != errors_before) return false;
  for (size_t i = 0; i < rule.items.size(); ++i) {
    rule.items[i].condition = module.AddCondition(roots[i].condition);
    if (roots[i].residual != abi::kNone) rule.items[i].residual = module.AddCondition(roots[i].residual);
  }
  if (rule.has_until) rule.until.condition = module.AddCondition(roots.back().condition);
  module.AddRule(std::move(rule));
  return true;
}

}  // namespace eqlc
