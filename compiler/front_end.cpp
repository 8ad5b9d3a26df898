#include "compiler/front_end.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <iterator>
#include <memory>
#include <utility>

#include "compiler/ir/build.h"
#include "compiler/schema/field_catalog.h"
#include "compiler/support/big_stack.h"
#include "compiler/support/parallel.h"
#include "compiler/syntax/print.h"
#include "eqlc/limits.hpp"

namespace eqlc {
namespace {

// Trees of a batch are held at once; they take some 20 KB a rule.
constexpr size_t kRulesOfBatch = 256;

Dialect DialectOf(const RuleSource& source, const CompileOptions& options) {
  return options.dialect == Dialect::kAuto ? source.dialect : options.dialect;
}

std::string CategoryField(const RuleSource& source, const CompileOptions& options) {
  return source.event_category_field.empty() ? options.event_category_field : source.event_category_field;
}

Syntax SyntaxOf(Dialect dialect) { return dialect == Dialect::kPython ? Syntax::kPython : Syntax::kUnion; }

// One rule before it is lowered.
struct CheckedRule {
  explicit CheckedRule(const RuleSource& rule) : source(rule), sink(rule.query_map, rule.id) {}

  const RuleSource& source;
  DiagnosticSink sink;
  std::optional<ast::Ast> ast;
  std::optional<TypedQuery> typed;  // refers to `ast`; none: the rule has errors
  std::string text;                 // of the stage that is dumped
};

// Builds the module of all rules.
class ModuleBuilder {
 public:
  ModuleBuilder(const CompileOptions& options, const Stage* dump, FrontEnd& out)
      : options_(options), dump_(dump), out_(out), threads_(ThreadCount(options.threads)) {
    // What a catalog found out is kept, and by one thread.
    for (unsigned i = 0; i < threads_; ++i) catalogs_.emplace_back(options.schema.get(), options.strict_schema);
  }

  Status Build(const std::vector<RuleSource>& rules) {
    SetEventFields();
    for (size_t begin = 0; begin < rules.size(); begin += kRulesOfBatch) {
      const size_t end = std::min(rules.size(), begin + kRulesOfBatch);
      std::deque<CheckedRule> batch(rules.begin() + static_cast<std::ptrdiff_t>(begin),
                                    rules.begin() + static_cast<std::ptrdiff_t>(end));
      const Status ran = ParallelFor(threads_, limits::kParserStackBytes, batch.size(),
                                     [&](size_t worker, size_t i) { Check(batch[i], catalogs_[worker]); });
      if (!ran) return ran;
      for (CheckedRule& rule : batch) Lower(rule);
    }
    SetReadings();
    return {};
  }

 private:
  FieldCatalog& fields() { return catalogs_.front(); }

  void SetEventFields() {
    const auto field = [&](const std::string& path) { return out_.module.Field(fields().Find(path).path); };
    out_.module.timestamp_field = field(options_.timestamp_field);
    if (!options_.tiebreaker_field.empty()) out_.module.tiebreaker_field = field(options_.tiebreaker_field);
  }

  // Through syntax and sema.
  void Check(CheckedRule& rule, FieldCatalog& catalog) const {
    const SemaOptions sema{
        .dialect = DialectOf(rule.source, options_), .case_sensitive = options_.case_sensitive, .fields = &catalog};
    rule.ast = Parse(rule.source.query, rule.sink, SyntaxOf(sema.dialect));
    if (!rule.ast) return;
    if (dump_ && *dump_ == Stage::kAst) rule.text = fmt::format("rule {}\n{}", rule.source.id, DumpAst(*rule.ast));
    rule.typed = eqlc::Check(*rule.ast, sema, rule.sink);
    if (!rule.typed) return;
    if (dump_ && *dump_ == Stage::kTyped) {
      rule.text = fmt::format("rule {}\n{}", rule.source.id, DumpTyped(*rule.typed));
    }
  }

  void Lower(CheckedRule& rule) {
    CompileResult& result = out_.result;
    out_.text += rule.text;
    if (!BuildOne(rule)) {
      ++result.rules_failed;
    } else if (rule.sink.warning_count() > 0) {
      ++result.rules_warned;
    }
    std::vector<Diagnostic> found = rule.sink.Take();
    std::move(found.begin(), found.end(), std::back_inserter(result.diagnostics));
  }

  bool BuildOne(CheckedRule& rule) {
    if (!rule.typed) return false;
    const std::string category_field(fields().Find(CategoryField(rule.source, options_)).path);
    return BuildRule(rule.source, *rule.typed, category_field, out_.module, rule.sink);
  }

  // What the schema says of how a field's text is to be read.
  void SetReadings() {
    ir::Module& module = out_.module;
    for (abi::FieldId id = 0; id < module.fields().size(); ++id) {
      module.SetReading(id, ir::ReadingOf(fields().Find(module.fields()[id])));
    }
  }

  const CompileOptions& options_;
  const Stage* const dump_;
  FrontEnd& out_;
  const unsigned threads_;
  std::deque<FieldCatalog> catalogs_;  // [worker]; types of checked rules point into them
};

Status OnParserStack(const std::function<void()>& function) {
  return RunOnBigStack(limits::kParserStackBytes, function);
}

}  // namespace

Diagnostic Unplaced(Code code, std::string message) {
  const CodeInfo& info = GetCodeInfo(code);
  Diagnostic d;
  d.severity = info.severity;
  d.code = info.id;
  d.message = std::move(message);
  return d;
}

FrontEnd RunFrontEnd(RuleFileContents files, const CompileOptions& options, const Stage* dump) {
  FrontEnd out;
  CompileResult& result = out.result;
  result.rules_total = static_cast<uint32_t>(files.rules.size()) + files.failed_rules + files.repeated_rules;
  result.rules_warned = files.repeated_rules;
  result.rules_failed = files.failed_rules;
  result.other_rules = files.other_rules;
  result.diagnostics = std::move(files.diagnostics);
  Status built;
  const Status ran = OnParserStack([&] { built = ModuleBuilder(options, dump, out).Build(files.rules); });
  const Status& status = ran ? built : ran;
  if (status) return out;
  FrontEnd failed;
  failed.result.rules_failed = failed.result.rules_total = result.rules_total;
  failed.result.diagnostics.push_back(Unplaced(Code::kInternalError, status.error().message));
  return failed;
}

void WithExpression(const std::string& expression, const CompileOptions& options, std::vector<Diagnostic>& diagnostics,
                    const std::function<void(const TypedQuery&, ast::ExprId, DiagnosticSink&)>& use) {
  const SourceMap map(std::make_shared<SourceFile>("<expression>", expression));
  DiagnosticSink sink(map, "");
  const Dialect dialect = options.dialect == Dialect::kAuto ? Dialect::kElastic : options.dialect;
  FieldCatalog fields(options.schema.get(), options.strict_schema);
  const Status ran = OnParserStack([&] {
    const std::optional<ast::Ast> ast = ParseExpression(expression, sink, SyntaxOf(dialect));
    if (!ast) return;
    const std::optional<TypedQuery> typed =
        Check(*ast, {.dialect = dialect, .case_sensitive = options.case_sensitive, .any_type = true, .fields = &fields},
              sink);
    if (typed) use(*typed, std::get<ast::EventQuery>(ast->query.body).filter.condition, sink);
  });
  diagnostics = sink.Take();
  if (!ran) diagnostics.push_back(Unplaced(Code::kInternalError, ran.error().message));
}

}  // namespace eqlc
