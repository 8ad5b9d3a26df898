// The code table, the sink and name suggestions. Tested by tests/unit/compiler/diag/diagnostics_test.cpp.
#include "compiler/diag/diagnostics.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "eqlc/limits.hpp"

namespace eqlc {
namespace {

constexpr CodeInfo kCodes[] = {
#define EQLC_DIAGNOSTIC(id, name, severity, title) {id, #name, Severity::severity, title},
#include "compiler/diag/codes.def"
#undef EQLC_DIAGNOSTIC
};

// Longer names are no typing errors of anything, and the distance costs the product of the lengths.
constexpr size_t kMaxSuggestedLength = 128;

std::string FoldCase(std::string_view text) {
  std::string folded(text);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

// Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`.
size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  std::iota(last.begin(), last.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

bool ByPosition(const Diagnostic& a, const Diagnostic& b) {
  return std::pair(a.range.line, a.range.column) < std::pair(b.range.line, b.range.column);
}

// Stable; insertion suits the few findings there are. (std::stable_sort does not compile without warnings under clang
// with libstdc++ 12.)
void SortByPosition(std::vector<Diagnostic>& diagnostics) {
  for (auto it = diagnostics.begin(); it != diagnostics.end(); ++it) {
    std::rotate(std::upper_bound(diagnostics.begin(), it, *it, ByPosition), it, it + 1);
  }
}

}  // namespace

const CodeInfo& GetCodeInfo(Code code) { return kCodes[static_cast<size_t>(code)]; }

Diagnostic& DiagnosticSink::Report(Code code, Span span, std::string message) {
  const CodeInfo& info = GetCodeInfo(code);
  if (info.severity == Severity::kError) ++errors_;
  if (info.severity == Severity::kWarning) ++warnings_;
  if (diagnostics_.size() >= limits::kMaxDiagnosticsPerRule) {
    ++dropped_;
    overflow_ = Diagnostic{};
    return overflow_;
  }
  Diagnostic& diagnostic = diagnostics_.emplace_back();
  diagnostic.severity = info.severity;
  diagnostic.code = info.id;
  diagnostic.message = std::move(message);
  diagnostic.range = map_.Locate(span);
  diagnostic.rule_id = rule_id_;
  return diagnostic;
}

void DiagnosticSink::AddLabel(Diagnostic& diagnostic, Span span, std::string text) const {
  diagnostic.labels.push_back({map_.Locate(span), std::move(text)});
}

std::vector<Diagnostic> DiagnosticSink::Take() {
  SortByPosition(diagnostics_);
  if (dropped_ > 0) {
    const CodeInfo& info = GetCodeInfo(Code::kMoreDropped);
    Diagnostic& note = diagnostics_.emplace_back();
    note.severity = info.severity;
    note.code = info.id;
    note.message = std::to_string(dropped_) + (dropped_ == 1 ? " further finding" : " further findings") + " not shown";
    note.range.file = map_.file().name();
    note.rule_id = rule_id_;
    dropped_ = 0;
  }
  return std::exchange(diagnostics_, {});
}

std::string NearestName(std::string_view name, const std::vector<std::string_view>& known, size_t most) {
  if (name.size() > kMaxSuggestedLength) return {};
  const std::string wanted = FoldCase(name);
  size_t best_distance = most + 1;
  std::string_view best;
  for (const std::string_view candidate : known) {
    const size_t gap = candidate.size() > name.size() ? candidate.size() - name.size() : name.size() - candidate.size();
    if (gap >= best_distance) continue;
    const size_t distance = EditDistance(wanted, FoldCase(candidate));
    if (distance >= best_distance) continue;
    best_distance = distance;
    best = candidate;
  }
  return std::string(best);
}

std::string NearestName(std::string_view name, const std::vector<std::string_view>& known) {
  return NearestName(name, known, name.size() / 3);
}

}  // namespace eqlc
