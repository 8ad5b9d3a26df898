// What this program does as a child of itself, so that the memory of partial sequences is seen by itself.
#pragma once

#include <cstddef>

namespace eqlc::bench {

// Opens `count` partial sequences; prints lines `name value`, as Child::ReadFigures reads them. Gives an exit code.
int OpenPartials(size_t count);

}  // namespace eqlc::bench
