// What the compiler shows of rules and expressions without making a program of them.
// Tested by tests/unit/compiler/compile_test.cpp and the goldens.
#include <algorithm>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>

#include "compiler/diag/diagnostics.h"
#include "compiler/front_end.h"
#include "compiler/index/build_index.h"
#include "compiler/ir/build.h"
#include "compiler/native/jit.h"
#include "compiler/rulefile/rule_source.h"
#include "compiler/schema/field_catalog.h"
#include "compiler/sema/typed.h"
#include "compiler/support/big_stack.h"
#include "compiler/syntax/parser.h"
#include "eqlc/compile.hpp"
#include "eqlc/limits.hpp"

namespace eqlc {
namespace {

Result<std::string> DumpContents(RuleInputs inputs, Stage stage, const CompileOptions& options,
                                 std::vector<Diagnostic>& diagnostics) {
  FrontEnd front = RunFrontEnd(inputs, {}, options, &stage);
  std::ranges::move(front.result.diagnostics, std::back_inserter(diagnostics));
  if (stage == Stage::kAst || stage == Stage::kTyped) return std::move(front.text);
  switch (stage) {
    case Stage::kAst:
    case Stage::kTyped:
      break;
    case Stage::kIr:
      return ir::Print(front.module);
    case Stage::kIndex:
      return index::PrintIndex(front.module);
    case Stage::kLlvm:
      return DumpNative(front.module, options.opt_level, /*asm_text=*/false);
    case Stage::kAsm:
      return DumpNative(front.module, options.opt_level, /*asm_text=*/true);
  }
  return Error{"unknown stage"};
}

// An expression through syntax and sema, then what `use` makes of it.
void WithExpression(const std::string& expression, const CompileOptions& options, std::vector<Diagnostic>& diagnostics,
                    const std::function<void(const TypedQuery&, ast::ExprId, DiagnosticSink&)>& use) {
  const SourceMap map(std::make_shared<SourceFile>("<expression>", expression));
  DiagnosticSink sink(map, "");
  const Dialect dialect = options.dialect == Dialect::kAuto ? Dialect::kElastic : options.dialect;
  FieldCatalog fields(options.schema.get(), options.strict_schema);
  const Status ran = RunOnBigStack(limits::kParserStackBytes, [&] {
    const std::optional<ast::Ast> ast = ParseExpression(expression, sink, SyntaxOf(dialect));
    if (!ast) return;
    const std::optional<TypedQuery> typed =
        Check(*ast, {.dialect = dialect, .case_sensitive = options.case_sensitive, .any_type = true, .fields = &fields},
              sink);
    if (typed) use(*typed, std::get<ast::EventQuery>(ast->query.body).filter.condition, sink);
  });
  std::ranges::move(sink.Take(), std::back_inserter(diagnostics));
  if (!ran) diagnostics.push_back(Unplaced(Code::kInternalError, ran.error().message));
}

}  // namespace

Result<std::string> Dump(const std::vector<RuleText>& rules, Stage stage, const CompileOptions& options,
                         std::vector<Diagnostic>& diagnostics) {
  return DumpContents(ToRuleInputs(rules), stage, options, diagnostics);
}

Result<std::string> DumpFiles(const std::vector<std::string>& paths, Stage stage, const CompileOptions& options,
                              std::vector<Diagnostic>& diagnostics) {
  return DumpContents(FindRuleInputs(paths), stage, options, diagnostics);
}

void CheckExpression(const std::string& expression, const CompileOptions& options,
                     std::vector<Diagnostic>& diagnostics) {
  WithExpression(expression, options, diagnostics, [](const TypedQuery&, ast::ExprId, DiagnosticSink&) {});
}

std::string EvalConstant(const std::string& expression, const CompileOptions& options,
                         std::vector<Diagnostic>& diagnostics) {
  std::string json;
  WithExpression(
      expression, options, diagnostics, [&](const TypedQuery& typed, ast::ExprId root, DiagnosticSink& sink) {
        if (!typed.info[root.value].constant) {
          sink.Report(Code::kNotConstant, (*typed.ast)[root].span, "the expression reads fields of an event");
          return;
        }
        json = ir::ConstantJson(typed, root, sink);
      });
  return json;
}

}  // namespace eqlc
