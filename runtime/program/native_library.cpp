#include "runtime/program/native_library.h"

#include <dlfcn.h>
#include <elf.h>

#include <cstring>
#include <string>
#include <utility>

#include "eqlc/limits.hpp"
#include "runtime/program/native_ruleset.h"

namespace eqlc {
namespace {

#if defined(__x86_64__)
constexpr uint16_t kMachine = EM_X86_64;
#elif defined(__aarch64__)
constexpr uint16_t kMachine = EM_AARCH64;
#else
constexpr uint16_t kMachine = EM_NONE;
#endif

Status CheckElfHeader(Bytes file) {
  Elf64_Ehdr header{};
  if (!IsObjectFile(file) || file.size() < sizeof header) return Error{"not a shared object"};
  std::memcpy(&header, file.data(), sizeof header);
  const bool is_ours =
      header.e_ident[EI_CLASS] == ELFCLASS64 && header.e_ident[EI_DATA] == ELFDATA2LSB && header.e_machine == kMachine;
  if (!is_ours) return Error{"it is for another kind of machine"};
  if (header.e_type == ET_REL) return Error{"it is an object for linking into a program; compile to a .so to load it"};
  if (header.e_type != ET_DYN) return Error{"not a shared object"};
  // The section headers are the last that linkers write.
  const uint64_t end = header.e_shoff + uint64_t{header.e_shnum} * header.e_shentsize;
  if (header.e_shoff > file.size() || end > file.size()) return Error{"cut off"};
  return {};
}

// Code that the dynamic linker mapped, from a file that stays open.
struct Library {
  explicit Library(File opened) : file(std::move(opened)) {
    // The linker takes a name that it knows for a library that it has, even if the file was replaced since. Nothing
    // else has this name while the file is open, and it means the file that was checked.
    const std::string name = "/proc/self/fd/" + std::to_string(file.fd());
    handle = ::dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL);
  }
  ~Library() {
    if (handle != nullptr) ::dlclose(handle);
  }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

  File file;
  void* handle;
};

Error LinkerError() {
  const char* message = ::dlerror();
  return Error{message != nullptr ? message : "the dynamic linker refuses it"};
}

}  // namespace

bool IsObjectFile(Bytes file) { return file.size() >= SELFMAG && std::memcmp(file.data(), ELFMAG, SELFMAG) == 0; }

Result<std::shared_ptr<const Program>> LoadNativeLibrary(SealedFile file) {
  if (Status status = CheckElfHeader(file.contents()); !status) return status.error();
  auto library = std::make_shared<Library>(file.TakeFile());
  if (library->handle == nullptr) return LinkerError();
  const auto* ruleset = static_cast<const abi::NativeRuleset*>(::dlsym(library->handle, abi::kRulesetSymbol));
  if (ruleset == nullptr) return Error{"not a compiled ruleset"};
  return LinkRuleset(*ruleset, std::move(library), Damage::kRuledOut);
}

Result<std::shared_ptr<const Program>> LoadNativeLibrary(const std::string& path) {
  Result<MappedFile> file = MappedFile::Open(path, limits::kMaxRulesetFileBytes);
  if (!file) return file.error();
  // Says more than the lack of a seal would.
  if (Status status = CheckElfHeader(file->bytes()); !status) return status.error();
  Result<SealedFile> sealed = SealedFile::Check(std::move(*file));
  if (!sealed) return sealed.error();
  return LoadNativeLibrary(std::move(*sealed));
}

}  // namespace eqlc
