#include "compiler/lower_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>
#include <variant>

#include "compiler/diag/diagnostics.h"
#include "compiler/front_end.h"
#include "compiler/index/build_index.h"
#include "compiler/ir/build.h"
#include "compiler/opt/optimize.h"
#include "compiler/sema/typed.h"
#include "compiler/syntax/parser.h"
#include "compiler/syntax/print.h"
#include "runtime/program/image.h"

namespace eqlc {
namespace {

Dialect DialectOf(const RuleSource& source, const CompileOptions& options) {
  return options.dialect == Dialect::kAuto ? source.dialect : options.dialect;
}

// An image that does not verify is our own fault, and concerns its rule alone.
void KeepImage(const ir::Module& module, ir::LoweredRule& rule) {
  const auto bytes = std::make_shared<const std::vector<std::byte>>(ir::WriteImage(module));
  if (const Result<Image> image = Image::ParseInPlace(*bytes, Damage::kRuledOut); !image) {
    rule.diagnostics.push_back(Unplaced(Code::kInternalError, image.error().message));
    rule.diagnostics.back().rule_id = rule.id;
    return;
  }
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
  ir::Module module;
  const bool built = typed && BuildRule(source, *typed, CategoryFieldOf(source), module, sink);
  rule.has_warnings = source.has_warnings || sink.warning_count() > 0;
  rule.diagnostics = sink.Take();
  if (ast && !std::holds_alternative<ast::EventQuery>(ast->query.body)) {
    rule.has_warnings |= !source.unless_event.empty();
    std::ranges::move(source.unless_event, std::back_inserter(rule.diagnostics));
  }
  if (!built) return rule;
  opt::Optimize(module, options_.disabled_passes);
  index::AddRequirements(module);
  KeepImage(module, rule);
  return rule;
}

std::string FileLowerer::CategoryFieldOf(const RuleSource& source) {
  const bool has_own = !source.event_category_field.empty();
  return std::string(fields_.Find(has_own ? source.event_category_field : options_.event_category_field).path);
}

}  // namespace eqlc
