// eqlc compile: rules to a compiled ruleset file.
#include <fmt/format.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string_view>

#include "command.h"
#include "say.h"

namespace eqlc::cli {
namespace {

struct CompileArgs {
  std::vector<std::string> rules;
  NativeFile file;
  CompileOptions compile;
};

std::string_view Suffix(const std::string& path) {
  const size_t dot = path.rfind('.');
  return dot == std::string::npos ? "" : std::string_view(path).substr(dot);
}

// By its name `run -r` and linkers know what a ruleset is; under another one it would be read as rules.
std::string CheckOutput(const std::string& path) {
  const std::string_view suffix = Suffix(path);
  if (suffix == ".eqlc" || suffix == ".so" || suffix == ".o") return "";
  return fmt::format("'{}' must end in .so or .o, for a ruleset with machine code, or in .eqlc, for one without", path);
}

bool IsNative(const std::string& path) { return Suffix(path) == ".so" || Suffix(path) == ".o"; }

// Image alone, or with machine code: the file's name says which.
Status Write(const CompileArgs& args, CompileResult& result) {
  if (IsNative(args.file.path)) return CompileToFile(args.rules, args.compile, args.file, result);
  CompileOptions options = args.compile;
  options.native_code = false;
  result = CompileFiles(args.rules, options);
  return result.program->Save(args.file.path);
}

uint64_t SizeOf(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 ? static_cast<uint64_t>(status.st_size) : 0;
}

int CompileTo(const CompileArgs& args) {
  CompileResult result;
  const Status written = Write(args, result);
  PrintDiagnostics(result.diagnostics, stderr, /*all=*/false);
  if (!written) {
    Say("eqlc: {}\n", written.error().message);
    return kBad;
  }
  Say("{}: {} rules, {} bytes; {} left out\n", args.file.path, result.program->rules().size(),
      WithCommas(SizeOf(args.file.path)), result.rules_failed);
  return HasErrors(result) ? kBad : kOk;
}

}  // namespace

void AddCompile(CLI::App& app, int& exit_code) {
  auto args = std::make_shared<CompileArgs>();
  CLI::App* command = app.add_subcommand("compile", "Compile rules to a ruleset file that `run -r` loads");
  command->add_option("RULES", args->rules, "Rule files or folders")->required();
  command
      ->add_option(
          "-o,--output", args->file.path,
          "The file to write: *.so, with machine code; *.o, the same for linking into a program; *.eqlc, without")
      ->check(CLI::Validator(CheckOutput, ""))
      ->required()
      ->envname("EQLC_OUTPUT");
  command
      ->add_option("--cpu", args->file.cpu, "Processor of the machine code: native, x86-64-v3, or one by LLVM's name")
      ->capture_default_str()
      ->envname("EQLC_CPU");
  command->add_option("--symbol", args->file.symbol, "What a *.o exports")
      ->capture_default_str()
      ->envname("EQLC_SYMBOL");
  AddOptLevelOption(*command, args->compile);
  AddCompileOptions(*command, args->compile);
  command->callback([args, &exit_code] {
    if (Suffix(args->file.path) == ".o") args->file.format = NativeFile::Format::kObject;
    exit_code = CompileTo(*args);
  });
}

}  // namespace eqlc::cli
