#include "compiler/cache/build_id.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

#include "compiler/native/jit_library.h"

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

// Bytes of a file; fewer where it ends.
std::vector<char> ReadAt(int file, size_t offset, size_t size) {
  constexpr size_t kLargest = 64 << 10;  // notes and headers are some hundred bytes
  std::vector<char> bytes(std::min(size, kLargest));
  const ssize_t read = ::pread(file, bytes.data(), bytes.size(), static_cast<off_t>(offset));
  bytes.resize(read < 0 ? 0 : static_cast<size_t>(read));
  return bytes;
}

std::string FindBuildIdIn(int file) {
  ElfW(Ehdr) header{};
  const std::vector<char> first = ReadAt(file, 0, sizeof header);
  if (first.size() < sizeof header) return "";
  std::memcpy(&header, first.data(), sizeof header);
  const std::vector<char> parts = ReadAt(file, header.e_phoff, size_t{header.e_phnum} * sizeof(ElfW(Phdr)));
  for (size_t at = 0; at + sizeof(ElfW(Phdr)) <= parts.size(); at += sizeof(ElfW(Phdr))) {
    ElfW(Phdr) part{};
    std::memcpy(&part, parts.data() + at, sizeof part);
    if (part.p_type != PT_NOTE) continue;
    const std::vector<char> notes = ReadAt(file, part.p_offset, part.p_filesz);
    if (std::string id = FindBuildId(notes.data(), notes.size()); !id.empty()) return id;
  }
  return "";
}

// Of a file that need not be loaded.
std::string BuildIdOf(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return "";
  std::string id = FindBuildIdIn(file);
  ::close(file);
  return id;
}

}  // namespace

Result<std::string> BuildId() {
  Search search{reinterpret_cast<uintptr_t>(&BuildId), ""};
  ::dl_iterate_phdr(Visit, &search);
  if (search.id.empty()) return Error{"eqlc was linked without --build-id"};
  const std::string path = JitLibraryPath();
  if (path.empty()) return search.id;
  const std::string library = BuildIdOf(path);
  if (library.empty()) return Error{"'" + path + "' cannot be told from other builds of it"};
  return search.id + library;
}

}  // namespace eqlc::cache
