// eqlc dump: what rules look like after a stage of the compiler.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>
#include <memory>

#include "command.h"
#include "say.h"

namespace eqlc::cli {
namespace {

const std::map<std::string, Stage> kStages = {{"ast", Stage::kAst},     {"typed", Stage::kTyped}, {"ir", Stage::kIr},
                                              {"index", Stage::kIndex}, {"llvm", Stage::kLlvm},   {"asm", Stage::kAsm}};

struct DumpArgs {
  std::vector<std::string> rules;
  std::string query;
  Stage stage = Stage::kIr;
  CompileOptions compile;
};

int RunDump(const DumpArgs& args) {
  std::vector<Diagnostic> diagnostics;
  const Result<std::string> text = args.query.empty()
                                       ? DumpFiles(args.rules, args.stage, args.compile, diagnostics)
                                       : Dump({{"<query>", args.query}}, args.stage, args.compile, diagnostics);
  // As `query` shows those of its query, and `run` those of many rules.
  PrintDiagnostics(diagnostics, stderr, /*all=*/!args.query.empty());
  if (!text) {
    Say("eqlc: {}\n", text.error().message);
    return kBad;
  }
  fmt::print("{}", *text);
  return HasErrors(diagnostics) ? kBad : kOk;
}

}  // namespace

void AddDump(CLI::App& app, int& exit_code) {
  auto args = std::make_shared<DumpArgs>();
  CLI::App* command = app.add_subcommand("dump", "Show rules after a stage of the compiler");
  command->add_option("RULES", args->rules, "Rule files or folders");
  command->add_option("-q,--query", args->query, "Show this query instead");
  command->add_option("--stage", args->stage, "ast, typed, ir, index, llvm or asm")
      ->transform(CLI::CheckedTransformer(kStages).description(""))
      ->transform(CLI::IsMember(kStages))
      ->envname("EQLC_STAGE");
  AddCompileOptions(*command, args->compile);
  AddOptLevelOption(*command, args->compile);
  command->callback([args, &exit_code] {
    if (args->rules.empty() == args->query.empty()) throw CLI::ValidationError("dump takes RULES or -q QUERY");
    exit_code = RunDump(*args);
  });
}

}  // namespace eqlc::cli
