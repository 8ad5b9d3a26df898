// eqlc check: diagnostics for rule files.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "command.h"
#include "say.h"

namespace eqlc::cli {
namespace {

struct CheckArgs {
  std::vector<std::string> paths;
  std::string query;
  std::string format = "text";
  CompileOptions compile;
};

void PrintCount(const CompileResult& result) {
  const uint32_t fine = result.rules_total - result.rules_failed - result.rules_warned;
  fmt::print("{} {}, {} fine, {} with errors, {} with warnings\n", result.rules_total,
             result.rules_total == 1 ? "rule" : "rules", fine, result.rules_failed, result.rules_warned);
}

// For people only.
void PointToExplain(const std::vector<Diagnostic>& diagnostics) {
  if (diagnostics.empty() || !isatty(fileno(stderr))) return;
  Say("`eqlc explain {}` says more\n", diagnostics[0].code);
}

int Check(const CheckArgs& args) {
  CompileOptions options = args.compile;
  options.native_code = false;
  if (!args.query.empty()) options.cache_dir.clear();  // a query is checked once
  const CompileResult result =
      args.query.empty() ? CompileFiles(args.paths, options) : Compile({{"<query>", args.query}}, options);
  if (args.format == "json") {
    for (const Diagnostic& d : result.diagnostics) fmt::print("{}\n", RenderJson(d));
  } else {
    PrintDiagnostics(result.diagnostics, stdout, /*all=*/true);
    PrintCount(result);
    PointToExplain(result.diagnostics);
  }
  if (HasErrors(result)) return kFindings;
  if (result.rules_total + result.other_rules > 0) return kOk;
  Say("eqlc: no rules to check\n");
  return kBad;
}

}  // namespace

void AddCheck(CLI::App& app, int& exit_code) {
  auto args = std::make_shared<CheckArgs>();
  CLI::App* command = app.add_subcommand("check", "Check rules and print what is wrong with them");
  command->add_option("FILES", args->paths, "Rule files or folders");
  command->add_option("-q,--query", args->query, "Check this query instead");
  command->add_flag("--perf", args->compile.note_costly, "Also name rules that are evaluated for most events, and why")
      ->envname("EQLC_PERF");
  command->add_option("--format", args->format, "text, or json: one diagnostic a line")
      ->check(CLI::IsMember({"text", "json"}))
      ->envname("EQLC_FORMAT");
  AddCompileOptions(*command, args->compile);
  AddCacheOptions(*command, args->compile);
  command->callback([args, &exit_code] {
    if (args->paths.empty() == args->query.empty()) throw CLI::ValidationError("check takes FILES or -q QUERY");
    exit_code = Check(*args);
  });
}

}  // namespace eqlc::cli
