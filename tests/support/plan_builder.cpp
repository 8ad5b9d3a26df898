#include "tests/support/plan_builder.h"

#include <charconv>
#include <sstream>

#include "runtime/sequence/state.h"

namespace eqlc::testing {
namespace {

int64_t Number(std::string_view text) {
  int64_t n = 0;
  std::from_chars(text.data(), text.data() + text.size(), n);
  return n;
}

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  std::istringstream in{std::string(text)};
  for (std::string part; std::getline(in, part, separator);) {
    if (!part.empty()) parts.push_back(part);
  }
  return parts;
}

abi::ImageItem MakeItem(const TestItem& item) {
  abi::ImageItem image{};
  image.runs = item.runs;
  image.missing = item.missing;
  return image;
}

ItemSet Hits(const TestRule& rule, const std::string& letters) {
  ItemSet hits;
  for (size_t i = 0; i < rule.items.size(); ++i) hits[i] = letters.find(rule.items[i].letter) != std::string::npos;
  hits[rule.items.size()] = rule.until != 0 && letters.find(rule.until) != std::string::npos;
  return hits;
}

}  // namespace

TestRule ParseRule(std::string_view text) {
  TestRule rule;
  for (const std::string& word : Split(text, ' ')) {
    if (word == "by" || word == "by?") {
      rule.by = true;
      rule.optional = word == "by?";
    } else if (word.starts_with("until=")) {
      rule.until = word[6];
    } else if (word.starts_with("maxspan=")) {
      rule.maxspan = Number(std::string_view(word).substr(8));
    } else {
      const bool missing = word[0] == '!';
      const size_t star = word.find('*');
      const int64_t runs = star == std::string::npos ? 1 : Number(std::string_view(word).substr(star + 1));
      rule.items.push_back({word[missing ? 1 : 0], missing, static_cast<uint16_t>(runs)});
    }
  }
  return rule;
}

std::vector<TestEvent> ParseEvents(std::string_view text) {
  std::vector<TestEvent> events;
  for (const std::string& word : Split(text, ' ')) {
    const size_t digits = word.find_first_of("-0123456789");
    const size_t slash = word.find('/');
    TestEvent event{word.substr(0, digits), Number(std::string_view(word).substr(digits)), {}};
    if (slash != std::string::npos) event.keys = Split(std::string_view(word).substr(slash + 1), ',');
    events.push_back(std::move(event));
  }
  return events;
}

SequencePlan BuildPlan(const TestRule& rule) {
  abi::ImageRule image{};
  image.item_count = static_cast<uint32_t>(rule.items.size());
  image.until_item = rule.until != 0 ? image.item_count : abi::kNone;
  image.key_count = rule.by ? 1 : 0;
  image.maxspan_ns = rule.maxspan;
  std::vector<abi::ImageItem> items;
  for (const TestItem& item : rule.items) items.push_back(MakeItem(item));
  if (rule.until != 0) items.push_back(MakeItem({rule.until}));
  const std::vector<abi::ImageKey> keys = {{0, rule.optional}};
  return BuildSequencePlan(0, image, items, keys);
}

const abi::EventFrame& TestFrame::Fill(const std::vector<std::string>& keys) {
  values_.clear();
  for (const std::string& key : keys) values_.push_back(abi::String(key));
  const auto count = static_cast<uint32_t>(values_.size());
  slot_ = {0, count, count, 0};
  frame_ = {&slot_, values_.data(), nullptr, nullptr, 1, 0};
  return frame_;
}

TestEngine::TestEngine(const TestRule& rule, abi::AdvanceFn advance, size_t max_bytes, MatchOrder order)
    : rule_(rule),
      advance_(advance),
      own_budget_(max_bytes),
      budget_(own_budget_),
      engine_(BuildPlan(rule), &advance_, order, budget_, *this) {}

TestEngine::TestEngine(const TestRule& rule, abi::AdvanceFn advance, StateBudget& budget)
    : rule_(rule),
      advance_(advance),
      own_budget_(0),
      budget_(budget),
      engine_(BuildPlan(rule), &advance_, MatchOrder::kAsDecided, budget_, *this) {}

