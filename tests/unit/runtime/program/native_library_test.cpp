// What is refused before the dynamic linker sees it. Shared objects that are good need a compiler and are tested with
// it.
#include <elf.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "eqlc/program.hpp"
#include "tests/support/temp_folder.h"

namespace eqlc {
namespace {

using ::testing::HasSubstr;
using testing::TempFolder;

std::string LoadError(const std::string& path) {
  const auto program = Program::Load(path);
  return program.ok() ? "" : program.error().message;
}

// A header of this machine's kind, and nothing behind it.
Elf64_Ehdr Header() {
  Elf64_Ehdr header{};
  std::memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
#if defined(__aarch64__)
  header.e_machine = EM_AARCH64;
#else
  header.e_machine = EM_X86_64;
#endif
  header.e_type = ET_DYN;
  return header;
}

std::string ErrorFor(const Elf64_Ehdr& header) {
  const TempFolder folder;
  return LoadError(folder.Write("rules.so", {reinterpret_cast<const char*>(&header), sizeof header}));
}

TEST(NativeLibrary, RefusesObjectsOfOtherMachinesAndKinds) {
  Elf64_Ehdr header = Header();
  header.e_machine = EM_RISCV;
  EXPECT_THAT(ErrorFor(header), HasSubstr("another kind of machine"));
  header = Header();
  header.e_ident[EI_CLASS] = ELFCLASS32;
  EXPECT_THAT(ErrorFor(header), HasSubstr("another kind of machine"));
  header = Header();
  header.e_type = ET_REL;
  EXPECT_THAT(ErrorFor(header), HasSubstr("for linking into a program"));
  header.e_type = ET_CORE;
  EXPECT_THAT(ErrorFor(header), HasSubstr("not a shared object"));
}

TEST(NativeLibrary, RefusesFilesThatAreCutOffOrNotOurs) {
  Elf64_Ehdr header = Header();
  EXPECT_THAT(ErrorFor(header), HasSubstr("does not end as a file that eqlc wrote"));
  header.e_shoff = 4096;
  EXPECT_THAT(ErrorFor(header), HasSubstr("cut off"));
  const TempFolder folder;
  EXPECT_THAT(LoadError(folder.Write("rules.so", ELFMAG)), HasSubstr("not a shared object"));
}

TEST(NativeLibrary, RefusesOtherPrograms) {
  EXPECT_THAT(LoadError("/proc/self/exe"), HasSubstr("does not end as a file that eqlc wrote"));
}

}  // namespace
}  // namespace eqlc
