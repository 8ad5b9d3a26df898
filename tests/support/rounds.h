// How much random work a differential test does: EQLC_DIFFERENTIAL_ROUNDS of EQLC_DIFFERENTIAL_EVENTS events each, or a
// few seconds' worth.
#pragma once

#include <cstdlib>

namespace eqlc::testing {

inline int DifferentialRounds() {
  const char* text = std::getenv("EQLC_DIFFERENTIAL_ROUNDS");
  return text ? std::atoi(text) : 6;
}

inline int DifferentialEvents() {
  const char* text = std::getenv("EQLC_DIFFERENTIAL_EVENTS");
  return text ? std::atoi(text) : 200;
}

}  // namespace eqlc::testing
