// Tested by tests/unit/compiler/jit/llvm_pages_test.cpp.
#include <link.h>
#include <llvm-c/Core.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>

#include "compiler/jit/functions.h"

namespace eqlc::jit {
namespace {

struct Place {
  uintptr_t address;  // of something in LLVM's code
};

bool IsCode(const ElfW(Phdr) & segment) {
  return segment.p_type == PT_LOAD && (segment.p_flags & PF_X) != 0 && (segment.p_flags & PF_W) == 0;
}

// For dl_iterate_phdr: the object that has the place loses its code's pages, and the search ends.
int ReturnPages(dl_phdr_info* object, size_t, void* data) {
  const uintptr_t place = static_cast<const Place*>(data)->address;
  const bool is_program = object->dlpi_name == nullptr || *object->dlpi_name == '\0';
  const auto page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
  for (int i = 0; i < object->dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = object->dlpi_phdr[i];
    if (!IsCode(segment)) continue;
    const uintptr_t begin = object->dlpi_addr + segment.p_vaddr;
    if (place < begin || place - begin >= segment.p_memsz) continue;
    const uintptr_t first = (begin + page - 1) / page * page, end = (begin + segment.p_memsz) / page * page;
    // A failure costs memory and nothing else.
    if (!is_program && first < end) madvise(reinterpret_cast<void*>(first), end - first, MADV_DONTNEED);
    return 1;
  }
  return 0;
}

}  // namespace

void ReturnLlvmPages() {
  Place place{reinterpret_cast<uintptr_t>(&LLVMContextCreate)};
  dl_iterate_phdr(&ReturnPages, &place);
}

}  // namespace eqlc::jit
