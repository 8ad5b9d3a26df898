// A recursive-descent translator. `$` and `\Z` bind a match to the end of the text, so each part is translated to two
// sets of alternatives: those that something may follow, and those that end the text. Only the former are continued,
// and only they get "any text" behind them in the end. Tested by tests/unit/runtime/value/regex_python_test.cpp.
#include "runtime/value/regex_python.h"

#include <optional>
#include <utility>

#include "eqlc/limits.hpp"
#include "runtime/value/ascii.h"
#include "runtime/value/utf8.h"

namespace eqlc::regex {
namespace {

// Alternatives as Lucene patterns; nothing: there are none of the kind.
struct Part {
  std::optional<std::string> open;
  std::optional<std::string> closed;
};

// What `\s` and `\S` are inside of a class. Lucene's are others.
constexpr std::string_view kSpaces = " \t-\r\x1C-\x1F";
constexpr std::string_view kOthers("\0-\x08\x0E-\x1B\\!-\U0010FFFF", 13);

// Of `(?flags)` at the beginning of a pattern; empty: none.
std::string_view GlobalFlags(std::string_view pattern) {
  if (!pattern.starts_with("(?")) return {};
  const size_t close = pattern.find_first_not_of("aisu", 2);
  if (close == std::string_view::npos || pattern[close] != ')') return {};
  return pattern.substr(2, close - 2);
}

bool IsLetterOrDigit(char c) { return ascii::IsLetter(c) || ascii::IsDigit(c); }

// A symbol that stands for itself, in and outside of classes.
void AppendLiteral(std::string_view symbol, std::string& out) {
  if (symbol.size() == 1 && symbol[0] > ' ' && !IsLetterOrDigit(symbol[0])) out += '\\';
  out += symbol;
}

// Appends in place: there may be as many alternatives as the pattern has bytes.
void AddAlternative(std::optional<std::string>& all, std::optional<std::string> one) {
  if (!one) return;
  if (all) {
    all->append(1, '|').append(*one);
  } else {
    all = std::move(one);
  }
}

// `(text)` and what follows it.
void Enclose(std::string& text, std::string_view behind = "") {
  text.insert(0, 1, '(');
  text.append(1, ')').append(behind);
}

class Translator {
 public:
  explicit Translator(std::string_view pattern) : pattern_(pattern) {}

  Result<std::string> Run() {
    TakeGlobalFlags();
    Part whole = Alternatives(/*at_start=*/true);
    if (!error_ && at_ < pattern_.size()) Fail("unbalanced parenthesis");
    if (error_) return *error_;
    if (whole.open) Enclose(*whole.open, "@");
    AddAlternative(whole.open, std::move(whole.closed));
    return whole.open ? std::move(*whole.open) : std::string("#");
  }

