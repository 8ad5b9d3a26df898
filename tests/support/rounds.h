// How much random work a differential test does: EQLC_DIFFERENTIAL_ROUNDS, or a few seconds' worth.
#pragma once

#include <cstdlib>

namespace eqlc::testing {

inline int DifferentialRounds() {
  const char* text = std::getenv("EQLC_DIFFERENTIAL_ROUNDS");
  return text ? std::atoi(text) : 6;
}

}  // namespace eqlc::testing
