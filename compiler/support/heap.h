// The compiler's heap: what it takes and what it leaves behind.
#pragma once

#include <cstddef>

namespace eqlc {

// Gives memory that was freed back to the system, as far as the C library can. Compiling takes a multiple of what a
// program takes, and a process that compiled once runs for days. From any thread.
void ReturnFreeMemory();

// For memory that nobody has touched yet and that is about to be written from end to end: a page fault for every 4 KB
// of it takes as long as writing it. A hint; small blocks are left alone.
void PreferHugePages(void* block, size_t size);

// Makes the C library's heap, which grows by small steps, large at once and of huge pages. For a command, at its start:
// it changes what the whole process does with freed memory, which stays in the heap until ReturnFreeMemory.
void GrowHeapAhead();

}  // namespace eqlc
