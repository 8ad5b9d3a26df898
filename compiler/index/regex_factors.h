// Factors of regular expressions: `.*\\(cmd|powershell)\.exe` ends with `\cmd.exe` or `\powershell.exe`.
#pragma once

#include <vector>

#include "compiler/index/factor.h"
#include "runtime/value/regex_parse.h"

namespace eqlc::index {

// Every text that the expression matches has one of these, without ASCII case; all are usable. Empty: nothing is known.
std::vector<Factor> FactorsOf(const regex::Tree& tree);

}  // namespace eqlc::index
