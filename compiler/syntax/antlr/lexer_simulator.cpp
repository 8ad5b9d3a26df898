#include "compiler/syntax/antlr/lexer_simulator.h"

#include <array>
#include <cstdint>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace eqlc {
namespace {

using antlr4::dfa::DFAState;

// Of states in a thread's table; the first two are none.
constexpr uint16_t kUnknown = 0;
constexpr uint16_t kNone = 1;
constexpr uint16_t kFirst = 2;

struct Row {
  DFAState* state;
  bool accepts;
  std::array<uint16_t, ByteStream::kSymbols> next = {};
};

// What this thread has asked ANTLR so far.
class Table {
 public:
  const Row& operator[](uint16_t id) const { return rows_[id - kFirst]; }
  Row& operator[](uint16_t id) { return rows_[id - kFirst]; }

  uint16_t& start(size_t mode) {
    if (mode >= starts_.size()) starts_.resize(mode + 1, kUnknown);
    return starts_[mode];
  }

  uint16_t IdOf(DFAState* state) {
    if (state == antlr4::atn::ATNSimulator::ERROR.get()) return kNone;
    const auto [it, is_new] = ids_.try_emplace(state, static_cast<uint16_t>(kFirst + rows_.size()));
    if (is_new) rows_.push_back({.state = state, .accepts = state->isAcceptState});
    return it->second;
  }

 private:
  std::vector<uint16_t> starts_;  // by mode
  std::vector<Row> rows_;
  std::unordered_map<const DFAState*, uint16_t> ids_;
};

Table& TableOfThread() {
  static thread_local Table table;
  return table;
}

// Guards the automaton that ANTLR keeps for all lexers, which it changes and reads without a lock in places.
std::mutex& SharedAutomaton() {
  static std::mutex mutex;
  return mutex;
}

// Each lexer has its own; they share what ANTLR keeps under a lock. In an unnamed namespace also since ANTLR finds it
// with a dynamic_cast, which compares the names of other types.
class LexerSimulator final : public antlr4::atn::LexerATNSimulator {
 public:
  LexerSimulator(antlr4::Lexer& lexer, LexerATNSimulator& before, const ByteStream& stream)
      : LexerATNSimulator(&lexer, before.atn, before._decisionToDFA, before.getSharedContextCache()), stream_(stream) {}

  size_t match(antlr4::CharStream* input, size_t mode) override;

 private:
  DFAState* StartOf(size_t mode, antlr4::CharStream* input);
  DFAState* TargetOf(DFAState* state, size_t symbol, antlr4::CharStream* input);

  const ByteStream& stream_;
};

size_t LexerSimulator::match(antlr4::CharStream* input, size_t mode) {
  reset();
  _mode = mode;
  _startIndex = input->index();

  Table& table = TableOfThread();
  uint16_t& start = table.start(mode);
  if (start == kUnknown) start = table.IdOf(StartOf(mode, input));

  const std::string_view text = stream_.text();
  size_t position = _startIndex, end = _startIndex;  // of the token: of the longest so far
  uint16_t id = start, accepted = kNone;
  for (; position < text.size(); ++position) {
    const size_t symbol = ByteStream::SymbolOf(text[position]);
    uint16_t next = table[id].next[symbol];
    if (next == kUnknown) {
      next = table.IdOf(TargetOf(table[id].state, symbol, input));
      table[id].next[symbol] = next;
    }
    if (next == kNone) break;
    id = next;
    if (table[id].accepts) accepted = id, end = position + 1;
  }
  if (accepted == kNone) {
    input->seek(position);
    return failOrAccept(input, table[id].state->configs.get(), input->LA(1));
  }
  const DFAState& state = *table[accepted].state;
  accept(input, state.lexerActionExecutor, _startIndex, end, getLine(), getCharPositionInLine());
  return state.prediction;
}

DFAState* LexerSimulator::StartOf(size_t mode, antlr4::CharStream* input) {
  const std::lock_guard lock(SharedAutomaton());
  DFAState*& start = _decisionToDFA[mode].s0;
  if (start == nullptr) start = addDFAState(computeStartState(input, atn.modeToStartState[mode]).release());
  return start;
}

DFAState* LexerSimulator::TargetOf(DFAState* state, size_t symbol, antlr4::CharStream* input) {
  const std::lock_guard lock(SharedAutomaton());
  DFAState* known = getExistingTargetState(state, symbol);
  return known != nullptr ? known : computeTargetState(input, state, symbol);
}

}  // namespace

void UseTable(antlr4::Lexer& lexer, const ByteStream& stream) {
  auto& before = *lexer.getInterpreter<antlr4::atn::LexerATNSimulator>();
  lexer.setInterpreter(new LexerSimulator(lexer, before, stream));
}

}  // namespace eqlc
