// From texts and paths to RuleSources; finds rules that share an id. Tested by
// tests/unit/compiler/rulefile/load_test.cpp.
#include <fmt/format.h>

#include <iterator>
#include <map>
#include <string_view>
#include <utility>

#include "compiler/diag/diagnostics.h"
#include "compiler/rulefile/find_files.h"
#include "compiler/rulefile/readers.h"
#include "compiler/rulefile/rule_source.h"
#include "compiler/support/parallel.h"
#include "compiler/support/utf8.h"
#include "eqlc/limits.hpp"

namespace eqlc {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kTomlSuffix = ".toml";

// Nesting of TOML is bounded by kMaxTomlNesting.
constexpr size_t kReaderStackBytes = 1u << 20;

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
  if (text.size() > limits::kMaxRuleFileBytes) {
    contents.diagnostics.push_back(FileTooLarge(name));
    ++contents.failed_rules;
    return;
  }
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) text.remove_prefix(kByteOrderMark.size());
  const auto file = std::make_shared<const SourceFile>(name, std::string(text));
  const size_t invalid = FindInvalidUtf8(text);
  if (invalid != std::string_view::npos) {
    const auto at = static_cast<uint32_t>(invalid);
    const auto byte = static_cast<unsigned char>(text[invalid]);
    FailFile(Code::kNotUtf8, file, {at, at + 1}, fmt::format("the byte 0x{:02X} is not valid UTF-8", byte), contents);
    return;
  }
  IsToml(name) ? ReadTomlRule(file, contents) : ReadEqlFile(file, contents);
}

// Appends files one after the other and keeps the first rule of each id.
class RuleCollector {
 public:
  void Add(RuleFileContents file) {
    contents_.other_rules += file.other_rules;
    contents_.failed_rules += file.failed_rules;
    for (Diagnostic& diagnostic : file.diagnostics) contents_.diagnostics.push_back(std::move(diagnostic));
    for (RuleSource& rule : file.rules) AddRule(std::move(rule));
  }

  RuleFileContents Take() { return std::move(contents_); }

 private:
  void AddRule(RuleSource rule) {
    const auto [first, is_new] = first_.emplace(rule.id, contents_.rules.size());
    if (is_new) {
      contents_.rules.push_back(std::move(rule));
      return;
    }
    // Behaviour rules come in one file per platform; asking the same once more would only alert twice.
    const RuleSource& known = contents_.rules[first->second];
    if (rule.dialect == Dialect::kEndpoint && known.dialect == rule.dialect && known.query == rule.query) {
      Report(Code::kRepeatedRule, fmt::format("the same rule is in {}, too", known.id_range.file), known, rule);
      ++contents_.repeated_rules;
      return;
    }
    Report(Code::kDuplicateRule, fmt::format("the rule id `{}` is already used in {}", rule.id, known.id_range.file),
           known, rule);
    ++contents_.failed_rules;
  }

  void Report(Code code, std::string message, const RuleSource& known, const RuleSource& rule) {
    const CodeInfo& info = GetCodeInfo(code);
    Diagnostic diagnostic;
    diagnostic.severity = info.severity;
    diagnostic.code = info.id;
    diagnostic.message = std::move(message);
    diagnostic.labels.push_back({known.id_range, "first used here"});
    diagnostic.range = rule.id_range;
    diagnostic.rule_id = rule.id;
    contents_.diagnostics.push_back(std::move(diagnostic));
  }

  RuleFileContents contents_;
  std::map<std::string, size_t> first_;  // by id: index into contents_.rules
};

RuleFileContents LoadInput(const RuleInput& input) {
  RuleFileContents contents;
  if (input.failure) {
    contents.diagnostics.push_back(*input.failure);
  } else {
    LoadText(input.text.name, input.text.contents, contents);
  }
  return contents;
}

// What `load(i)` gives for each i below `count`, in this order.
template <typename Load>
RuleFileContents LoadAll(size_t count, unsigned threads, const Load& load) {
  std::vector<RuleFileContents> files(count);
  const auto load_one = [&](size_t, size_t i) { files[i] = load(i); };
  if (!ParallelFor(threads, kReaderStackBytes, count, load_one)) {
    for (size_t i = 0; i < count; ++i) load_one(0, i);  // no threads to be had
  }
  RuleCollector collector;
  for (RuleFileContents& file : files) collector.Add(std::move(file));
  return collector.Take();
}

}  // namespace

RuleFileContents LoadRuleText(const RuleText& text) {
  RuleFileContents contents;
  LoadText(text.name, text.contents, contents);
  return contents;
}

RuleInputs ReadRuleInputs(const std::vector<std::string>& paths) {
  RuleInputs inputs;
  FoundFiles found = FindRuleFiles(paths);
  inputs.diagnostics = std::move(found.diagnostics);
  inputs.files.reserve(found.files.size());
  for (std::string& path : found.files) {
    Result<std::string> contents = ReadFile(path, limits::kMaxRuleFileBytes);
    RuleInput& input = inputs.files.emplace_back();
    if (contents) {
      input.text.contents = std::move(*contents);
    } else {
      input.failure = UnreadableFile(path, contents.error().message);
    }
    input.text.name = std::move(path);
  }
  return inputs;
}

RuleFileContents LoadRules(const RuleInputs& inputs, unsigned threads) {
  RuleFileContents contents =
      LoadAll(inputs.files.size(), threads, [&](size_t i) { return LoadInput(inputs.files[i]); });
  contents.diagnostics.insert(contents.diagnostics.begin(), inputs.diagnostics.begin(), inputs.diagnostics.end());
  return contents;
}

RuleFileContents LoadRuleTexts(const std::vector<RuleText>& texts, unsigned threads) {
  return LoadAll(texts.size(), threads, [&](size_t i) { return LoadRuleText(texts[i]); });
}

RuleFileContents LoadRuleFiles(const std::vector<std::string>& paths, unsigned threads) {
  return LoadRules(ReadRuleInputs(paths), threads);
}

}  // namespace eqlc
