// The code table, the sink and name suggestions. Tested by tests/unit/compiler/diag/diagnostics_test.cpp.
#include "compiler/diag/diagnostics.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "eqlc/limits.hpp"
#include "runtime/value/ascii.h"

namespace eqlc {
namespace {

constexpr CodeInfo kCodes[] = {
#define EQLC_DIAGNOSTIC(id, name, severity, title) {id, #name, Severity::severity, title},
#include "compiler/diag/codes.def"
#undef EQLC_DIAGNOSTIC
};

// Longer names are no typing errors of anything, and the distance costs the product of the lengths.
constexpr size_t kMaxSuggestedLength = 128;

unsigned char Fold(char c) { return ascii::FoldByte(static_cast<unsigned char>(c)); }

// Insertions, deletions, substitutions and swaps of neighbours that turn one text into another. A ruleset asks for the
// name nearest to each field that nobody knows among thousands: what lies further off than `most` is not worked out.
class EditDistance {
 public:
  // Without case; above `most` when it is more than that.
  size_t operator()(std::string_view a, std::string_view b, size_t most) {
    last_.resize(b.size() + 1);
    std::iota(last_.begin(), last_.end(), size_t{0});
    before_last_.assign(b.size() + 1, most + 1);
    row_.resize(b.size() + 1);
    for (size_t i = 1; i <= a.size(); ++i) {
      if (!NextRow(a, b, i, most)) return most + 1;
      before_last_.swap(last_);
      last_.swap(row_);
    }
    return last_[b.size()];
  }

 private:
  // Row i of the table, but for cells further than `most` from the diagonal. False when no path goes on from here.
  bool NextRow(std::string_view a, std::string_view b, size_t i, size_t most) {
    std::fill(row_.begin(), row_.end(), most + 1);
    row_[0] = i;
    bool within = i <= most;
    for (size_t j = i > most ? i - most : 1; j <= std::min(b.size(), i + most); ++j) {
      const size_t changed = Fold(a[i - 1]) == Fold(b[j - 1]) ? 0 : 1;
      row_[j] = std::min({last_[j] + 1, row_[j - 1] + 1, last_[j - 1] + changed});
      const bool swapped = i > 1 && j > 1 && Fold(a[i - 1]) == Fold(b[j - 2]) && Fold(a[i - 2]) == Fold(b[j - 1]);
      if (swapped) row_[j] = std::min(row_[j], before_last_[j - 2] + 1);
      within |= row_[j] <= most;
    }
    return within || HasSwapAhead(most);
  }

  // A swap reaches over one row.
  bool HasSwapAhead(size_t most) const {
    return std::any_of(last_.begin(), last_.end(), [&](size_t distance) { return distance < most; });
  }

  std::vector<size_t> before_last_, last_, row_;
};

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

std::string_view NameOf(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kNote:
      return "note";
  }
  return {};
}

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
  EditDistance distance_of;
  size_t best_distance = most + 1;
  std::string_view best;
  for (const std::string_view candidate : known) {
    const size_t gap = candidate.size() > name.size() ? candidate.size() - name.size() : name.size() - candidate.size();
    if (gap >= best_distance) continue;
    const size_t distance = distance_of(name, candidate, best_distance - 1);
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
