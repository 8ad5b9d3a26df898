// Any bytes as a regular expression and a text: the pattern compiles or is refused, parsing and compiling agree on
// which, the automaton gives the answer of a matcher that has none, and a text that matches has one of the factors that
// the rule index would look for.
// An input is a pattern, a newline and a text; the pattern is tried with and without case.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "compiler/index/regex_factors.h"
#include "runtime/value/regex.h"
#include "runtime/value/regex_parse.h"
#include "tests/support/has_factor.h"
#include "tests/support/regex_reference.h"

namespace {

void Check(bool ok, const char* what) {
  if (ok) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

void TryPattern(std::string_view pattern, std::string_view text, bool fold) {
  const auto set = eqlc::RegexSet::Compile(std::span(&pattern, 1), fold);
  const auto tree = eqlc::regex::Parse(pattern, fold);
  if (!set.ok()) {
    Check(!set.error().message.empty(), "refused without a reason");
    return;
  }
  Check(tree.ok(), "compiled, though it does not parse");
  const bool matches = (*set)->Matches(text);
  const std::optional<bool> expected = eqlc::testing::ReferenceMatches(*tree, text);
  Check(!expected || *expected == matches, "automaton and reference differ");
  if (!matches) return;
  const std::vector<eqlc::index::Factor> factors = eqlc::index::FactorsOf(*tree);
  const auto has = [&](const eqlc::index::Factor& factor) { return eqlc::testing::HasFactor(text, factor); };
  Check(factors.empty() || std::ranges::any_of(factors, has), "a match without factor");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const size_t newline = input.find('\n');
  const std::string_view text = newline == std::string_view::npos ? std::string_view() : input.substr(newline + 1);
  for (const bool fold : {false, true}) TryPattern(input.substr(0, newline), text, fold);
  return 0;
}
