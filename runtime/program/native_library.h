// A ruleset in a shared object (`eqlc compile -o rules.so`).
// Tested by tests/unit/runtime/program/native_library_test.cpp and tests/unit/compiler/native_file_test.cpp.
#pragma once

#include <memory>
#include <string>

#include "eqlc/program.hpp"
#include "eqlc/result.hpp"
#include "runtime/program/sealed_file.h"

namespace eqlc {

// Does the file begin like an object, whatever is in it?
bool IsObjectFile(Bytes file);

// Maps the file's code into the process. The dynamic linker trusts what it reads, so files that are damaged, not made
// by eqlc or for another machine are refused before it sees them. An Error does not name the file.
Result<std::shared_ptr<const Program>> LoadNativeLibrary(const std::string& path);
Result<std::shared_ptr<const Program>> LoadNativeLibrary(SealedFile file);

}  // namespace eqlc
