#include "command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <map>
#include <thread>

#include "say.h"

namespace eqlc::cli {
namespace {

const std::map<std::string, Dialect> kDialects = {{"auto", Dialect::kAuto},
                                                  {"elastic", Dialect::kElastic},
                                                  {"endpoint", Dialect::kEndpoint},
                                                  {"python", Dialect::kPython}};
// Which engine evaluates, and whether events wait for its code.
struct EngineChoice {
  Engine engine;
  bool background_code;
};
const std::map<std::string, EngineChoice> kEngines = {
    {"auto", {Engine::kNative, true}}, {"native", {Engine::kNative, false}}, {"interp", {Engine::kInterpreter, false}}};
const std::map<std::string, bool> kSwitch = {{"on", true}, {"off", false}};
const std::map<std::string, OptLevel> kOptLevels = {{"0", OptLevel::kO0}, {"1", OptLevel::kO1}, {"2", OptLevel::kO2}};
const std::map<std::string, TimestampUnit> kUnits = {
    {"auto", TimestampUnit::kAuto}, {"s", TimestampUnit::kSeconds}, {"ms", TimestampUnit::kMillis},
    {"us", TimestampUnit::kMicros}, {"ns", TimestampUnit::kNanos},  {"filetime", TimestampUnit::kFiletime}};

// In nanoseconds.
const std::map<std::string, int64_t> kDurations = {
    {"ms", 1'000'000}, {"s", 1'000'000'000}, {"m", 60'000'000'000}, {"h", 3'600'000'000'000}};

std::string PassNames() {
  std::string names;
  for (const PassInfo& pass : Passes()) names += std::string(pass.name) + ", ";
  return names + std::string(kAllPasses);
}

std::string CheckPass(const std::string& name) {
  const bool known = name == kAllPasses || std::ranges::find(Passes(), name, &PassInfo::name) != Passes().end();
  return known ? "" : fmt::format("there is no pass '{}'; the passes are {}", name, PassNames());
}

std::string RefuseMinus(const std::string& duration) {
  return duration.starts_with('-') ? "events cannot be held back for less than no time" : "";
}

std::string RefuseEmpty(const std::string& name) { return name.empty() ? "a field has a name" : ""; }

// Empty when the environment names no place.
std::string DefaultCacheFolder() {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  if (cache != nullptr && *cache == '/') return std::string(cache) + "/eqlc";
  const char* home = std::getenv("HOME");
  return home != nullptr && *home != '\0' ? std::string(home) + "/.cache/eqlc" : "";
}

}  // namespace

// Where a name is transformed, too, what was added last looks first: IsMember says which names there are.
void AddCompileOptions(CLI::App& command, CompileOptions& options) {
  command.add_option("--dialect", options.dialect, "Language of the queries: auto, elastic, endpoint or python")
      ->transform(CLI::CheckedTransformer(kDialects).description(""))
      ->transform(CLI::IsMember(kDialects))
      ->envname("EQLC_DIALECT");
  command.add_flag("--case-sensitive", options.case_sensitive, "Dialect python: texts differ by case")
      ->envname("EQLC_CASE_SENSITIVE");
  command.add_option("--timestamp-field", options.timestamp_field, "Field with the event time")
      ->check(CLI::Validator(RefuseEmpty, ""))
      ->envname("EQLC_TIMESTAMP_FIELD")
      ->capture_default_str();
  command.add_option("--compile-threads", options.threads, "Threads that compile rules; 0: one per core")
      ->check(CLI::Range(0u, limits::kMaxCompileThreads))
      ->envname("EQLC_COMPILE_THREADS");
  command.add_option("--tiebreaker-field", options.tiebreaker_field, "Field that orders events of equal time")
      ->envname("EQLC_TIEBREAKER_FIELD");
  command.add_option("--event-category-field", options.event_category_field, "Field with the event category")
      ->check(CLI::Validator(RefuseEmpty, ""))
      ->envname("EQLC_EVENT_CATEGORY_FIELD")
      ->capture_default_str();
  const auto load_schema = [&options](const std::vector<std::string>& files) {
    Result<std::shared_ptr<const Schema>> schema = Schema::Load(files);
    if (!schema) throw CLI::ValidationError("--schema", schema.error().message);
    options.schema = std::move(schema).value();
  };
  command
      .add_option_function<std::vector<std::string>>(
          "--schema", load_schema, "Field types: JSON, also a mapping of Elasticsearch; may be repeated")
      ->allow_extra_args(false)
      ->envname("EQLC_SCHEMA");
  command
      .add_flag("--strict-schema", options.strict_schema, "The schema has every field: refuse rules that use others")
      ->needs("--schema")
      ->envname("EQLC_STRICT_SCHEMA");
  command
      .add_option("--disable-pass", options.disabled_passes,
                  "Leave out a pass over the rules; may be repeated: " + PassNames())
      ->allow_extra_args(false)
      ->check(CLI::Validator(CheckPass, ""))
      ->envname("EQLC_DISABLE_PASS");
}

void AddEngineOptions(CLI::App& command, CompileOptions& options, Engine& engine) {
  AddCompileOptions(command, options);
  const auto choose = [&options, &engine](const std::string& name) {
    const EngineChoice& choice = kEngines.at(name);
    engine = choice.engine;
    options.background_code = choice.background_code;
  };
  choose("auto");
  command
      .add_option_function<std::string>("--engine", choose,
                                        "native: machine code for all rules before the first event; interp: the "
                                        "interpreter; auto: the interpreter until the code for a rule is ready")
      ->check(CLI::IsMember(kEngines))
      ->default_str("auto")
      ->envname("EQLC_ENGINE");
  AddCodeOptions(command, options);
}

void AddOptLevelOption(CLI::App& command, CompileOptions& options) {
  command.add_option("-O,--opt-level", options.opt_level, "Optimisation of generated code: 0, 1 or 2")
      ->transform(CLI::CheckedTransformer(kOptLevels).description(""))
      ->transform(CLI::IsMember(kOptLevels))
      ->envname("EQLC_OPT_LEVEL");
}

void AddCodeOptions(CLI::App& command, CompileOptions& options) {
  AddOptLevelOption(command, options);
  command.add_flag("--perf-map", options.perf_map, "Tell perf(1) the names of generated functions")
      ->envname("EQLC_PERF_MAP");
  command.add_flag("--gdb", options.debugger, "Tell gdb the names of generated functions")->envname("EQLC_GDB");
}

void AddEventOptions(CLI::App& command, SessionOptions& options) {
  command
      .add_option("--timestamp-unit", options.timestamp_unit,
                  "Unit of numeric timestamps: auto, s, ms, us, ns, filetime")
      ->transform(CLI::CheckedTransformer(kUnits).description(""))
      ->transform(CLI::IsMember(kUnits))
      ->envname("EQLC_TIMESTAMP_UNIT");
  command.add_option("--index", options.use_index, "on: evaluate only rules that an event can match; off: all of them")
      ->transform(CLI::CheckedTransformer(kSwitch).description(""))
      ->transform(CLI::IsMember(kSwitch))
      ->envname("EQLC_INDEX");
  command
      .add_option("--max-state-bytes", options.max_state_bytes, "Memory for partial sequences and samples, e.g. 512MB")
      ->transform(CLI::AsSizeValue(false))
      ->envname("EQLC_MAX_STATE_BYTES");
  command.add_option("--max-samples-per-key", options.max_samples_per_key, "Samples that one join key may give")
      ->check(CLI::Range(uint32_t{1}, limits::kMaxSamplesPerKey))
      ->capture_default_str()
      ->envname("EQLC_MAX_SAMPLES_PER_KEY");
  options.threads = std::clamp(std::thread::hardware_concurrency(), 1u, limits::kMaxThreads);
  command.add_option("-j,--jobs", options.threads, "Threads that evaluate events, by default one a core")
      ->check(CLI::Range(uint32_t{1}, limits::kMaxThreads))
      ->envname("EQLC_JOBS");
}

void AddReorderOption(CLI::App& command, SessionOptions& options) {
  command
      .add_option("--reorder", options.reorder_ns,
                  "Hold events back this long in event time and sort them: 500ms, 5s, 2m, 1h")
      ->check(CLI::Validator(RefuseMinus, ""))
      ->transform(CLI::AsNumberWithUnit(kDurations, CLI::AsNumberWithUnit::UNIT_REQUIRED, "DURATION"))
      ->envname("EQLC_REORDER");
}

void AddCacheOptions(CLI::App& command, CompileOptions& options) {
  options.cache_dir = DefaultCacheFolder();
  command
      .add_option("--cache", options.cache_dir,
                  "Folder that keeps compiled rules; by default eqlc in the user's cache folder")
      ->envname("EQLC_CACHE");
  command
      .add_flag_callback(
          "--no-cache", [&options] { options.cache_dir.clear(); }, "Compile the rules anew, and keep nothing")
      ->envname("EQLC_NO_CACHE");
}

bool UseColor(FILE* stream) {
  const char* no_color = std::getenv("NO_COLOR");
  return (!no_color || !*no_color) && isatty(fileno(stream));
}

void PrintDiagnostics(const std::vector<Diagnostic>& diagnostics, FILE* stream, bool all) {
  const bool color = UseColor(stream);
  for (const Diagnostic& d : diagnostics) {
    const bool of_no_rule = d.range.file.empty() && d.rule_id.empty();
    const bool is_shown = d.severity == Severity::kError || (d.severity == Severity::kWarning && of_no_rule);
    if (!all && !is_shown) continue;
    const std::string text = RenderText(d, color);
    stream == stderr ? Say("{}\n", text) : fmt::print(stream, "{}\n", text);
  }
}

bool HasErrors(const std::vector<Diagnostic>& diagnostics) {
  return std::ranges::any_of(diagnostics, [](const Diagnostic& d) { return d.severity == Severity::kError; });
}

bool HasErrors(const CompileResult& result) { return HasErrors(result.diagnostics); }

std::string WithCommas(uint64_t n) {
  std::string digits = std::to_string(n);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<size_t>(at), ",");
  return digits;
}

}  // namespace eqlc::cli
