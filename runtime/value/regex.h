// Regular expressions in the Lucene dialect (docs/semantics.md section 3.7): whole-value match, `^` and `$` ordinary,
// operators `| & ~ @ # <n-m> "..."`. Automata only: time is linear in the text.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "eqlc/result.hpp"

namespace eqlc {

// A list of patterns, of which any may match. Compile finds all that is wrong with them; the automata that run are made
// when the first text comes, since most patterns of a ruleset never see one. Thread-safety: safe together.
class RegexSet {
 public:
  // An Error names the pattern, the place and what is wrong with it, or that it needs more than kMaxRegexStates.
  static Result<std::unique_ptr<RegexSet>> Compile(std::span<const std::string_view> patterns, bool fold);
  // The same for patterns in Python's dialect, which match at the beginning of a text (regex_python.h).
  static Result<std::unique_ptr<RegexSet>> CompilePython(std::span<const std::string_view> patterns, bool fold);
  ~RegexSet();

  // False also when there is no memory for the automata.
  bool Matches(std::string_view text) const noexcept;

 private:
  struct Impl;
  // `written`: what errors call the patterns.
  static Result<std::unique_ptr<RegexSet>> CompileAs(std::span<const std::string_view> patterns,
                                                     std::span<const std::string_view> written, bool fold);
  explicit RegexSet(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace eqlc
