// DumpAst: the AST as an indented tree, one node a line, for `dump --stage=ast`.
// Tested by tests/unit/compiler/syntax/print_test.cpp.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "compiler/syntax/print.h"
#include "compiler/syntax/spelling.h"

namespace eqlc {
namespace {

using namespace ast;  // NOLINT: the file names every node

// Deeper nodes are drawn at this depth: output must not grow with depth times nodes.
constexpr size_t kMaxIndent = 100;

class Dumper {
 public:
  explicit Dumper(const Ast& ast) : ast_(ast) {}

  std::string Take() { return std::move(out_); }

  void Dump(const Query& query) {
    std::visit([this](const auto& body) { Body(body); }, query.body);
    for (const Pipe& pipe : query.pipes) Line("pipe " + pipe.name), Children(pipe.args);
  }

 private:
  void Body(const EventQuery& query) { Filter("event ", query.filter); }
  void Body(const Sequence& sequence) {
    Line("sequence" + (sequence.has_maxspan
                           ? fmt::format(" maxspan={}{}", sequence.maxspan.count, sequence.maxspan.unit)
                           : std::string()));
    Ordered(sequence);
  }
  void Body(const Sample& sample) {
    Line("sample");
    ++depth_;
    Keys(sample.keys);
    for (const SequenceItem& item : sample.items) Item("item ", item);
    --depth_;
  }
  void Body(const Join& join) { Line("join"), Ordered(join); }

  template <typename T>
  void Ordered(const T& body) {
    ++depth_;
    Keys(body.keys);
    for (const SequenceItem& item : body.items) Item("item ", item);
    if (body.has_until) Item("until ", body.until);
    --depth_;
  }

  void Item(std::string_view label, const SequenceItem& item) {
    std::string options;
    if (item.missing) options += " missing";
    if (item.fork) options += " fork";
    if (item.has_runs) options += fmt::format(" runs={}", item.runs);
    if (!item.alias.empty()) options += " as=" + item.alias;
    Filter(label, item.filter, options);
    ++depth_;
    Keys(item.keys);
    --depth_;
  }

  void Keys(const std::vector<ExprId>& keys) {
    if (!keys.empty()) Line("by"), Children(keys);
  }

  void Filter(std::string_view label, const EventFilter& filter, std::string_view options = "") {
    const std::string category = filter.any      ? "any"
                                 : filter.quoted ? SpellString(filter.category, filter.quotes)
                                                 : filter.category;
    Line(fmt::format("{}{}{}", label, category, options));
    Children({filter.condition});
  }

  void Children(const std::vector<ExprId>& ids) {
    ++depth_;
    for (ExprId id : ids) std::visit([this](const auto& node) { Node(node); }, ast_[id].node);
    --depth_;
  }

  void Node(const NullLiteral&) { Line("null"); }
  void Node(const BoolLiteral& node) { Line(node.value ? "true" : "false"); }
  void Node(const IntLiteral& node) { Line(fmt::format("int {}", node.value)); }
  void Node(const DoubleLiteral& node) { Line("double " + SpellDouble(node.value)); }
  void Node(const StringLiteral& node) { Line("string " + SpellString(node.value, node.quotes)); }
  void Node(const FieldRef& node) { Line("field " + SpellField(node)); }
  void Node(const Call& node) {
    Line(fmt::format("call {}{}", node.name, Tilde(node.insensitive))), Children(node.args);
  }
  void Node(const Unary& node) { Line(fmt::format("sign {}", SpellingOf(node.op))), Children({node.operand}); }
  void Node(const Arith& node) {
    Line(fmt::format("arith {}", SpellingOf(node.op))), Children({node.left, node.right});
  }
  void Node(const Compare& node) {
    Line(fmt::format("compare {}", SpellingOf(node.op))), Children({node.left, node.right});
  }
  void Node(const And& node) { Line("and"), Children(node.operands); }
  void Node(const Or& node) { Line("or"), Children(node.operands); }
  void Node(const Not& node) { Line("not"), Children({node.operand}); }
  void Node(const In& node) {
    Line(fmt::format("{}in{}", node.negated ? "not " : "", Tilde(node.insensitive)));
    Children({node.operand}), Children(node.items);
  }
  void Node(const Pattern& node) {
    Line(fmt::format("pattern {}{}", SpellingOf(node.op), node.list ? " list" : ""));
    Children({node.operand}), Children(node.items);
  }
  void Node(const LineageTerm& node) { Filter(fmt::format("{} of ", SpellingOf(node.kind)), node.filter); }

  static std::string_view Tilde(bool insensitive) { return insensitive ? "~" : ""; }

  void Line(std::string_view text) {
    out_.append(2 * std::min(depth_, kMaxIndent), ' ');
    for (char c : text) out_ += c == '\n' || c == '\r' ? ' ' : c;  // a quoted name may hold a line break
    out_ += '\n';
  }

  const Ast& ast_;
  std::string out_;
  size_t depth_ = 0;
};

}  // namespace

std::string DumpAst(const Ast& ast) {
  Dumper dumper(ast);
  dumper.Dump(ast.query);
  return dumper.Take();
}

}  // namespace eqlc
