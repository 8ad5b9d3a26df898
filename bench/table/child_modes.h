// What this program does as a child of itself: work whose memory or start is to be seen by itself. Each prints lines
// `name value`, as Child::ReadFigures reads them, and gives an exit code.
#pragma once

#include <cstddef>
#include <string>

namespace eqlc::bench {

// Compiles the rule files that `list` names, one a line, and pushes the event in the file `event` until it matches.
int ColdStart(const std::string& list, const std::string& event);
// The same with a saved ruleset.
int WarmStart(const std::string& ruleset, const std::string& event);
// Opens `count` partial sequences.
int OpenPartials(size_t count);

}  // namespace eqlc::bench
