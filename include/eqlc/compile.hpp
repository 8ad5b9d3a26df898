/// \file
/// Compile: rule files in, Program and diagnostics out. Needs the library eqlc_compiler.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eqlc/diagnostic.hpp"
#include "eqlc/program.hpp"
#include "eqlc/result.hpp"
#include "eqlc/schema.hpp"

namespace eqlc {

/// Which EQL (docs/semantics.md section 9).
enum class Dialect : uint8_t {
  kAuto,      ///< By the rule file: behaviour rules are kEndpoint, all else kElastic.
  kElastic,   ///< Elasticsearch.
  kEndpoint,  ///< Elastic Defend behaviour rules.
  kPython,    ///< python-eql.
};

/// Optimisation of generated code. Answers never depend on it.
enum class OptLevel : uint8_t { kO0, kO1, kO2 };

/// A pass over the rules' common representation (docs/ir.md).
struct PassInfo {
  std::string_view name;
  std::string_view meaning;
};

/// All passes, in the order in which they run.
std::span<const PassInfo> Passes();

/// Stands for every pass in CompileOptions::disabled_passes.
inline constexpr std::string_view kAllPasses = "all";

struct CompileOptions {
  Dialect dialect = Dialect::kAuto;
  bool case_sensitive = false;  ///< kPython only: texts differ by case.
  bool native_code = true;      ///< false: image only; sessions then interpret.
  /// true: Compile does not wait for machine code. It is made on threads of the program's while sessions already run,
  /// at first in the interpreter, and taken up by them as it gets ready. Not worth it, and not done, for a few rules.
  /// Code of OptLevel::kO1 for conditions that sessions evaluate very often is replaced by code of OptLevel::kO2, which
  /// takes many times as long to make.
  bool background_code = false;
  OptLevel opt_level = OptLevel::kO1;
  std::string timestamp_field = "@timestamp";
  std::string tiebreaker_field;                         ///< Empty: none.
  std::string event_category_field = "event.category";  ///< A rule's event_category_override wins.
  /// Types of fields, over those of ECS, which are built in. What contradicts the schema is an error; what contradicts
  /// ECS is at most a warning.
  std::shared_ptr<const Schema> schema;
  /// The schema names every field there is: any other one is an error, or null when marked optional (`?field`).
  bool strict_schema = false;
  unsigned threads = 0;      ///< That compile; 0: one per core. The program never depends on it.
  bool perf_map = false;     ///< Tell perf(1) the names of generated functions, in /tmp/perf-PID.map.
  bool debugger = false;     ///< Tell gdb the names of generated functions.
  bool note_costly = false;  ///< Report rules that are evaluated for most events, as notes.
  /// Names of passes that are not to run, of those that Passes() lists; kAllPasses: none runs. Answers never depend on
  /// them. Other names mean nothing.
  std::vector<std::string> disabled_passes = {};
  /// Folder that keeps what was compiled, so that the same rules with the same options are there at once the next time.
  /// It is made when missing, and must be writable for nobody else. Empty: none.
  std::string cache_dir;
};

/// A rule given as text rather than as file.
struct RuleText {
  std::string name;      ///< Shown as the file name in diagnostics.
  std::string contents;  ///< Contents of a rule file, or a bare query if `name` does not end in `.toml`.
};

/// How long a part of the compiler took.
struct CompilePhase {
  const char* name;
  double seconds;
};

struct CompileResult {
  std::shared_ptr<const Program> program;  ///< The good rules; never null, possibly without rules.
  std::vector<Diagnostic> diagnostics;     ///< In order of file, then position.
  uint32_t rules_total = 0;                ///< EQL rules seen.
  uint32_t rules_failed = 0;               ///< Left out because of an error.
  uint32_t rules_warned = 0;               ///< Compiled, with a warning.
  std::vector<CompilePhase> phases;        ///< In order; together nearly all of the time.
  uint32_t other_rules = 0;                ///< Rules in another language (KQL, ES|QL ...), passed over.
};

/// Compiles rule texts. A rule with an error is left out; the others build.
/// Thread-safety: safe to call from several threads.
CompileResult Compile(const std::vector<RuleText>& rules, const CompileOptions& options = {});

/// Compiles files and directories (searched for `*.toml` and `*.eql`, in sorted order).
/// What cannot be read becomes a diagnostic without position.
CompileResult CompileFiles(const std::vector<std::string>& paths, const CompileOptions& options = {});

/// A file with image and machine code of a ruleset.
struct NativeFile {
  enum class Format : uint8_t {
    kSharedObject,  ///< `.so`, for Program::Load.
    kObject,        ///< `.o`, to be linked into a program and given to Program::FromLinked.
  };
  std::string path;
  Format format = Format::kSharedObject;
  /// The processor that the code is for: `native` is this one; else LLVM's name of one (`znver3`) or of a level
  /// (`x86-64-v3`). Other processors run it if they have the same instructions, and refuse it if they lack some.
  std::string cpu = "native";
  std::string symbol = "eqlc_ruleset";  ///< What a kObject exports; an identifier of C.
};

/// Compiles as CompileFiles does, and writes the ruleset to a file. Neither the compiler nor LLVM is needed to run it.
/// The program of `result` has the image alone. An Error means the file could not be made.
Status CompileToFile(const std::vector<std::string>& paths, const CompileOptions& options, const NativeFile& file,
                     CompileResult& result);

/// What Dump shows.
enum class Stage : uint8_t { kAst, kTyped, kIr, kIndex, kLlvm, kAsm };

/// The representation of the rules after a stage, as text for people. Rules with errors are left out; their
/// diagnostics are appended to `diagnostics`. An Error means the stage itself failed.
Result<std::string> Dump(const std::vector<RuleText>& rules, Stage stage, const CompileOptions& options,
                         std::vector<Diagnostic>& diagnostics);
Result<std::string> DumpFiles(const std::vector<std::string>& paths, Stage stage, const CompileOptions& options,
                              std::vector<Diagnostic>& diagnostics);

/// Parses and checks an expression of any type, constant or not; appends what is wrong with it to `diagnostics`.
void CheckExpression(const std::string& expression, const CompileOptions& options,
                     std::vector<Diagnostic>& diagnostics);

/// The value of a constant expression as JSON text (`"a"`, `3`, `null`). Empty when an error was appended to
/// `diagnostics`.
std::string EvalConstant(const std::string& expression, const CompileOptions& options,
                         std::vector<Diagnostic>& diagnostics);

}  // namespace eqlc
