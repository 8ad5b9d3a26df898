// What is known of all texts that a regular expression matches: `.*\\(cmd|powershell)\.exe` ends with `\cmd.exe` or
// `\powershell.exe`.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "runtime/value/regex_parse.h"

namespace eqlc::regex {

// More alternatives cost more to look for, and hardly fewer texts have none of them.
inline constexpr size_t kMaxFactTexts = 32;

// Ascending, distinct, in lower case: what is said of them holds without ASCII case.
using Texts = std::vector<std::string>;

// One empty text: nothing is known.
struct Facts {
  bool whole = false;   // `begins` are all matches there are
  Texts begins = {""};  // each match begins with one
  Texts ends = {""};    // each match ends with one
  Texts parts = {""};   // each match has one somewhere
};

// Those of `parts`, `begins` and `ends` that tell most: each match has one of them.
const Texts& BestParts(const Facts& facts);

// By NodeId.
std::vector<Facts> FactsOf(const Tree& tree);

}  // namespace eqlc::regex
