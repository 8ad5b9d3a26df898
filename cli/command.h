// What the commands share: exit codes, options that several take, and how diagnostics reach the terminal.
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "eqlc/compile.hpp"
#include "eqlc/session.hpp"

namespace CLI {
class App;
}

namespace eqlc::cli {

// README.md lists them. Interrupted by Ctrl-C: what was done until then is reported as usual.
enum ExitCode : int {
  kOk = 0,        // nothing found, or all fine
  kFindings = 1,  // check: errors in rules; run: alerts, with --fail-on-alert
  kBad = 2,       // a rule or an input is bad
  kUsage = 3,     // usage or configuration
  kInterrupted = 130,
};

// A command adds its options to `app`'s subcommand and sets `exit_code` when it runs.
using AddCommand = void (*)(CLI::App& app, int& exit_code);
void AddRun(CLI::App& app, int& exit_code);
void AddQuery(CLI::App& app, int& exit_code);
void AddEval(CLI::App& app, int& exit_code);
void AddCheck(CLI::App& app, int& exit_code);
void AddCompile(CLI::App& app, int& exit_code);
void AddDump(CLI::App& app, int& exit_code);
void AddExplain(CLI::App& app, int& exit_code);
void AddBench(CLI::App& app, int& exit_code);

// Options of commands that compile rules: --dialect, --timestamp-field, --tiebreaker-field, --event-category-field,
// --schema, --strict-schema, --disable-pass, --compile-threads.
void AddCompileOptions(CLI::App& command, CompileOptions& options);
// --engine and everything of the two others, for commands that also run rules.
void AddEngineOptions(CLI::App& command, CompileOptions& options, Engine& engine);
// -O.
void AddOptLevelOption(CLI::App& command, CompileOptions& options);
// -O, --perf-map, --gdb, for commands that run machine code.
void AddCodeOptions(CLI::App& command, CompileOptions& options);
// --timestamp-unit, --max-state-bytes, --max-samples-per-key, --index, --jobs.
void AddEventOptions(CLI::App& command, SessionOptions& options);
// --reorder.
void AddReorderOption(CLI::App& command, SessionOptions& options);

// --cache and --no-cache.
void AddCacheOptions(CLI::App& command, CompileOptions& options);

// True when `stream` is a terminal and NO_COLOR is not set.
bool UseColor(FILE* stream);

// Prints diagnostics to `stream`; notes, and warnings about rules, only when `all`.
void PrintDiagnostics(const std::vector<Diagnostic>& diagnostics, FILE* stream, bool all);

// Whether something that was asked for is not in the program: a bad rule, a file or folder that cannot be read.
bool HasErrors(const std::vector<Diagnostic>& diagnostics);
bool HasErrors(const CompileResult& result);

// "12,345,678"
std::string WithCommas(uint64_t n);

}  // namespace eqlc::cli
