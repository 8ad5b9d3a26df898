#include "compiler/front_end.h"

#include <fmt/format.h>

#include <deque>
#include <iterator>
#include <map>
#include <memory>
#include <utility>

#include "compiler/index/build_index.h"
#include "compiler/ir/build.h"
#include "compiler/ir/merge.h"
#include "compiler/lower_file.h"
#include "compiler/schema/field_catalog.h"
#include "compiler/stopwatch.h"
#include "compiler/support/big_stack.h"
#include "compiler/support/parallel.h"
#include "eqlc/limits.hpp"

namespace eqlc {
namespace {

// The files that are not known. An Error means that nothing could be done at all.
Status LowerFiles(RuleInputs& inputs, const CompileOptions& options, const Stage* dump, KnownFiles& files) {
  files.resize(inputs.files.size());
  std::vector<size_t> missing;
  for (size_t i = 0; i < files.size(); ++i) {
    if (!files[i]) missing.push_back(i);
  }
  const unsigned threads = ThreadCount(options.threads);
  std::deque<FileLowerer> lowerers;  // [worker]
  for (unsigned i = 0; i < threads; ++i) lowerers.emplace_back(options, dump);
  return ParallelFor(threads, limits::kParserStackBytes, missing.size(), [&](size_t worker, size_t i) {
    RuleInput& input = inputs.files[missing[i]];
    if (!input.is_read) ReadRuleInput(input);
    files[missing[i]] = lowerers[worker].Lower(input);
  });
}

// Puts files together, in their order, and keeps the first rule of each id.
class FileMerger {
 public:
  explicit FileMerger(FrontEnd& out) : out_(out) {}

  // REQUIRES: `file` stays where it is.
  void Add(const ir::LoweredFile& file) {
    CompileResult& result = out_.result;
    result.other_rules += file.other_rules;
    result.rules_failed += file.failed_rules;
    result.rules_total += file.failed_rules + static_cast<uint32_t>(file.rules.size());
    result.diagnostics.insert(result.diagnostics.end(), file.diagnostics.begin(), file.diagnostics.end());
    for (const ir::LoweredRule& rule : file.rules) {
      const auto [first, is_new] = first_.emplace(rule.id, &rule);
      if (is_new) {
        AddRule(rule);
      } else {
        AddAgain(*first->second, rule);
      }
    }
  }

  Status Finish() {
    std::move(findings_.begin(), findings_.end(), std::back_inserter(out_.result.diagnostics));
    return status_;
  }

 private:
  void AddRule(const ir::LoweredRule& rule) {
    out_.text += rule.text;
    findings_.insert(findings_.end(), rule.diagnostics.begin(), rule.diagnostics.end());
    if (rule.image.empty()) {
      ++out_.result.rules_failed;
      return;
    }
    if (rule.has_warnings) ++out_.result.rules_warned;
    const Status merged = ir::Merge(Image::ViewVerified(rule.image), rule.image_owner, out_.module);
    if (!merged && status_) status_ = merged;
  }

  // Behaviour rules come in one file per platform; asking the same once more would only alert twice.
  void AddAgain(const ir::LoweredRule& known, const ir::LoweredRule& rule) {
    if (rule.dialect == Dialect::kEndpoint && known.dialect == rule.dialect && known.query == rule.query) {
      Report(Code::kRepeatedRule, fmt::format("the same rule is in {}, too", known.id_range.file), known, rule);
      ++out_.result.rules_warned;
    } else {
      Report(Code::kDuplicateRule, fmt::format("the rule id `{}` is already used in {}", rule.id, known.id_range.file),
             known, rule);
      ++out_.result.rules_failed;
    }
  }

  void Report(Code code, std::string message, const ir::LoweredRule& known, const ir::LoweredRule& rule) {
    Diagnostic diagnostic = Unplaced(code, std::move(message));
    diagnostic.labels.push_back({known.id_range, "first used here"});
    diagnostic.range = rule.id_range;
    diagnostic.rule_id = rule.id;
    out_.result.diagnostics.push_back(std::move(diagnostic));
  }

  FrontEnd& out_;
  std::map<std::string_view, const ir::LoweredRule*> first_;  // by id
  std::vector<Diagnostic> findings_;                          // of rules; those of files come before them
  Status status_;
};

// What belongs to the ruleset rather than to a rule.
class RulesetFields {
 public:
  RulesetFields(const CompileOptions& options, ir::Module& module)
      : options_(options), catalog_(options.schema.get(), options.strict_schema), module_(module) {}

  // Before the rules.
  void SetEventFields() {
    const auto field = [&](const std::string& path) { return module_.Field(catalog_.Find(path).path); };
    module_.timestamp_field = field(options_.timestamp_field);
    if (!options_.tiebreaker_field.empty()) module_.tiebreaker_field = field(options_.tiebreaker_field);
  }

  // Behind them: what the schema says of how a field's text is to be read.
  void SetReadings() {
    for (abi::FieldId id = 0; id < module_.fields().size(); ++id) {
      module_.SetReading(id, ir::ReadingOf(catalog_.Find(module_.fields()[id])));
    }
  }

 private:
  const CompileOptions& options_;
  FieldCatalog catalog_;
  ir::Module& module_;
};

Status MergeFiles(const RuleInputs& inputs, KnownFiles lowered, const CompileOptions& options, FrontEnd& out) {
  out.result.diagnostics = inputs.diagnostics;
  for (std::optional<ir::LoweredFile>& file : lowered) out.files.push_back(std::move(*file));
  RulesetFields fields(options, out.module);
  fields.SetEventFields();
  FileMerger merger(out);
  for (const ir::LoweredFile& file : out.files) merger.Add(file);
  index::ChooseSignature(out.module);
  fields.SetReadings();
  return merger.Finish();
}

FrontEnd Failed(const RuleInputs& inputs, const Error& error) {
  FrontEnd failed;
  failed.result.rules_failed = failed.result.rules_total = static_cast<uint32_t>(inputs.files.size());
  failed.result.diagnostics.push_back(Unplaced(Code::kInternalError, error.message));
  return failed;
}

}  // namespace

Diagnostic Unplaced(Code code, std::string message) {
  const CodeInfo& info = GetCodeInfo(code);
  Diagnostic d;
  d.severity = info.severity;
  d.code = info.id;
  d.message = std::move(message);
  return d;
}

FrontEnd RunFrontEnd(RuleInputs& inputs, KnownFiles known, const CompileOptions& options, const Stage* dump) {
  const bool all_new = known.empty();
  FrontEnd out;
  Stopwatch watch;
  Status done;
  const Status ran = RunOnBigStack(limits::kParserStackBytes, [&] { done = LowerFiles(inputs, options, dump, known); });
  watch.Lap("front end", out.result.phases);
  if (ran && done) {
    done = MergeFiles(inputs, std::move(known), options, out);
    watch.Lap("merge", out.result.phases);
  }
  if (ran && done) return out;
  if (ran && !all_new) return RunFrontEnd(inputs, {}, options, dump);  // what was known was wrong
  return Failed(inputs, ran ? done.error() : ran.error());
}

}  // namespace eqlc
