#include <cassert>

#include "compiler/ir/lineage_kind.h"
#include "compiler/ir/python_builder.h"
#include "compiler/sema/pipe_names.h"
#include "compiler/support/overloaded.h"

namespace eqlc::ir {
namespace {

constexpr uint64_t kDefaultRows = 50;  // of `head` and `tail` without a number

// What an event says about processes, in both of the schemas that python-eql's rules are written for.
constexpr std::string_view kOpcode = "opcode";
constexpr std::string_view kSubtype = "subtype";
constexpr std::string_view kProcessId = "unique_pid";
constexpr std::string_view kParentId = "unique_ppid";

}  // namespace

void PythonBuilder::Lower(Rule& rule) {
  std::visit(Overloaded{[&](const ast::EventQuery& q) {
                          rule.kind = RuleKind::kEvent;
                          rule.items.emplace_back();
                          rule.items[0].condition = module_.AddCondition(Filter(q.filter));
                        },
                        [&](const ast::Sequence& q) {
                          rule.kind = RuleKind::kSequence;
                          if (q.has_maxspan) rule.maxspan_ns = q.maxspan.nanoseconds;
                          LowerItems(q.keys, q.items, q.has_until ? &q.until : nullptr, rule);
                        },
                        [&](const ast::Join& q) {
                          rule.kind = RuleKind::kJoin;
                          LowerItems(q.keys, q.items, q.has_until ? &q.until : nullptr, rule);
                        },
                        [](const ast::Sample&) { assert(false && "sema refuses it"); }},
             ast_.query.body);
  in_pipe_ = true;
  row_events_ = rule.items.size();
  for (const ast::Pipe& pipe : ast_.query.pipes) LowerPipe(pipe, rule);
  in_pipe_ = false;
}

void PythonBuilder::LowerItems(const std::vector<ast::ExprId>& shared_keys, const std::vector<ast::SequenceItem>& items,
                               const ast::SequenceItem* until, Rule& rule) {
  for (const ast::SequenceItem& item : items) rule.items.push_back(LowerItem(shared_keys, item));
  if (until == nullptr) return;
  rule.has_until = true;
  rule.until_first = true;
  rule.until = LowerItem(shared_keys, *until);
}

Item PythonBuilder::LowerItem(const std::vector<ast::ExprId>& shared_keys, const ast::SequenceItem& item) {
  Item out{.condition = module_.AddCondition(Filter(item.filter)), .keys = {}, .fork = item.fork};
  for (const auto* keys : {&shared_keys, &item.keys}) {
    for (const ast::ExprId key : *keys) out.keys.push_back(LowerKey(key, out.condition));
  }
  return out;
}

// Null is a key like any other. Keys are computed for the events that match the item: a list or object has one text for
// all that are equal, whatever the case does.
Key PythonBuilder::LowerKey(ast::ExprId key, ConditionId condition) {
  const ExprId value = Value(key);
  const FieldId field = module_.Computed(value, fold_ != 0);
  module_.AddComputed({.condition = condition, .field = field, .expr = value, .fold = fold_ != 0});
  return {field, /*optional=*/true};
}

void PythonBuilder::LowerPipe(const ast::Pipe& pipe, Rule& rule) {
  Pipe out{.kind = sema::PipeNamed(pipe.name).value(), .fold = fold_ != 0};
  if (out.kind == abi::PipeKind::kHead || out.kind == abi::PipeKind::kTail) {
    out.fold = false;
    out.count = pipe.args.empty() ? kDefaultRows : std::get<ast::IntLiteral>(ast_[pipe.args[0]].node).value;
  } else {
    for (const ast::ExprId arg : pipe.args) out.args.push_back(Value(arg));
  }
  if (out.kind == abi::PipeKind::kCount) row_events_ = 1;
  rule.pipes.push_back(std::move(out));
}

// The category first: it decides most events.
ExprId PythonBuilder::Filter(const ast::EventFilter& filter) {
  std::vector<ExprId> operands;
  if (!filter.any) operands.push_back(CategoryIs(filter.category));
  operands.push_back(Spine(filter.condition, false));
  const ExprId root = module_.Make(Op::kAll, operands);
  WarnDecided(filter, root, operands[0]);
  return root;
}

// `first` is the test of the category, if there is one.
void PythonBuilder::WarnDecided(const ast::EventFilter& filter, ExprId root, ExprId first) {
  const ExprNode& node = module_.expr(root);
  const Span span = ast_[filter.condition].span;
  const bool literal = std::holds_alternative<ast::BoolLiteral>(ast_[filter.condition].node);
  const bool always = filter.any ? node.op == Op::kAll && node.arg_count == 0 : root == first;
  if (node.op == Op::kAny && node.arg_count == 0) {
    sink_.Report(Code::kNeverTrue, span, "this condition can never be true");
  } else if (always && !literal) {
    sink_.Report(Code::kAlwaysTrue, span, "this condition is always true")
        .hints.push_back("write `true` if that is meant");
  }
}

ExprId PythonBuilder::CategoryIs(const std::string& category) {
  return IsOneOf(category_field_, {abi::String(category)});
}

ExprId PythonBuilder::IsOneOf(std::string_view field, std::initializer_list<abi::Value> constants) {
  const ExprId value = Whole(field);
  std::vector<ExprId> args = WithConstants(value, constants);
  return Leaf(module_.Make(args.size() == 2 ? Op::kEq : Op::kIn, args, abi::kNone, abi::kPython));
}

// Section 10.4. An outer subquery comes behind those inside it, whose fields its condition reads. Its own field is
// missing where the process is not related, and a subquery is never null.
ExprId PythonBuilder::Lineage(const ast::LineageTerm& term) {
  const ExprId filter = Filter(term.filter);
  // Process 0 stands for several; an id that is false stands for none.
  const ExprId pid = Whole("pid");
  const ExprId pid_is_zero = CompareValues(Op::kEq, pid, Const(abi::Int(0)));
  const ExprId source[] = {Leaf(Not(pid_is_zero)), HasProcess(), filter};
  const FieldId field = module_.LineageField({.kind = KindOf(term.kind),
                                              .model = ProcessModel(),
                                              .source = module_.AddCondition(module_.Make(Op::kAll, source)),
                                              .field = abi::kNone});
  return Not(Fold(Op::kIsNull, {module_.Make(Op::kField, {}, field)}));
}

ExprId PythonBuilder::HasProcess() { return Leaf(Truth(Whole(kProcessId))); }

uint32_t PythonBuilder::ProcessModel() {
  // Braces, because they are evaluated in order: nodes are numbered alike whatever the compiler.
  const auto make = [&](Op op, std::initializer_list<ExprId> args) {
    return module_.Make(op, std::span(args.begin(), args.size()));
  };
  const ExprId process = CategoryIs("process");
  const ExprId begins = make(Op::kAny, {IsOneOf(kOpcode, {abi::Int(1), abi::Int(3), abi::Int(9)}),
                                        IsOneOf(kSubtype, {abi::String("create"), abi::String("fork")})});
  const ExprId finishes = make(Op::kAny, {IsOneOf(kOpcode, {abi::Int(2), abi::Int(4)}),  //
                                          IsOneOf(kSubtype, {abi::String("terminate")})});
  const ExprId starts = make(Op::kAll, {process, begins});
  const ExprId ends = make(Op::kAll, {process, finishes});
  // Windows gives its kernel the number 4 at each start.
  const ExprId resets =
      make(Op::kAll, {starts, IsOneOf(kProcessId, {abi::Int(4)}), IsOneOf("process_name", {abi::String("System")})});
  return module_.AddProcessModel({.process = module_.Whole(kProcessId),
                                  .parent = module_.Whole(kParentId),
                                  .ancestry = abi::kNone,
                                  .link = module_.AddCondition(make(Op::kAll, {starts, HasProcess()})),
                                  .end = module_.AddCondition(ends),
                                  .reset = module_.AddCondition(resets),
                                  .step = module_.AddCondition(make(Op::kAll, {process}))});
}

}  // namespace eqlc::ir
