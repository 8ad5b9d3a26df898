// Copies of rules whose literals are renamed, for measuring what rules cost that cannot match: the same fields,
// operators, lengths of literals and places of wildcards, other words.
//
//   process where event.type == "start" and process.executable : "?:\\Windows\\System32\\cmd.exe"
//   process where event.type == "start" and process.executable : "?:\\Windows\\Tztufn32\\cmd.exe"      copy 1
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace eqlc {

// In every literal the longest word has its letters moved on by `copy` places in the alphabet; from copy 26 on it also
// gets a number. Literals compared with `event.*` and `host.os.*` stay: by these, rules are told apart before anything
// else is looked at, and copies that left the scene there would cost nothing. A copy may still match, where a rule
// negates or asks for nothing but such fields. REQUIRES: copy > 0.
std::string RenameLiterals(std::string_view query, uint32_t copy);

}  // namespace eqlc
