// Sequences, samples and joins (docs/semantics.md sections 2.4 and 2.5).
// Tested by tests/unit/compiler/sema/check_sequence_test.cpp.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/sema/checker.h"
#include "eqlc/limits.hpp"

namespace eqlc::sema {

void Checker::CheckSequence(const ast::Sequence& sequence) {
  CheckKeys(sequence.keys);
  std::vector<const ast::SequenceItem*> items;
  for (const ast::SequenceItem& item : sequence.items) {
    CheckItem(item);
    CheckRuns(item);
    items.push_back(&item);
  }
  if (sequence.has_until) {
    CheckItem(sequence.until);
    CheckUntil(sequence.until);
    items.push_back(&sequence.until);
  }
  CheckKeyCounts(items);
  CheckKeyTypes(items);
  CheckMaxspan(sequence);
  CheckSequenceSize(sequence);
}

void Checker::CheckItem(const ast::SequenceItem& item) {
  CheckCondition(item.filter);
  CheckKeys(item.keys);
  RefuseItemOptions(item);
}

void Checker::CheckKeys(const std::vector<ast::ExprId>& keys) {
  for (const ast::ExprId key : keys) {
    if (std::holds_alternative<ast::FieldRef>(ast_[key].node)) continue;
    sink_.Report(Code::kBadSequenceKey, ast_[key].span, fmt::format("Unsupported join key [{}]", Text(key)))
        .hints.push_back("a join key is a field");
  }
}

void Checker::CheckRuns(const ast::SequenceItem& item) {
  if (!item.has_runs) return;
  if (item.runs < 1) {
    sink_.Report(Code::kBadRuns, item.runs_span,
                 fmt::format("A positive runs value is required; found [{}]", item.runs));
  } else if (item.runs > limits::kMaxRuns) {
    sink_.Report(Code::kBadRuns, item.runs_span,
                 fmt::format("A query cannot be repeated more than {} times; found [{}]", limits::kMaxRuns, item.runs));
  }
}

void Checker::CheckUntil(const ast::SequenceItem& until) {
  if (until.missing) {
    sink_.Report(Code::kBadUntil, until.span, "Missing events are not supported in [until]")
        .hints.push_back("write `until [` without `!`");
  }
  if (until.has_runs) {
    sink_.Report(Code::kBadUntil, until.runs_span, "Option [runs] is not supported in [until]")
        .hints.push_back("leave `with runs` out");
  }
}

void Checker::CheckKeyCounts(const std::vector<const ast::SequenceItem*>& items) {
  for (const ast::SequenceItem* item : items) {
    const size_t expected = items[0]->keys.size();
    const size_t found = item->keys.size();
    if (expected == found) continue;
    const Span span =
        item->keys.empty() ? item->span : Span::Join(ast_[item->keys.front()].span, ast_[item->keys.back()].span);
    Diagnostic& diagnostic = sink_.Report(
        Code::kKeyCount, span,
        fmt::format("Inconsistent number of join keys specified; expected [{}] but found [{}]", expected, found));
    sink_.AddLabel(diagnostic, items[0]->span, fmt::format("the first item has {}", expected));
  }
}

void Checker::CheckMaxspan(const ast::Sequence& sequence) {
  const auto missing = std::ranges::find_if(sequence.items, &ast::SequenceItem::missing);
  if (missing != sequence.items.end() && !sequence.has_maxspan) {
    sink_
        .Report(Code::kMissingNeedsMaxspan, missing->span,
                "[maxspan] is required for sequences with missing events queries; found none")
        .hints.push_back("write `with maxspan=1m` behind `sequence` and its `by`");
  }
}

void Checker::CheckSequenceSize(const ast::Sequence& sequence) {
  uint64_t count = 0;
  for (const ast::SequenceItem& item : sequence.items) count += std::clamp<uint64_t>(item.runs, 1, limits::kMaxRuns);
  if (count > limits::kMaxSequenceItems) {
    sink_.Report(
        Code::kSequenceSize, ast_.query.span,
        fmt::format("Sequence cannot contain more than {} queries; found [{}]", limits::kMaxSequenceItems, count));
  } else if (count < 2) {
    sink_
        .Report(Code::kSequenceSize, ast_.query.span,
                fmt::format("A sequence requires a minimum of 2 queries, found [{}]", count))
        .hints.push_back("a single event needs no `sequence`; the same event several times is `with runs=2`");
  }
  if (!sequence.items.empty() && std::ranges::all_of(sequence.items, &ast::SequenceItem::missing)) {
    sink_.Report(Code::kOnlyMissing, ast_.query.span,
                 "A sequence requires at least one positive event query; found none");
  }
}

void Checker::RefuseMissing(const std::vector<ast::SequenceItem>& items) {
  for (const ast::SequenceItem& item : items) {
    if (item.missing) {
      sink_.Report(Code::kMissingOutsideSequence, item.span, "Missing events are supported only for sequences");
    }
  }
}

void Checker::CheckSample(const ast::Sample& sample) {
  CheckKeys(sample.keys);
  std::vector<const ast::SequenceItem*> items;
  for (const ast::SequenceItem& item : sample.items) {
    CheckItem(item);
    items.push_back(&item);
    if (!item.has_runs) continue;
    sink_.Report(Code::kBadSequenceOption, item.runs_span, "Option [runs] is supported only for sequences");
  }
  RefuseMissing(sample.items);
  CheckKeyCounts(items);
  CheckKeyTypes(items);
  CheckSampleKeys(sample);
  if (sample.items.size() > limits::kMaxSampleItems) {
    sink_.Report(Code::kSequenceSize, ast_.query.span,
                 fmt::format("A sample cannot contain more than {} queries; found [{}]", limits::kMaxSampleItems,
                             sample.items.size()));
  } else if (sample.items.size() < 2) {
    sink_.Report(Code::kSequenceSize, ast_.query.span,
                 fmt::format("A sample requires a minimum of 2 queries, found [{}]", sample.items.size()));
  }
}

// At least one key, and each field once.
void Checker::CheckSampleKeys(const ast::Sample& sample) {
  std::set<uint32_t> reported;  // the sample's own keys are those of every item
  for (const ast::SequenceItem& item : sample.items) {
    std::vector<ast::ExprId> keys = sample.keys;
    keys.insert(keys.end(), item.keys.begin(), item.keys.end());
    if (keys.empty()) {
      sink_.Report(Code::kSampleKey, item.span, "A sample must have at least one join key, found none");
      return;
    }
    std::set<std::string_view> seen;
    for (const ast::ExprId key : keys) {
      const auto* field = std::get_if<ast::FieldRef>(&ast_[key].node);
      if (field == nullptr || seen.insert(field->path).second || !reported.insert(key.value).second) continue;
      sink_.Report(Code::kSampleKey, ast_[key].span,
                   fmt::format("Join keys must be used only once, found duplicates: [{}]", field->path));
    }
  }
}

void Checker::CheckJoin(const ast::Join& join) {
  ReportNotInDialect(ast_.query.span, "JOIN command is not supported", "`join`", "python");
  for (const ast::SequenceItem& item : join.items) CheckItem(item);
  if (join.has_until) CheckItem(join.until);
  RefuseMissing(join.items);
}

}  // namespace eqlc::sema
