// Whether a text passes a test of the rule index, said as plainly as possible.
#pragma once

#include <string>
#include <string_view>

#include "compiler/index/factor.h"
#include "runtime/value/ascii.h"

namespace eqlc::testing {

// REQUIRES: factor.text is in lower case; factor.skip is 0.
inline bool HasFactor(std::string_view text, const index::Factor& factor) {
  const std::string folded = ascii::Fold(text);
  switch (factor.kind) {
    case index::TestKind::kPresent:
      return true;
    case index::TestKind::kEqual:
      return folded == factor.text;
    case index::TestKind::kPrefix:
      return folded.starts_with(factor.text);
    case index::TestKind::kSuffix:
      return folded.ends_with(factor.text);
    case index::TestKind::kContains:
      return folded.find(factor.text) != std::string::npos;
  }
  return false;
}

}  // namespace eqlc::testing
