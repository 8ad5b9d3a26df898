// THE pipeline, one line per stage: rule files to Program.
//
//   files -> rulefile (RuleSource) -> syntax (Ast) -> sema (TypedQuery) -> ir (Module, shared) -> index -> image, jit
//   -> Program
//
// A rule that fails in a stage is reported and left out; nothing of it reaches the stages behind.
// Tested by tests/unit/compiler/compile_test.cpp and everything in tests/ that runs a rule.
#include "eqlc/compile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <chrono>
#include <functional>
#include <iterator>

#include "compiler/cache/entry.h"
#include "compiler/diag/diagnostics.h"
#include "compiler/index/build_index.h"
#include "compiler/ir/build.h"
#include "compiler/ir/ir.h"
#include "compiler/jit/jit.h"
#include "compiler/native_file.h"
#include "compiler/rulefile/rule_source.h"
#include "compiler/schema/field_catalog.h"
#include "compiler/sema/typed.h"
#include "compiler/support/big_stack.h"
#include "compiler/syntax/parser.h"
#include "compiler/syntax/print.h"
#include "eqlc/limits.hpp"
#include "runtime/program/program.h"

namespace eqlc {
namespace {

// Front end of all rules: what they lowered to, and what was found on the way.
struct FrontEnd {
  ir::Module module;
  CompileResult result;  // without program
  std::string text;      // of the stage that Dump asked for
};

Dialect DialectOf(const RuleSource& source, const CompileOptions& options) {
  return options.dialect == Dialect::kAuto ? source.dialect : options.dialect;
}

std::string CategoryField(const RuleSource& source, const CompileOptions& options) {
  return source.event_category_field.empty() ? options.event_category_field : source.event_category_field;
}

Syntax SyntaxOf(Dialect dialect) { return dialect == Dialect::kPython ? Syntax::kPython : Syntax::kUnion; }

// One rule through syntax, sema and ir.
bool BuildOne(const RuleSource& source, const CompileOptions& options, FieldCatalog& fields, const Stage* dump,
              FrontEnd& out, DiagnosticSink& sink) {
  const SemaOptions sema{
      .dialect = DialectOf(source, options), .case_sensitive = options.case_sensitive, .fields = &fields};
  const std::optional<ast::Ast> ast = Parse(source.query, sink, SyntaxOf(sema.dialect));
  if (!ast) return false;
  if (dump && *dump == Stage::kAst) out.text += fmt::format("rule {}\n{}", source.id, DumpAst(*ast));
  const std::optional<TypedQuery> typed = Check(*ast, sema, sink);
  if (!typed) return false;
  if (dump && *dump == Stage::kTyped) out.text += fmt::format("rule {}\n{}", source.id, DumpTyped(*typed));
  const std::string category_field(fields.Find(CategoryField(source, options)).path);
  return BuildRule(source, *typed, category_field, out.module, sink);
}

// What the schema says of how a field's text is to be read.
void SetReadings(FieldCatalog& fields, ir::Module& module) {
  for (abi::FieldId id = 0; id < module.fields().size(); ++id) {
    const KnownField& field = fields.Find(module.fields()[id]);
    module.SetReading(id, ir::ReadingOf(field));
  }
}

void BuildAll(RuleFileContents& files, const CompileOptions& options, const Stage* dump, FrontEnd& out) {
  CompileResult& result = out.result;
  result.rules_total = static_cast<uint32_t>(files.rules.size()) + files.failed_rules + files.repeated_rules;
  result.rules_warned = files.repeated_rules;
  result.rules_failed = files.failed_rules;
  result.other_rules = files.other_rules;
  result.diagnostics = std::move(files.diagnostics);
  FieldCatalog fields(options.schema.get(), options.strict_schema);
  const auto field = [&](const std::string& path) { return out.module.Field(fields.Find(path).path); };
  out.module.timestamp_field = field(options.timestamp_field);
  if (!options.tiebreaker_field.empty()) out.module.tiebreaker_field = field(options.tiebreaker_field);
  for (const RuleSource& source : files.rules) {
    DiagnosticSink sink(source.query_map, source.id);
    if (!BuildOne(source, options, fields, dump, out, sink)) {
      ++result.rules_failed;
    } else if (sink.warning_count() > 0) {
      ++result.rules_warned;
    }
    std::vector<Diagnostic> found = sink.Take();
    std::move(found.begin(), found.end(), std::back_inserter(result.diagnostics));
  }
  SetReadings(fields, out.module);
}

// A finding that concerns the ruleset as a whole.
Diagnostic Unplaced(Code code, std::string message) {
  const CodeInfo& info = GetCodeInfo(code);
  Diagnostic d;
  d.severity = info.severity;
  d.code = info.id;
  d.message = std::move(message);
  return d;
}

Status OnParserStack(const std::function<void()>& function) {
  return RunOnBigStack(limits::kParserStackBytes, function);
}

FrontEnd RunFrontEnd(RuleFileContents files, const CompileOptions& options, const Stage* dump = nullptr) {
  FrontEnd out;
  if (const Status ran = OnParserStack([&] { BuildAll(files, options, dump, out); }); !ran) {
    out.result.rules_failed = out.result.rules_total = static_cast<uint32_t>(files.rules.size()) + files.failed_rules;
    out.result.diagnostics.push_back(Unplaced(Code::kInternalError, ran.error().message));
  }
  return out;
}

// Machine code, or nothing and a diagnostic: the program then runs in the interpreter.
std::unique_ptr<NativeCode> RunBackEnd(const ir::Module& module, const CompileOptions& options,
                                       std::vector<Diagnostic>& diagnostics) {
  if (!options.native_code || module.rules().empty()) return nullptr;
  Result<std::unique_ptr<NativeCode>> native = JitCompile(module, options.opt_level);
  if (native) return std::move(native).value();
  diagnostics.push_back(Unplaced(Code::kCodegenFailed, native.error().message));
  diagnostics.back().severity = Severity::kWarning;
  diagnostics.back().hints.push_back("the rules run in the interpreter");
  return nullptr;
}

// The compiler made the image itself, so one that does not verify or link is our own fault; it is reported like a bad
// rule file instead of taking the caller's process down.
std::shared_ptr<const Program> LinkOwn(const ir::Module& module, std::unique_ptr<NativeCode> native,
                                       std::vector<Diagnostic>& diagnostics) {
  Result<Image> image = Image::Parse(ir::WriteImage(module));
  Result<std::shared_ptr<const Program>> program =
      image ? LinkProgram(std::move(image).value(), std::move(native)) : image.error();
  if (program) return std::move(program).value();
  diagnostics.push_back(Unplaced(Code::kInternalError, program.error().message));
  return nullptr;
}

void NoteCostlyRules(ir::Module& module, std::vector<Diagnostic>& diagnostics) {
  for (const index::UnfilteredRule& found : index::UnfilteredRules(module)) {
    const std::string& id = module.rules()[found.rule].id;
    diagnostics.push_back(Unplaced(Code::kCostlyRule, fmt::format("rule {}: {}", id, found.why)));
    diagnostics.back().rule_id = id;
    diagnostics.back().hints.push_back(
        "ask for a value that every match has, so that the rule can be passed over for other events");
  }
}

// Takes the time between its calls.
class Stopwatch {
 public:
  void Lap(const char* name, std::vector<CompilePhase>& phases) {
    const auto now = std::chrono::steady_clock::now();
    phases.push_back({name, std::chrono::duration<double>(now - last_).count()});
    last_ = now;
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

// Makes a program in another way than in this process; null: it did not.
using MakeProgram = std::function<std::shared_ptr<const Program>(const ir::Module&, CompileResult&)>;

CompileResult CompileContents(RuleFileContents files, const CompileOptions& options, const MakeProgram& make = {}) {
  Stopwatch watch;
  FrontEnd front = RunFrontEnd(std::move(files), options);
  assert(ir::Verify(front.module).empty());
  CompileResult result = std::move(front.result);
  watch.Lap("front end", result.phases);
  index::BuildIndex(front.module);
  if (options.note_costly) NoteCostlyRules(front.module, result.diagnostics);
  watch.Lap("index", result.phases);
  if (make) result.program = make(front.module, result);
  if (result.program) {
    watch.Lap("machine code and image", result.phases);
    return result;
  }
  std::unique_ptr<NativeCode> native = RunBackEnd(front.module, options, result.diagnostics);
  watch.Lap("machine code", result.phases);
  result.program = LinkOwn(front.module, std::move(native), result.diagnostics);
  watch.Lap("image", result.phases);
  if (!result.program) {
    result.rules_failed = result.rules_total;
    result.program = LinkOwn(ir::Module(), nullptr, result.diagnostics);
  }
  return result;
}

// By way of the cache, if there is one.
CompileResult CompileInputs(const RuleInputs& inputs, const CompileOptions& options) {
  if (options.cache_dir.empty()) return CompileContents(LoadRules(inputs), options);
  Stopwatch watch;
  const Result<cache::Entry> entry = cache::Entry::Open(options.cache_dir, inputs, options);
  Status kept = entry ? Status() : entry.error();
  if (entry) {
    if (std::optional<CompileResult> found = entry->Find()) {
      watch.Lap("cache", found->phases);
      return std::move(*found);
    }
  }
  const auto store = [&](const ir::Module& module, CompileResult& result) -> std::shared_ptr<const Program> {
    if (!entry) return nullptr;
    auto program = StoreEntry(*entry, module, options, result);
    if (program) return *program;
    kept = program.error();
    return nullptr;
  };
  CompileResult result = CompileContents(LoadRules(inputs), options, store);
  if (!kept) {
    result.diagnostics.push_back(Unplaced(Code::kCacheUnusable, "nothing is kept: " + kept.error().message));
  }
  return result;
}

Result<std::string> DumpContents(RuleFileContents files, Stage stage, const CompileOptions& options,
                                 std::vector<Diagnostic>& diagnostics) {
  FrontEnd front = RunFrontEnd(std::move(files), options, &stage);
  diagnostics = std::move(front.result.diagnostics);
  switch (stage) {
    case Stage::kAst:
    case Stage::kTyped:
      return std::move(front.text);
    case Stage::kIr:
      return ir::Print(front.module);
    case Stage::kIndex:
      index::BuildIndex(front.module);
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

}  // namespace

CompileResult Compile(const std::vector<RuleText>& rules, const CompileOptions& options) {
  RuleInputs inputs;
  for (const RuleText& rule : rules) inputs.files.push_back({rule});
  return CompileInputs(inputs, options);
}

CompileResult CompileFiles(const std::vector<std::string>& paths, const CompileOptions& options) {
  return CompileInputs(ReadRuleInputs(paths), options);
}

Status CompileToFile(const std::vector<std::string>& paths, const CompileOptions& options, const NativeFile& file,
                     CompileResult& result) {
  Status written;
  const auto write = [&](const ir::Module& module, CompileResult& made) {
    const std::vector<std::byte> image = ir::WriteImage(module);
    written = WriteNativeFile(module, image, options.opt_level, file);
    return LinkOwn(module, nullptr, made.diagnostics);
  };
  result = CompileContents(LoadRuleFiles(paths), options, write);
  return written;
}

Result<std::string> Dump(const std::vector<RuleText>& rules, Stage stage, const CompileOptions& options,
                         std::vector<Diagnostic>& diagnostics) {
  return DumpContents(LoadRuleTexts(rules), stage, options, diagnostics);
}

Result<std::string> DumpFiles(const std::vector<std::string>& paths, Stage stage, const CompileOptions& options,
                              std::vector<Diagnostic>& diagnostics) {
  return DumpContents(LoadRuleFiles(paths), stage, options, diagnostics);
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
