#include "compiler/native/jit_library.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "compiler/native/jit.h"

namespace eqlc {
namespace {

TEST(JitLibraryTest, IsFoundWhereItWasBuiltAndLoadedOnce) {
  EXPECT_TRUE(std::filesystem::exists(JitLibraryPath())) << JitLibraryPath();
  const auto first = JitLibrary();
  ASSERT_TRUE(first.ok()) << first.error().message;
  EXPECT_EQ(*JitLibrary(), *first);
}

TEST(JitLibraryTest, IsNotLoadedToReturnItsPages) {
  const jit::Library* const before = LoadedJitLibrary();  // of a test in the same process
  ReturnLlvmPages();
  EXPECT_EQ(LoadedJitLibrary(), before);
  ASSERT_TRUE(JitLibrary().ok());
  EXPECT_EQ(LoadedJitLibrary(), *JitLibrary());
}

TEST(JitLibraryTest, IsLookedForNowhereElseWhenAPlaceIsTold) {
  ASSERT_EQ(setenv("EQLC_JIT_LIBRARY", "/nonexistent/jit.so", /*overwrite=*/1), 0);
  EXPECT_EQ(JitLibraryPath(), "/nonexistent/jit.so");
  unsetenv("EQLC_JIT_LIBRARY");
}

}  // namespace
}  // namespace eqlc
