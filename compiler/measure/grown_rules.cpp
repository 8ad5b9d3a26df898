#include "compiler/measure/grown_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string_view>
#include <utility>

#include "compiler/measure/rule_copies.h"
#include "compiler/rulefile/find_files.h"
#include "eqlc/limits.hpp"
#include "runtime/match/condition_matcher.h"
#include "runtime/match/event_decoding.h"
#include "runtime/program/program.h"

namespace eqlc {
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
void AddSilent(std::vector<RuleText> batch, const EventLines& events, const CompileOptions& options,
               std::vector<RuleText>& silent) {
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

std::vector<RuleText> ReadRules(const std::vector<std::string>& paths) {
  std::vector<RuleText> texts;
  for (const std::string& file : FindRuleFiles(paths).files) {
    Result<std::string> contents = ReadFile(file, limits::kMaxRuleFileBytes);
    if (contents) texts.push_back({file, std::move(*contents)});
  }
  return texts;
}

std::vector<RuleText> PickRules(const std::vector<RuleText>& texts, size_t count) {
  std::vector<RuleText> picked;
  for (size_t i = 0; i < count; ++i) picked.push_back(texts[i * texts.size() / count]);
  return picked;
}

std::vector<RuleText> SilentCopies(const Program& program, const EventLines& events, size_t count,
                                   const CompileOptions& options) {
  CompileOptions image_alone = options;
  image_alone.native_code = false;
  std::vector<RuleText> silent;
  for (uint32_t copy = 1; silent.size() < count; copy += kCopiesPerBatch) {
    const size_t before = silent.size();
    std::vector<RuleText> batch;
    for (uint32_t c = copy; c < copy + kCopiesPerBatch; ++c) {
      for (const RuleInfo& rule : program.rules()) {
        batch.push_back({fmt::format("{}-{}.eql", rule.id, c), RenameLiterals(rule.query, c)});
      }
    }
    AddSilent(std::move(batch), events, image_alone, silent);
    if (silent.size() == before) break;
  }
  if (silent.size() > count) silent.resize(count);
  return silent;
}

std::vector<RuleText> GrowRules(const std::vector<RuleText>& real, const std::vector<RuleText>& copies, size_t count) {
  std::vector<RuleText> texts = PickRules(real, std::min(count, real.size()));
  const size_t wanted = std::min(count - texts.size(), copies.size());
  texts.insert(texts.end(), copies.begin(), copies.begin() + static_cast<ptrdiff_t>(wanted));
  return texts;
}

}  // namespace eqlc
