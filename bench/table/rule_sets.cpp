#include "bench/table/rule_sets.h"

#include <fmt/format.h>

#include <memory>
#include <set>
#include <string_view>
#include <utility>

#include "bench/rule_copies.h"
#include "compiler/rulefile/find_files.h"
#include "eqlc/limits.hpp"
#include "runtime/match/condition_matcher.h"
#include "runtime/match/event_decoding.h"
#include "runtime/measure/rounds.h"
#include "runtime/program/program.h"

namespace eqlc::bench {
namespace {

// Copies are made in batches, so that no more are looked at than needed.
constexpr uint32_t kCopiesPerBatch = 5;

// The ids of rules of which some condition holds for some event.
std::set<std::string_view> Touched(const Program& program, const EventLines& events) {
  const Program::Impl& impl = program.impl();
  Decoder decoder = DecoderFor(impl);
  FrameBuffer frame = FrameFor(impl);
  ConditionMatcher matcher(impl, Engine::kInterpreter, /*use_index=*/true);
  std::vector<bool> holds(impl.image.conditions().size());
  for (size_t i = 0; i < events.size(); ++i) {
    if (!decoder.Decode(events[i], frame)) continue;
    for (const abi::ConditionId id : matcher.Match(frame.frame())) holds[id] = true;
  }
  std::set<std::string_view> ids;
  for (const abi::ImageRule& rule : impl.image.rules()) {
    const auto items = impl.image.items().subspan(rule.first_item, rule.item_count);
    for (const abi::ImageItem& item : items) {
      if (holds[item.condition]) ids.insert(impl.image.text(rule.id));
    }
    if (rule.until_item != abi::kNone && holds[impl.image.items()[rule.until_item].condition]) {
      ids.insert(impl.image.text(rule.id));
    }
  }
  return ids;
}

// What compiles of the texts and is silent.
void AddSilent(std::vector<RuleText> batch, const EventLines& events, std::vector<RuleText>& silent) {
  CompileOptions options;
  options.native_code = false;
  const std::shared_ptr<const Program> program = Compile(batch, options).program;
  const std::set<std::string_view> touched = Touched(*program, events);
  std::set<std::string> good;
  for (const RuleInfo& rule : program->rules()) {
    if (!touched.contains(rule.id)) good.insert(fmt::format("{}.eql", rule.id));
  }
  for (RuleText& text : batch) {
    if (good.contains(text.name)) silent.push_back(std::move(text));
  }
}

}  // namespace

std::vector<RuleText> ReadRules(const std::vector<std::string>& folders) {
  std::vector<RuleText> texts;
  for (const std::string& file : FindRuleFiles(folders).files) {
    Result<std::string> contents = ReadFile(file, limits::kMaxRuleFileBytes);
    if (contents) texts.push_back({file, std::move(*contents)});
  }
  return texts;
}

RuleSet CompileSet(std::vector<RuleText> texts) {
  RuleSet set;
  const double start = ThreadNs();
  set.program = Compile(texts).program;
  set.compile_seconds = 1e-9 * (ThreadNs() - start);
  set.texts = std::move(texts);
  return set;
}

std::vector<RuleText> Pick(const std::vector<RuleText>& texts, size_t count) {
  std::vector<RuleText> picked;
  for (size_t i = 0; i < count; ++i) picked.push_back(texts[i * texts.size() / count]);
  return picked;
}

std::vector<RuleText> SilentCopies(const Program& program, const EventLines& events, size_t count) {
  std::vector<RuleText> silent;
  for (uint32_t copy = 1; silent.size() < count; copy += kCopiesPerBatch) {
    const size_t before = silent.size();
    std::vector<RuleText> batch;
    for (uint32_t c = copy; c < copy + kCopiesPerBatch; ++c) {
      for (const RuleInfo& rule : program.rules()) {
        batch.push_back({fmt::format("{}-{}.eql", rule.id, c), RenameLiterals(rule.query, c)});
      }
    }
    AddSilent(std::move(batch), events, silent);
    if (silent.size() == before) break;
  }
  if (silent.size() > count) silent.resize(count);
  return silent;
}

}  // namespace eqlc::bench
