// What the compiler's heap leaves behind.
#pragma once

namespace eqlc {

// Gives memory that was freed back to the system, as far as the C library can. Compiling takes a multiple of what a
// program takes, and a process that compiled once runs for days.
void ReturnFreeMemory();

}  // namespace eqlc
