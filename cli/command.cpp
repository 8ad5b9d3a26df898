#include "command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <map>

namespace eqlc::cli {
namespace {

const std::map<std::string, Dialect> kDialects = {{"auto", Dialect::kAuto},
                                                  {"elastic", Dialect::kElastic},
                                                  {"endpoint", Dialect::kEndpoint},
                                                  {"python", Dialect::kPython}};
const std::map<std::string, Engine> kEngines = {{"native", Engine::kNative}, {"interp", Engine::kInterpreter}};
const std::map<std::string, bool> kSwitch = {{"on", true}, {"off", false}};
const std::map<std::string, OptLevel> kOptLevels = {{"0", OptLevel::kO0}, {"1", OptLevel::kO1}, {"2", OptLevel::kO2}};
const std::map<std::string, TimestampUnit> kUnits = {
    {"auto", TimestampUnit::kAuto}, {"s", TimestampUnit::kSeconds}, {"ms", TimestampUnit::kMillis},
    {"us", TimestampUnit::kMicros}, {"ns", TimestampUnit::kNanos},  {"filetime", TimestampUnit::kFiletime}};

}  // namespace

void AddCompileOptions(CLI::App& command, CompileOptions& options) {
  command.add_option("--dialect", options.dialect, "Language of the queries: auto, elastic, endpoint or python")
      ->transform(CLI::CheckedTransformer(kDialects).description(""))
      ->envname("EQLC_DIALECT");
  command.add_option("--timestamp-field", options.timestamp_field, "Field with the event time")
      ->envname("EQLC_TIMESTAMP_FIELD")
      ->capture_default_str();
  command.add_option("--tiebreaker-field", options.tiebreaker_field, "Field that orders events of equal time")
      ->envname("EQLC_TIEBREAKER_FIELD");
  command.add_option("--event-category-field", options.event_category_field, "Field with the event category")
      ->envname("EQLC_EVENT_CATEGORY_FIELD")
      ->capture_default_str();
}

void AddEngineOptions(CLI::App& command, CompileOptions& options, Engine& engine) {
  AddCompileOptions(command, options);
  command.add_option("--engine", engine, "native: generated machine code; interp: the interpreter")
      ->transform(CLI::CheckedTransformer(kEngines).description(""))
      ->envname("EQLC_ENGINE");
  command.add_option("-O,--opt-level", options.opt_level, "Optimisation of generated code: 0, 1 or 2")
      ->transform(CLI::CheckedTransformer(kOptLevels).description(""))
      ->envname("EQLC_OPT_LEVEL");
}

void AddEventOptions(CLI::App& command, SessionOptions& options) {
  command
      .add_option("--timestamp-unit", options.timestamp_unit,
                  "Unit of numeric timestamps: auto, s, ms, us, ns, filetime")
      ->transform(CLI::CheckedTransformer(kUnits).description(""))
      ->envname("EQLC_TIMESTAMP_UNIT");
  command.add_option("--index", options.use_index, "on: evaluate only rules that an event can match; off: all of them")
      ->transform(CLI::CheckedTransformer(kSwitch).description(""))
      ->envname("EQLC_INDEX");
}

bool UseColor(FILE* stream) {
  const char* no_color = std::getenv("NO_COLOR");
  return (!no_color || !*no_color) && isatty(fileno(stream));
}

void PrintDiagnostics(const std::vector<Diagnostic>& diagnostics, FILE* stream, bool all) {
  const bool color = UseColor(stream);
  for (const Diagnostic& d : diagnostics) {
    if (all || d.severity == Severity::kError) fmt::print(stream, "{}\n", RenderText(d, color));
  }
}

std::string WithCommas(uint64_t n) {
  std::string digits = std::to_string(n);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<size_t>(at), ",");
  return digits;
}

}  // namespace eqlc::cli
