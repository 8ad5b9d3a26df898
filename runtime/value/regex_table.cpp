// Tested by tests/unit/runtime/value/regex_test.cpp.
#include "runtime/value/regex_table.h"

#include <algorithm>
#include <map>
#include <utility>

namespace eqlc::regex {
namespace {

// Where a stay is shorter, bytes one by one are faster than a block.
constexpr ptrdiff_t kShortStay = 8;

// Gives atoms with equal columns in the whole table one number. Returns the number of columns.
uint32_t MergeColumns(const Dfa& dfa, std::vector<uint32_t>& column_of_atom) {
  column_of_atom.assign(dfa.atoms, 0);
  uint32_t count = 1;
  for (StateId state = 0; state < dfa.accepting.size() && count < dfa.atoms; ++state) {
    std::map<std::pair<uint32_t, StateId>, uint32_t> refined;
    for (Atom atom = 0; atom < dfa.atoms; ++atom) {
      uint32_t& column = column_of_atom[atom];
      const auto key = std::make_pair(column, dfa.next[size_t{state} * dfa.atoms + atom]);
      column = refined.try_emplace(key, static_cast<uint32_t>(refined.size())).first->second;
    }
    count = static_cast<uint32_t>(refined.size());
  }
  return count;
}

// The states from which some text leads to a state with that acceptance.
std::vector<bool> CanReach(const Dfa& dfa, bool accepting) {
  const size_t count = dfa.accepting.size();
  std::vector<std::vector<StateId>> before(count);
  for (size_t state = 0; state < count; ++state) {
    for (Atom atom = 0; atom < dfa.atoms; ++atom) {
      std::vector<StateId>& list = before[dfa.next[state * dfa.atoms + atom]];
      if (list.empty() || list.back() != state) list.push_back(static_cast<StateId>(state));
    }
  }
  std::vector<bool> reached(count);
  std::vector<StateId> work;
  for (size_t state = 0; state < count; ++state) {
    reached[state] = (dfa.accepting[state] != 0) == accepting;
    if (reached[state]) work.push_back(static_cast<StateId>(state));
  }
  while (!work.empty()) {
    const StateId state = work.back();
    work.pop_back();
    for (const StateId other : before[state]) {
      if (reached[other]) continue;
      reached[other] = true;
      work.push_back(other);
    }
  }
  return reached;
}

}  // namespace

TableMatcher::TableMatcher(const Dfa& dfa, const Alphabet& alphabet)
    : columns_(MergeColumns(dfa, column_of_atom_)), symbols_(alphabet, column_of_atom_) {
  // States whose answer is known whatever follows come last.
  const size_t count = dfa.accepting.size();
  const std::vector<bool> open = CanReach(dfa, true), leaky = CanReach(dfa, false);
  std::vector<Row> row_of_state(count);
  size_t rows = 0;
  for (const bool decided : {false, true}) {
    if (decided) first_decided_ = RowAt(rows);
    for (size_t state = 0; state < count; ++state) {
      if ((!open[state] || !leaky[state]) != decided) continue;
      row_of_state[state] = RowAt(rows++);
      accepting_.push_back(dfa.accepting[state] != 0);
    }
  }
  start_ = row_of_state[dfa.start];
  next_.resize(RowAt(count));
  for (size_t state = 0; state < count; ++state) {
    for (Atom atom = 0; atom < dfa.atoms; ++atom) {
      next_[row_of_state[state] + column_of_atom_[atom]] = row_of_state[dfa.next[state * dfa.atoms + atom]];
    }
  }
  for (size_t number = 0; number < count; ++number) AddExits(RowAt(number));
}

void TableMatcher::AddExits(Row row) {
  std::array<bool, 0x80> leads_out;
  for (size_t byte = 0; byte < leads_out.size(); ++byte) {
    leads_out[byte] = next_[row + symbols_.OfAscii(static_cast<char>(byte))] != row;
  }
  const Exits exits(leads_out, symbols_.AnyBeyondAscii([&](uint32_t column) { return next_[row + column] != row; }));
  next_[row + columns_] = exits.are_few() ? static_cast<Row>(exits_.size()) : kMany;
  if (exits.are_few()) exits_.push_back(exits);
}

bool TableMatcher::Matches(std::string_view text) const noexcept {
  Row row = start_;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (row < first_decided_) {
    const char* const near = at + std::min(kShortStay, end - at);
    at = Stay(row, at, near);
    if (at == near) {
      if (const Row exits = next_[row + columns_]; exits != kMany) at = exits_[exits].Find(at, end);
      at = Stay(row, at, end);
      if (at == end) break;
    }
    row = next_[row + symbols_.Take(at, end)];
  }
  return accepting_[row / (columns_ + 1)];
}

// To see that a text stays in a state, no step has to wait for the one before it.
inline const char* TableMatcher::Stay(Row row, const char* at, const char* end) const noexcept {
  const Row* const next = next_.data() + row;
  while (at != end && SymbolMap::IsAscii(*at) && next[symbols_.OfAscii(*at)] == row) ++at;
  return at;
}

}  // namespace eqlc::regex
