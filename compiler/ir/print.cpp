// IR as text. docs/ir.md shows the form. Tested by tests/unit/compiler/ir/build_test.cpp and module_test.cpp.
#include <fmt/format.h>

#include <bit>

#include "compiler/ir/ir.h"
#include "compiler/ir/op_info.h"
#include "compiler/sema/pipe_names.h"

namespace eqlc::ir {
namespace {

// In double quotes, with the escapes of EQL.
std::string Quote(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
          out += fmt::format("\\u{{{:02x}}}", static_cast<unsigned>(c));
        } else {
          out += c;
        }
    }
  }
  return out + '"';
}

std::string OpText(const ExprNode& node) {
  std::string text(GetOpInfo(node.op).text);
  if ((node.flags & abi::kFold) != 0) text += '~';
  if ((node.flags & abi::kPython) != 0) text += '!';
  return text;
}

// A field by its path. `p[]`: the elements of the array p. `$2:p`: field p within the element of scope 2. `@0:p`: field
// p of the event of stage 0. `[p]`: the whole value at p; `[1: p]`: that of event 1 of a row.
std::string FieldText(const Module& module, FieldId field) {
  const FieldRef& ref = module.field_refs()[field];
  switch (ref.role) {
    case abi::FieldRole::kValue:
      return module.fields()[field];
    case abi::FieldRole::kElements:
      return module.fields()[field] + "[]";
    case abi::FieldRole::kMember:
      return fmt::format("${}:{}", ref.scope, FieldText(module, ref.source));
    case abi::FieldRole::kAlias:
      return fmt::format("@{}:{}", ref.scope, module.fields()[field]);
    case abi::FieldRole::kWhole:
      return '[' + module.fields()[field] + ']';
    case abi::FieldRole::kRow:
      return fmt::format("[{}: {}]", ref.scope, module.fields()[field]);
    case abi::FieldRole::kComputed:
      return module.fields()[field];
    case abi::FieldRole::kLineage:
      return fmt::format("lineage#{}", ref.source);
  }
  return {};
}

// ` process.name`, ` "text"`, ` startsWith`, ` #3`, or nothing.
std::string AuxText(const Module& module, const ExprNode& node) {
  switch (GetOpInfo(node.op).aux) {
    case Aux::knone:
      return {};
    case Aux::kLiteralId:
      return ' ' + PrintLiteral(module.literals()[node.aux]);
    case Aux::kFieldId:
      return ' ' + FieldText(module, node.aux);
    case Aux::kFunctionId:
      return ' ' + module.functions()[node.aux];
    case Aux::kVarId:
      return fmt::format(" ${}", node.aux);
    case Aux::kLeafId:
      return fmt::format(" #{}", node.aux);
    case Aux::kScopeId:
      return fmt::format(" ${} {}", node.aux, FieldText(module, module.scopes()[node.aux].array));
  }
  return {};
}

void PrintTree(const Module& module, ExprId id, std::string& out) {
  const ExprNode& node = module.expr(id);
  if (node.op == Op::kConst || node.op == Op::kField || node.op == Op::kVar) {
    out += AuxText(module, node).substr(1);
    return;
  }
  out += '(' + OpText(node);
  if (node.op == Op::kCall || node.op == Op::kSearch || node.op == Op::kCount || node.op == Op::kAnyElement) {
    out += AuxText(module, node);
  }
  for (const ExprId arg : module.args(id)) {
    out += ' ';
    PrintTree(module, arg, out);
  }
  out += ')';
}

std::string ItemText(const Module& module, const Item& item) {
  std::string text = fmt::format("{}condition #{}", item.missing ? "missing " : "", item.condition);
  if (item.residual != abi::kNone) text += fmt::format(" residual #{}", item.residual);
  for (size_t i = 0; i < item.keys.size(); ++i) {
    const Key& key = item.keys[i];
    text += i == 0 ? " by " : ", ";
    if (key.optional) text += '?';
    text += FieldText(module, key.field);
    if (key.fallback != abi::kNone) text += " else " + module.fields()[key.fallback];
  }
  if (item.fork) text += " fork";
  if (item.runs != 1) text += fmt::format(" runs={}", item.runs);
  return text;
}

std::string PipeText(const Module& module, const Pipe& pipe) {
  std::string text(sema::NameOf(pipe.kind));
  if (pipe.kind == abi::PipeKind::kHead || pipe.kind == abi::PipeKind::kTail) text += fmt::format(" {}", pipe.count);
  if (pipe.fold) text += '~';
  for (size_t i = 0; i < pipe.args.size(); ++i) text += (i == 0 ? " " : ", ") + PrintExpr(module, pipe.args[i]);
  return text;
}

std::string_view LineageText(abi::LineageKind kind) {
  switch (kind) {
    case abi::LineageKind::kChild:
      return "child";
    case abi::LineageKind::kDescendant:
      return "descendant";
    case abi::LineageKind::kEvent:
      return "event";
  }
  return {};
}

void PrintRule(const Module& module, const Rule& rule, std::string& out) {
  out += fmt::format("rule {} {}", Quote(rule.id), NameOf(rule.kind));
  const std::string_view span = rule.kind == RuleKind::kSample ? "window" : "maxspan";
  if (rule.maxspan_ns >= 0) out += fmt::format(" {}={}ns", span, rule.maxspan_ns);
  out += '\n';
  for (const Item& item : rule.items) out += "  " + ItemText(module, item) + '\n';
  if (rule.has_until) {
    out += fmt::format("  until{} {}\n", rule.until_first ? " first" : "", ItemText(module, rule.until));
  }
  for (const Pipe& pipe : rule.pipes) out += "  | " + PipeText(module, pipe) + '\n';
}

}  // namespace

std::string PrintLiteral(const Literal& literal) {
  switch (literal.kind) {
    case abi::ValueKind::kNull:
      return "null";
    case abi::ValueKind::kBool:
      return literal.i64 != 0 ? "true" : "false";
    case abi::ValueKind::kInt:
      return fmt::format("{}", literal.i64);
    case abi::ValueKind::kUint:
      return fmt::format("{}", static_cast<uint64_t>(literal.i64));
    case abi::ValueKind::kDouble:
      return fmt::format("{:#}", std::bit_cast<double>(literal.i64));
    case abi::ValueKind::kString:
      return Quote(literal.text);
    case abi::ValueKind::kJson:
      break;  // no literal is one
  }
  return {};
}

std::string PrintExpr(const Module& module, ExprId id) {
  std::string out;
  PrintTree(module, id, out);
  return out;
}

std::string Print(const Module& module) {
  std::string out;
  for (ExprId id = 0; id < module.exprs().size(); ++id) {
    const ExprNode& node = module.expr(id);
    out += fmt::format("%{} = {}{}", id, OpText(node), AuxText(module, node));
    for (const ExprId arg : module.args(id)) out += fmt::format(" %{}", arg);
    out += '\n';
  }
  for (size_t i = 0; i < module.conditions().size(); ++i) {
    out += fmt::format("condition #{} = %{}\n", i, module.conditions()[i]);
  }
  for (const abi::ImageComputed& computed : module.computed()) {
    out += fmt::format("{} = %{} for condition #{}\n", FieldText(module, computed.field), computed.expr,
                       computed.condition);
  }
  for (size_t i = 0; i < module.lineages().size(); ++i) {
    const Lineage& lineage = module.lineages()[i];
    out += fmt::format("lineage #{} = {} of condition #{}\n", i, LineageText(lineage.kind), lineage.source);
  }
  for (const Rule& rule : module.rules()) PrintRule(module, rule, out);
  return out;
}

}  // namespace eqlc::ir
