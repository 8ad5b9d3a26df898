#include "compiler/cache/key.h"

#include <filesystem>
#include <system_error>

#include "compiler/cache/build_id.h"
#include "compiler/schema/schema.h"
#include "eqlc/diagnostic.hpp"
#include "runtime/abi/image.h"
#include "runtime/abi/native.h"
#include "runtime/program/cpu_features.h"
#include "runtime/value/sha256.h"

namespace eqlc::cache {
namespace {

constexpr std::string_view kLayout = "3";  // changes with what the cache keeps and how (stored_result.cpp, memory.cpp)

class KeyHash {
 public:
  void Add(std::string_view text) { hash_.Add(text); }
  void Add(bool value) { hash_.Add(value ? "1" : "0"); }
  template <typename T>
    requires std::is_enum_v<T> || std::is_unsigned_v<T>
  void Add(T value) {
    hash_.Add(std::to_string(static_cast<uint64_t>(value)));
  }
  std::string Hex() { return hash_.Hex(); }

 private:
  IdHash hash_;
};

void AddPasses(const std::vector<std::string>& disabled, KeyHash& key) {
  key.Add(disabled.size());
  for (const std::string& pass : disabled) key.Add(std::string_view(pass));
}

// Which program, or which front end's work on a rule by itself (compiler/lower_file.cpp), the options lead to.
enum class KeyOf : uint8_t { kProgram, kRule };

// Names every member, so that a new one is not forgotten here.
void AddOptions(const CompileOptions& options, KeyOf of, KeyHash& key) {
  const auto& [dialect, case_sensitive, native_code, background_code, opt_level, timestamp_field, tiebreaker_field,
               category_field, schema, strict_schema, threads, perf_map, debugger, note_costly, disabled_passes,
               cache_dir] = options;
  // How a program is made, not which.
  static_cast<void>(background_code);
  static_cast<void>(threads);
  static_cast<void>(perf_map);
  static_cast<void>(debugger);
  static_cast<void>(cache_dir);
  key.Add(dialect);
  key.Add(case_sensitive);
  key.Add(category_field);
  key.Add(schema ? std::string_view(schema->impl().digest) : std::string_view());
  key.Add(strict_schema);
  AddPasses(disabled_passes, key);
  if (of == KeyOf::kRule) return;
  key.Add(native_code);
  key.Add(opt_level);
  key.Add(timestamp_field);
  key.Add(tiebreaker_field);
  key.Add(note_costly);
}

void AddInputs(const RuleInputs& inputs, KeyHash& key) {
  key.Add(inputs.diagnostics.size());
  for (const Diagnostic& diagnostic : inputs.diagnostics) key.Add(RenderJson(diagnostic));
  for (const RuleInput& input : inputs.files) {
    key.Add(input.text.name);
    key.Add(input.digest);
  }
}

// An Error means that this build cannot be told from another one.
Status AddBuild(KeyHash& key) {
  const Result<std::string> build = BuildId();
  if (!build) return build.error();
  key.Add(kLayout);
  key.Add(std::string_view(*build));
  key.Add(abi::kImageVersion);
  return {};
}

// Relative paths are others in another folder.
std::string CurrentFolder() {
  std::error_code error;
  return std::filesystem::current_path(error).string();
}

}  // namespace

Result<std::string> KeyOf(const RuleInputs& inputs, const CompileOptions& options) {
  KeyHash key;
  if (Status status = AddBuild(key); !status) return status.error();
  key.Add(abi::kNativeVersion);
  key.Add(CpuModel());
  for (const CpuFeature& feature : CpuFeatures()) key.Add(feature.available);
  AddOptions(options, KeyOf::kProgram, key);
  AddInputs(inputs, key);
  return key.Hex();
}

Result<std::string> MemoryKeyOf(const RuleInputs& inputs, const CompileOptions& options) {
  KeyHash key;
  if (Status status = AddBuild(key); !status) return status.error();
  AddOptions(options, KeyOf::kRule, key);
  key.Add(CurrentFolder());
  for (const std::string& place : inputs.origin) key.Add(place);
  return key.Hex();
}

}  // namespace eqlc::cache
