// eqlc eval: the value of a constant expression.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "command.h"

namespace eqlc::cli {

void AddEval(CLI::App& app, int& exit_code) {
  struct Args {
    std::string expression;
    CompileOptions compile;
  };
  auto args = std::make_shared<Args>();
  CLI::App* command = app.add_subcommand("eval", "Print the value of a constant expression as JSON");
  command->add_option("EXPR", args->expression, "The expression, e.g. 'length(\"abc\") + 1'")->required();
  AddCompileOptions(*command, args->compile);
  command->callback([args, &exit_code] {
    std::vector<Diagnostic> diagnostics;
    const std::string value = EvalConstant(args->expression, args->compile, diagnostics);
    PrintDiagnostics(diagnostics, stderr, /*all=*/true);
    if (!value.empty()) fmt::print("{}\n", value);
    exit_code = value.empty() ? kBad : kOk;
  });
}

}  // namespace eqlc::cli
