// eqlc compile: rules to a compiled ruleset file.
#include <fmt/format.h>

#include <memory>

#include "command.h"

namespace eqlc::cli {
namespace {

struct CompileArgs {
  std::vector<std::string> rules;
  std::string output;
  CompileOptions compile;
};

int CompileTo(const CompileArgs& args) {
  CompileOptions options = args.compile;
  options.native_code = false;
  const CompileResult result = CompileFiles(args.rules, options);
  PrintDiagnostics(result.diagnostics, stderr, /*all=*/false);
  if (const Status saved = result.program->Save(args.output); !saved) {
    fmt::print(stderr, "eqlc: {}\n", saved.error().message);
    return kBad;
  }
  fmt::print(stderr, "{}: {} rules, {} bytes; {} left out\n", args.output, result.program->rules().size(),
             WithCommas(result.program->image().size()), result.rules_failed);
  return HasErrors(result) ? kBad : kOk;
}

}  // namespace

void AddCompile(CLI::App& app, int& exit_code) {
  auto args = std::make_shared<CompileArgs>();
  CLI::App* command = app.add_subcommand("compile", "Compile rules to a ruleset file that `run -r` loads");
  command->add_option("RULES", args->rules, "Rule files or folders")->required();
  command->add_option("-o,--output", args->output, "The file to write")->required()->envname("EQLC_OUTPUT");
  AddCompileOptions(*command, args->compile);
  command->callback([args, &exit_code] { exit_code = CompileTo(*args); });
}

}  // namespace eqlc::cli