 private:
  bool More() const { return !error_ && at_ < pattern_.size(); }
  bool Peek(std::string_view set) const { return More() && set.find(pattern_[at_]) != std::string_view::npos; }
  bool Take(std::string_view token) {
    if (error_ || !pattern_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }
  void Fail(const std::string& what) {
    if (!error_) error_ = Error{what + " at offset " + std::to_string(at_)};
  }
  std::string_view TakeSymbol() {
    const size_t size = utf8::DecodeFirst(pattern_.substr(at_)).size;
    const std::string_view symbol = pattern_.substr(at_, size);
    at_ += size;
    return symbol;
  }

  // Case and DOTALL are the caller's business, ASCII is what classes are anyway.
  void TakeGlobalFlags() {
    if (const size_t flags = GlobalFlags(pattern_).size(); flags > 0) at_ = flags + std::string_view("(?)").size();
  }

  Part Alternatives(bool at_start) {
    Part all;
    do {
      Part one = Concatenation(at_start);
      AddAlternative(all.open, std::move(one.open));
      AddAlternative(all.closed, std::move(one.closed));
    } while (Take("|"));
    return all;
  }

  Part Concatenation(bool at_start) {
    Part all{"", std::nullopt};
    bool empty = at_start;
    while (More() && !Peek("|)")) {
      if (!all.open) return Fail("nothing can follow `$`"), all;
      if (Take("^") || Take("\\A")) {
        if (!empty) Fail("`^` can stand at the beginning only");
        continue;
      }
      if (Peek("$")) all.open->append("\n?");  // it also stands before a line break at the very end
      if (Take("$") || Take("\\Z")) {
        AddAlternative(all.closed, std::exchange(all.open, std::nullopt));
        continue;
      }
      Append(Repetition(empty), all);
      empty = false;
    }
    return all;
  }

  // Continues the open alternatives of `all`, of which there are some. A part that may end the text needs a copy of
  // them, and these copies alone can be quadratically longer than the pattern.
  void Append(Part next, Part& all) {
    if (next.closed) {
      copied_ += all.open->size();
      if (copied_ > limits::kMaxRegexCopiedBytes) {
        return Fail("too much before parts that end with `$` (at most " + std::to_string(limits::kMaxRegexCopiedBytes) +
                    " bytes, counted for each)");
      }
      Enclose(*next.closed);
      next.closed->insert(0, *all.open);
      AddAlternative(all.closed, std::move(next.closed));
    }
    if (next.open) {
      *all.open += *next.open;
    } else {
      all.open.reset();
    }
  }

  Part Repetition(bool at_start) {
    Part part = Atom(at_start);
    if (!Peek("?*+{")) return part;
    std::string count;
    if (Peek("{")) {
      count = TakeBounds();
      if (count.empty()) return part;  // a brace that is no repetition stands for itself
    } else {
      count = pattern_[at_++];
    }
    if (part.closed) Fail("`$` inside a repetition");
    // Whether the shortest or the longest match is looked for first makes no difference to there being one.
    Take("?");
    if (Peek("?*+")) Fail("multiple repeat");
    if (!part.open) part.open.emplace();
    Enclose(*part.open, count);
    return part;
  }

  // `{2}`, `{2,}`, `{,3}`, `{2,3}` in Lucene's spelling; empty, with nothing taken, for anything else.
  std::string TakeBounds() {
    const size_t close = pattern_.find_first_not_of("0123456789,", at_ + 1);
    if (close == std::string_view::npos || pattern_[close] != '}') return {};
    const std::string_view inside = pattern_.substr(at_ + 1, close - at_ - 1);
    const bool bounds =
        inside.find_first_of("0123456789") != std::string_view::npos && inside.find(',') == inside.rfind(',');
    if (!bounds) return {};
    at_ = close + 1;
    return (inside[0] == ',' ? "{0" : "{") + std::string(inside) + '}';
  }

  Part Atom(bool at_start) {
    if (Take("(")) return Group(at_start);
    std::string text;
    if (Take("[")) {
      text = Class();
    } else if (Take(".")) {
      text = ".";
    } else if (Take("\\")) {
      text = Escape();
    } else if (Peek("?*+")) {
      Fail("nothing to repeat");
    } else if (More()) {
      AppendLiteral(TakeSymbol(), text);
    }
    return {std::move(text), std::nullopt};
  }

  Part Group(bool at_start) {
    if (++nesting_ > limits::kMaxRegexNesting) return Fail("nested too deep"), Part();
    if (Take("?P<")) {
      const size_t close = pattern_.find('>', at_);
      if (close == std::string_view::npos) return Fail("a group's name has no end"), Part();
      at_ = close + 1;
    } else if (Peek("?") && !Take("?:")) {
      return Fail("only groups of the kinds `(`, `(?:` and `(?P<` are supported"), Part();
    }
    Part inside = Alternatives(at_start);
    --nesting_;
    if (!Take(")")) Fail("missing ), unterminated subpattern");
    if (inside.open) Enclose(*inside.open);
    return inside;
  }

  // What follows a backslash.
  std::string Escape() {
    if (!More()) return Fail("bad escape (end of pattern)"), "";
    if (Peek("sS")) return '[' + std::string(pattern_[at_++] == 's' ? kSpaces : kOthers) + ']';
    if (Peek("dDwW")) return std::string("\\") + pattern_[at_++];
    std::string out;
    AppendLiteral(EscapedSymbol(), out);
    return out;
  }

  // The symbol that a backslash and what follows it stand for. REQUIRES: the backslash was taken.
  std::string EscapedSymbol() {
    static constexpr std::pair<char, char> kControls[] = {{'t', '\t'}, {'n', '\n'}, {'r', '\r'},
                                                          {'f', '\f'}, {'v', '\v'}, {'a', '\a'}};
    if (!More()) return Fail("bad escape (end of pattern)"), "";
    for (const auto& [letter, control] : kControls) {
      if (Take({&letter, 1})) return {control};
    }
    if (Take("x")) return Hexadecimal(2);
    if (Take("u")) return Hexadecimal(4);
    if (IsLetterOrDigit(pattern_[at_])) return Fail(std::string("unsupported escape \\") + pattern_[at_]), "";
    return std::string(TakeSymbol());
  }

  std::string Hexadecimal(size_t digits) {
    uint32_t symbol = 0;
    for (size_t i = 0; i < digits; ++i) {
      const int digit = More() ? ascii::HexValue(pattern_[at_]) : -1;
      if (digit < 0) return Fail("incomplete escape"), "";
      ++at_;
      symbol = symbol * 16 + static_cast<uint32_t>(digit);
    }
    if (utf8::IsSurrogate(symbol)) return Fail("a surrogate is no character"), "";
    std::string text;
    utf8::Append(symbol, text);
    return text;
  }

  std::string Class() {
    std::string out = Take("^") ? "[^" : "[";
    bool first = true;
    while (More() && (first || !Peek("]"))) {
      first = false;
      if (ClassLetter(out)) continue;
      AppendLiteral(ClassSymbol(), out);
      if (!Peek("-") || pattern_.substr(at_).starts_with("-]")) continue;
      ++at_;
      out += '-';
      AppendLiteral(ClassSymbol(), out);
    }
    if (!Take("]")) Fail("unterminated character set");
    return out += ']';
  }

  // `\d` and its like inside a class.
  bool ClassLetter(std::string& out) {
    const std::string_view rest = pattern_.substr(at_);
    if (rest.size() < 2 || rest[0] != '\\') return false;
    if (rest[1] == 's' || rest[1] == 'S') {
      out += rest[1] == 's' ? kSpaces : kOthers;
    } else if (std::string_view("dDwW").find(rest[1]) != std::string_view::npos) {
      out += rest.substr(0, 2);
    } else {
      return false;
    }
    at_ += 2;
    return true;
  }

  std::string ClassSymbol() {
    if (Take("\\")) return Take("b") ? "\b" : EscapedSymbol();
    return More() ? std::string(TakeSymbol()) : std::string();
  }

  std::string_view pattern_;
  size_t at_ = 0;
  uint32_t nesting_ = 0;
  size_t copied_ = 0;
  std::optional<Error> error_;
};

}  // namespace

bool IgnoresCase(std::string_view pattern) { return GlobalFlags(pattern).find('i') != std::string_view::npos; }

Result<std::string> FromPython(std::string_view pattern) { return Translator(pattern).Run(); }

}  // namespace eqlc::regex
