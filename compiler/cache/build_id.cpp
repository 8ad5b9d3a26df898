#include "compiler/cache/build_id.h"

#include <elf.h>
#include <link.h>

#include <cstdint>
#include <cstring>

namespace eqlc::cache {
namespace {

struct Search {
  uintptr_t address;  // in the object that is looked for
  std::string id;
};

bool Contains(const dl_phdr_info& object, uintptr_t address) {
  for (int i = 0; i < object.dlpi_phnum; ++i) {
    const ElfW(Phdr)& part = object.dlpi_phdr[i];
    const uintptr_t begin = object.dlpi_addr + part.p_vaddr;
    if (part.p_type == PT_LOAD && address >= begin && address - begin < part.p_memsz) return true;
  }
  return false;
}

size_t Align4(size_t size) { return (size + 3) / 4 * 4; }

// Notes lie one behind the other: header, name, contents.
std::string FindBuildId(const char* notes, size_t size) {
  ElfW(Nhdr) header;
  while (size >= sizeof header) {
    std::memcpy(&header, notes, sizeof header);
    const size_t contents = sizeof header + Align4(header.n_namesz);
    const size_t end = contents + Align4(header.n_descsz);
    if (end > size) break;
    if (header.n_type == NT_GNU_BUILD_ID && header.n_namesz == 4 && std::memcmp(notes + sizeof header, "GNU", 4) == 0) {
      return std::string(notes + contents, header.n_descsz);
    }
    notes += end;
    size -= end;
  }
  return "";
}

int Visit(dl_phdr_info* object, size_t, void* data) {
  auto& search = *static_cast<Search*>(data);
  if (!Contains(*object, search.address)) return 0;
  for (int i = 0; i < object->dlpi_phnum && search.id.empty(); ++i) {
    const ElfW(Phdr)& part = object->dlpi_phdr[i];
    if (part.p_type != PT_NOTE) continue;
    search.id = FindBuildId(reinterpret_cast<const char*>(object->dlpi_addr + part.p_vaddr), part.p_memsz);
  }
  return 1;
}

}  // namespace

std::string BuildId() {
  Search search{reinterpret_cast<uintptr_t>(&BuildId), ""};
  ::dl_iterate_phdr(Visit, &search);
  return search.id;
}

}  // namespace eqlc::cache