void TestEngine::Feed(const TestEvent& event) {
  const std::string text = std::to_string(fed_.size());
  fed_.push_back(event);
  ItemSet hits = Hits(rule_, event.letters);
  newest_ = std::max(newest_, event.time);
  if (spares_ && !engine_.IsOpen()) {
    hits = Awaited(hits);
    if (hits.none()) return;
    engine_.AdvanceClock(newest_);
  }
  CurrentEvent current(events_);
  current.Reset(text, event.time);
  engine_.Advance(current, frame_.Fill(event.keys), hits, newest_);
}

ItemSet TestEngine::Awaited(const ItemSet& hits) const {
  ItemSet awaited = hits;
  const std::vector<PlanItem>& items = engine_.plan().items;
  for (size_t i = 0; i < items.size(); ++i) {
    if (items[i].needs_partial()) awaited.reset(i);
  }
  return awaited;
}

void TestEngine::FeedAll(const std::vector<TestEvent>& events) {
  for (const TestEvent& event : events) Feed(event);
}

void TestEngine::OnMatch(const SequenceMatch& match) {
  TestMatch out;
  for (const EventRecord* record : match.events) {
    out.events.push_back(record != nullptr ? static_cast<int>(Number(record->json())) : -1);
  }
  for (const std::string& key : match.join_keys) out.key += key;
  matches_.push_back(std::move(out));
}

std::string TestEngine::Text() const {
  std::string text;
  for (const TestMatch& match : matches_) {
    if (!text.empty()) text += " | ";
    if (!match.key.empty()) text += match.key + ": ";
    for (size_t i = 0; i < match.events.size(); ++i) {
      if (i > 0) text += ' ';
      const int event = match.events[i];
      text += event < 0
                  ? "-"
                  : fed_[static_cast<size_t>(event)].letters + std::to_string(fed_[static_cast<size_t>(event)].time);
    }
  }
  return text;
}

namespace {

void ModelStep(abi::SequenceState* state, abi::KeyState* key, uint32_t item, uint32_t stage, int64_t timestamp_ns) {
  if (stage == 0) return eqlc_seq_start(state, key, timestamp_ns);
  if (*(key->slots + (stage - 1)) != nullptr) eqlc_seq_extend(state, key, item, stage, timestamp_ns);
}

// Keys of the event under `item`, fetched here when that is simple, as generated code would.
uint32_t ModelKeys(abi::SequenceState* state, const abi::EventFrame* frame, uint32_t item) {
  const auto& fields = state->plan().key_lists[state->plan().items[item].key_list];
  if (fields.size() != 1 || frame->slots[0].count > 1) return eqlc_seq_keys(state, frame, item);
  const abi::Value* value = frame->slots[0].count == 1 ? frame->values + frame->slots[0].first : nullptr;
  if (value == nullptr && !fields[0].optional) return 0;
  eqlc_seq_single_key(state, item, &value);
  return 1;
}

}  // namespace

void ModelAdvance(abi::SequenceState* state, const abi::EventFrame* frame, uint64_t hits,
                  int64_t timestamp_ns) noexcept {
  const SequencePlan& plan = state->plan();
  for (uint32_t i = plan.item_count; i-- > 0;) {
    const PlanItem& item = plan.items[i];
    if ((hits >> i & 1) == 0 || item.kind != ItemKind::kPositive) continue;
    const uint32_t keys = ModelKeys(state, frame, i);
    for (uint32_t k = 0; k < keys; ++k) {
      abi::KeyState* key = eqlc_seq_find(state, k, item.first_stage == 0);
      if (key == nullptr) continue;
      for (uint32_t s = item.first_stage + item.runs; s-- > item.first_stage;)
        ModelStep(state, key, i, s, timestamp_ns);
    }
  }
  for (uint32_t i = 0; i < plan.item_count; ++i) {
    if ((hits >> i & 1) != 0 && plan.items[i].kind != ItemKind::kPositive) {
      eqlc_seq_missing(state, frame, i, timestamp_ns);
    }
  }
  if (!plan.has_until() || (hits >> plan.item_count & 1) == 0) return;
  const uint32_t keys = ModelKeys(state, frame, plan.item_count);
  for (uint32_t k = 0; k < keys; ++k) {
    if (abi::KeyState* key = eqlc_seq_find(state, k, 0)) eqlc_seq_clear(state, key);
  }
}

}  // namespace eqlc::testing
