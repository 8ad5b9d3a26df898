#include "tests/support/sequence_reference.h"

#include <algorithm>
#include <optional>
#include <set>

namespace eqlc::testing {
namespace {

// The stream as one key sees it: ordinals are positions in the whole stream.
struct KeyView {
  const TestRule& rule;
  const std::vector<TestEvent>& events;
  std::string key;

  bool Has(int ordinal, char letter) const {
    const TestEvent& event = events[static_cast<size_t>(ordinal)];
    if (event.letters.find(letter) == std::string::npos) return false;
    if (!rule.by) return true;
    if (event.keys.empty()) return rule.optional && key == "null";
    return std::find(event.keys.begin(), event.keys.end(), key) != event.keys.end();
  }
  std::vector<int> HitsOf(char letter) const {
    std::vector<int> hits;
    for (int i = 0; i < static_cast<int>(events.size()); ++i) {
      if (Has(i, letter)) hits.push_back(i);
    }
    return hits;
  }
  int64_t Time(int ordinal) const { return events[static_cast<size_t>(ordinal)].time; }
};

using Partial = std::vector<int>;

// Section 5.1: one pass over the hits of each positive item, `runs` expanded.
std::vector<Partial> Candidates(const KeyView& view) {
  std::string letters;
  for (const TestItem& item : view.rule.items) {
    if (!item.missing) letters.append(item.runs, item.letter);
  }
  std::vector<Partial> list;
  for (const int hit : view.HitsOf(letters[0])) list.push_back({hit});
  const std::vector<int> untils = view.rule.until != 0 ? view.HitsOf(view.rule.until) : std::vector<int>{};
  for (size_t s = 1; s < letters.size(); ++s) {
    std::vector<Partial> next;
    for (const int hit : view.HitsOf(letters[s])) {
      const auto behind = std::find_if(list.begin(), list.end(), [&](const Partial& p) { return p.back() >= hit; });
      if (behind == list.begin()) continue;
      Partial latest = *(behind - 1);
      list.erase(list.begin(), behind);
      const bool stopped =
          std::any_of(untils.begin(), untils.end(), [&](int u) { return latest.back() <= u && u < hit; });
      if (view.rule.maxspan >= 0 && view.Time(hit) - view.Time(latest[0]) > view.rule.maxspan) continue;
      if (stopped) continue;
      latest.push_back(hit);
      next.push_back(latest);
    }
    list = next;
  }
  return list;
}

// Section 5.6, case 1: no hit of a middle missing item strictly between its neighbours.
bool MiddleHolds(const KeyView& view, const Partial& match) {
  size_t stage = 0;
  for (const TestItem& item : view.rule.items) {
    if (!item.missing) {
      stage += item.runs;
      continue;
    }
    if (stage == 0 || stage == match.size()) continue;
    for (const int hit : view.HitsOf(item.letter)) {
      if (view.Time(match[stage - 1]) < view.Time(hit) && view.Time(hit) < view.Time(match[stage])) return false;
    }
  }
  return true;
}

// Cases 2 and 3: leading and trailing missing items.
bool EndsHold(const KeyView& view, const Partial& match) {
  const int64_t start = view.Time(match.front());
  const int64_t end = view.Time(match.back());
  std::optional<int64_t> lead;
  std::optional<int64_t> trail;
  const auto& items = view.rule.items;
  for (size_t i = 0; i < items.size() && items[i].missing; ++i) {
    for (const int hit : view.HitsOf(items[i].letter)) {
      if (view.Time(hit) < start) lead = std::max(lead.value_or(INT64_MIN), view.Time(hit));
    }
  }
  for (size_t i = items.size(); i > 0 && items[i - 1].missing; --i) {
    for (const int hit : view.HitsOf(items[i - 1].letter)) {
      if (view.Time(hit) > end) trail = std::min(trail.value_or(INT64_MAX), view.Time(hit));
    }
  }
  const bool first = items.front().missing;
  const bool last = items.back().missing;
  const int64_t maxspan = view.rule.maxspan;
  if (!lead && !trail) return true;
  if (first && !lead) return true;
  if (last && !trail) return true;
  if (first && last) return *trail - *lead > maxspan;
  if (first) return end - *lead > maxspan;
  return *trail - start > maxspan;
}

TestMatch WithPlaces(const TestRule& rule, const Partial& match, const std::string& key) {
  TestMatch out{{}, rule.by ? (key == "null" ? key : '"' + key + '"') : ""};
  auto next = match.begin();
  for (const TestItem& item : rule.items) {
    for (int r = 0; r < item.runs; ++r) out.events.push_back(item.missing ? -1 : *next++);
  }
  return out;
}

}  // namespace

std::vector<TestMatch> ReferenceMatches(const TestRule& rule, const std::vector<TestEvent>& events) {
  std::set<std::string> keys = {rule.by ? "null" : ""};
  if (rule.by) {
    for (const TestEvent& event : events) keys.insert(event.keys.begin(), event.keys.end());
  }
  std::vector<TestMatch> matches;
  for (const std::string& key : keys) {
    const KeyView view{rule, events, key};
    for (const Partial& match : Candidates(view)) {
      if (MiddleHolds(view, match) && EndsHold(view, match)) matches.push_back(WithPlaces(rule, match, key));
    }
  }
  std::sort(matches.begin(), matches.end());
  return matches;
}

}  // namespace eqlc::testing
