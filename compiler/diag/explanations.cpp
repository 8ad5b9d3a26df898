// The pages of docs/diagnostics beside the table of codes. Tested by tests/unit/compiler/diag/explanations_test.cpp.
#include "eqlc/explanation.hpp"

#include <algorithm>

#include "runtime/value/ascii.h"

namespace eqlc {
namespace {

struct Page {
  std::string_view code;
  std::string_view text;
};

constexpr Page kPages[] = {
#include "explanations.inc"  // cmake/embed_pages.cmake
};

constexpr std::string_view PageOf(std::string_view code) {
  for (const Page& page : kPages) {
    if (page.code == code) return page.text;
  }
  return {};  // a test names the code that lacks one
}

constexpr Explanation kExplanations[] = {
#define EQLC_DIAGNOSTIC(id, name, severity, title) {id, Severity::severity, title, PageOf(id)},
#include "compiler/diag/codes.def"
#undef EQLC_DIAGNOSTIC
};

}  // namespace

std::span<const Explanation> Explanations() { return kExplanations; }

const Explanation* FindExplanation(std::string_view code) {
  const auto* found =
      std::ranges::find_if(kExplanations, [code](const Explanation& e) { return ascii::EqualFold(e.code, code); });
  return found == std::end(kExplanations) ? nullptr : found;
}

}  // namespace eqlc
