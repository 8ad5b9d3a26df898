#include "compiler/lower_file.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "compiler/diag/diagnostics.h"
#include "compiler/index/build_index.h"
#include "compiler/ir/build.h"
#include "compiler/opt/optimize.h"
#include "compiler/sema/typed.h"
#include "compiler/syntax/parser.h"
#include "compiler/syntax/print.h"

namespace eqlc {
namespace {

Dialect DialectOf(const RuleSource& source, const CompileOptions& options) {
  return options.dialect == Dialect::kAuto ? source.dialect : options.dialect;
}

std::string CategoryField(const RuleSource& source, const CompileOptions& options) {
  return source.event_category_field.empty() ? options.event_category_field : source.event_category_field;
}

void KeepImage(const ir::Module& module, ir::LoweredRule& rule) {
  const auto bytes = std::make_shared<const std::vector<std::byte>>(ir::WriteImage(module));
  rule.image = *bytes;
  rule.image_owner = bytes;
}

}  // namespace

ir::LoweredFile FileLowerer::Lower(const RuleInput& input) {
  RuleFileContents contents = LoadRuleInput(input);
  ir::LoweredFile file{.rules = {},
                       .other_rules = contents.other_rules,
                       .failed_rules = contents.failed_rules,
                       .diagnostics = std::move(contents.diagnostics)};
  for (RuleSource& source : contents.rules) file.rules.push_back(LowerRule(std::move(source)));
  return file;
}

ir::LoweredRule FileLowerer::LowerRule(RuleSource source) {
  ir::LoweredRule rule{.id = source.id,
                       .id_range = std::move(source.id_range),
                       .dialect = source.dialect,
                       .query = source.query,
                       .diagnostics = {},
                       .has_warnings = false,
                       .image = {},
                       .image_owner = nullptr,
                       .text = {}};
  DiagnosticSink sink(source.query_map, source.id);
  const SemaOptions sema{
      .dialect = DialectOf(source, options_), .case_sensitive = options_.case_sensitive, .fields = &fields_};
  const std::optional<ast::Ast> ast = Parse(source.query, sink, SyntaxOf(sema.dialect));
  if (ast && Wants(Stage::kAst)) rule.text = fmt::format("rule {}\n{}", source.id, DumpAst(*ast));
  const std::optional<TypedQuery> typed = ast ? Check(*ast, sema, sink) : std::nullopt;
  if (typed && Wants(Stage::kTyped)) rule.text = fmt::format("rule {}\n{}", source.id, DumpTyped(*typed));
  if (typed) {
    const std::string category_field(fields_.Find(CategoryField(source, options_)).path);
    ir::Module module;
    if (BuildRule(source, *typed, category_field, module, sink)) {
      opt::Optimize(module, options_.disabled_passes);
      index::AddRequirements(module);
      KeepImage(module, rule);
    }
  }
  rule.has_warnings = sink.warning_count() > 0;
  rule.diagnostics = sink.Take();
  return rule;
}

}  // namespace eqlc
