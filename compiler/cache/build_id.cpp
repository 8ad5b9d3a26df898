#include "compiler/cache/build_id.h"

#include <elf.h>
#include <link.h>

#include <cstdint>
#include <cstring>

#include "compiler/native/jit_library.h"
#include "runtime/program/file.h"

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

// The part of a file; empty when it does not have it.
Bytes PartOf(Bytes file, size_t offset, size_t size) {
  return offset <= file.size() && size <= file.size() - offset ? file.subspan(offset, size) : Bytes();
}

// Of a file that need not be loaded.
std::string BuildIdOf(const std::string& path) {
  constexpr size_t kLargest = size_t{1} << 30;  // it is mapped, not read
  const Result<MappedFile> file = MappedFile::Open(path, kLargest);
  if (!file) return "";
  ElfW(Ehdr) header{};
  const Bytes first = PartOf(file->bytes(), 0, sizeof header);
  if (first.empty()) return "";
  std::memcpy(&header, first.data(), sizeof header);
  for (size_t i = 0; i < header.e_phnum; ++i) {
    ElfW(Phdr) part{};
    const Bytes bytes = PartOf(file->bytes(), header.e_phoff + i * sizeof part, sizeof part);
    if (bytes.empty()) return "";
    std::memcpy(&part, bytes.data(), sizeof part);
    if (part.p_type != PT_NOTE) continue;
    const Bytes notes = PartOf(file->bytes(), part.p_offset, part.p_filesz);
    std::string id = FindBuildId(reinterpret_cast<const char*>(notes.data()), notes.size());
    if (!id.empty()) return id;
  }
  return "";
}

Result<std::string> ReadBuildId() {
  Search search{reinterpret_cast<uintptr_t>(&BuildId), ""};
  ::dl_iterate_phdr(Visit, &search);
  if (search.id.empty()) return Error{"eqlc was linked without --build-id"};
  const std::string path = JitLibraryPath();
  if (path.empty()) return search.id;
  const std::string library = BuildIdOf(path);
  if (library.empty()) return Error{"'" + path + "' cannot be told from other builds of it"};
  return search.id + library;
}

}  // namespace

Result<std::string> BuildId() {
  static const Result<std::string> id = ReadBuildId();
  return id;
}

}  // namespace eqlc::cache
