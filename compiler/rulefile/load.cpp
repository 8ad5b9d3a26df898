// From texts and paths to RuleSources. Tested by tests/unit/compiler/rulefile/load_test.cpp.
#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "compiler/diag/diagnostics.h"
#include "compiler/rulefile/find_files.h"
#include "compiler/rulefile/readers.h"
#include "compiler/rulefile/rule_source.h"
#include "eqlc/limits.hpp"
#include "runtime/value/utf8.h"

namespace eqlc {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kTomlSuffix = ".toml";

bool IsToml(std::string_view name) {
  return name.size() >= kTomlSuffix.size() && name.substr(name.size() - kTomlSuffix.size()) == kTomlSuffix;
}

// Fails the file.
void FailFile(Code code, const std::shared_ptr<const SourceFile>& file, Span span, std::string message,
              RuleFileContents& contents) {
  const SourceMap map(file);
  DiagnosticSink sink(map, "");
  sink.Report(code, span, std::move(message));
  for (Diagnostic& diagnostic : sink.Take()) contents.diagnostics.push_back(std::move(diagnostic));
  ++contents.failed_rules;
}

void LoadText(const std::string& name, std::string_view text, RuleFileContents& contents) {
  const bool compiled = IsCompiledRuleset(text);
  if (compiled || text.size() > limits::kMaxRuleFileBytes) {
    contents.diagnostics.push_back(compiled ? CompiledRuleset(name) : FileTooLarge(name));
    ++contents.failed_rules;
    return;
  }
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) text.remove_prefix(kByteOrderMark.size());
  const auto file = std::make_shared<const SourceFile>(name, std::string(text));
  const size_t invalid = utf8::FindInvalid(text);
  if (invalid != std::string_view::npos) {
    const auto at = static_cast<uint32_t>(invalid);
    const auto byte = static_cast<unsigned char>(text[invalid]);
    FailFile(Code::kNotUtf8, file, {at, at + 1}, fmt::format("the byte 0x{:02X} is not valid UTF-8", byte), contents);
    return;
  }
  IsToml(name) ? ReadTomlRule(file, contents) : ReadEqlFile(file, contents);
}

}  // namespace

RuleFileContents LoadRuleText(const RuleText& text) {
  RuleFileContents contents;
  LoadText(text.name, text.contents, contents);
  return contents;
}

RuleInputs FindRuleInputs(const std::vector<std::string>& paths) {
  RuleInputs inputs{.files = {}, .diagnostics = {}, .origin = paths, .found_ns = StampClock()};
  FoundFiles found = FindRuleFiles(paths);
  inputs.diagnostics = std::move(found.diagnostics);
  inputs.files.reserve(found.files.size());
  for (size_t i = 0; i < found.files.size(); ++i) {
    RuleInput& input = inputs.files.emplace_back();
    input.text.name = std::move(found.files[i]);
    input.stamp = found.stamps[i];
    input.is_read = false;
  }
  return inputs;
}

RuleInputs ToRuleInputs(const std::vector<RuleText>& texts) {
  RuleInputs inputs;
  for (const RuleText& text : texts) {
    inputs.files.push_back({.text = text});
    inputs.origin.push_back(text.name);
  }
  return inputs;
}

void ReadRuleInput(RuleInput& input) {
  Result<std::string> contents = ReadFile(input.text.name, limits::kMaxRuleFileBytes);
  if (contents) {
    input.text.contents = std::move(*contents);
  } else {
    input.failure = UnreadableFile(input.text.name, contents.error().message);
  }
  input.is_read = true;
  input.digest.clear();
}

RuleFileContents LoadRuleInput(const RuleInput& input) {
  if (!input.failure) return LoadRuleText(input.text);
  RuleFileContents contents;
  contents.diagnostics.push_back(*input.failure);
  return contents;
}

}  // namespace eqlc
