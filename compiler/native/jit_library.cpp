// Tested by tests/unit/compiler/native/jit_library_test.cpp and tests/e2e.
#include "compiler/native/jit_library.h"

#include <dlfcn.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace eqlc {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFileName = "libeqlc_jit.so";

bool BelongsHere(const jit::Library& library) {
  return library.library_version == jit::kLibraryVersion && library.image_version == abi::kImageVersion &&
         library.native_version == abi::kNativeVersion && library.module_size == sizeof(ir::Module) &&
         std::strcmp(library.compiler, __VERSION__) == 0;
}

std::atomic<const jit::Library*>& Loaded() {
  static std::atomic<const jit::Library*> library = nullptr;
  return library;
}

Result<const jit::Library*> Load() {
  const std::string path = JitLibraryPath();
  if (path.empty()) return Error{std::string("cannot make machine code: there is no ") + kFileName};
  // It stays loaded: code that it made may run until the process ends.
  void* const handle = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (handle == nullptr) return Error{std::string("cannot make machine code: ") + ::dlerror()};
  auto* const open = reinterpret_cast<jit::LibraryFn*>(::dlsym(handle, jit::kLibrarySymbol));
  const jit::Library* const library = open != nullptr ? open(HelperTable()) : nullptr;
  if (library != nullptr && BelongsHere(*library)) {
    Loaded().store(library, std::memory_order_release);
    return library;
  }
  return Error{"cannot make machine code: '" + path + "' is of another version of eqlc"};
}

}  // namespace

std::string JitLibraryPath() {
  if (const char* const told = std::getenv("EQLC_JIT_LIBRARY")) return told;
  std::error_code error;
  const fs::path folder = fs::read_symlink("/proc/self/exe", error).parent_path();
  const fs::path candidates[] = {folder / kFileName, folder.parent_path() / "lib" / kFileName, EQLC_JIT_LIBRARY_PATH,
                                 EQLC_JIT_INSTALLED_PATH};
  for (const fs::path& candidate : candidates) {
    if (fs::exists(candidate, error)) return candidate.string();
  }
  return "";
}

Result<const jit::Library*> JitLibrary() {
  static const Result<const jit::Library*> library = Load();
  return library;
}

const jit::Library* LoadedJitLibrary() { return Loaded().load(std::memory_order_acquire); }

}  // namespace eqlc
