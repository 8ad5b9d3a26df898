#include "runtime/program/sealed_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temp_folder.h"

namespace eqlc {
namespace {

using ::testing::HasSubstr;
using testing::TempFolder;

Bytes BytesOf(std::string_view text) { return std::as_bytes(std::span(text)); }
std::string_view TextOf(Bytes bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

std::string Sealed(std::string_view contents, std::string_view extra) {
  const abi::SealTrailer trailer = MakeSeal(BytesOf(contents), BytesOf(extra));
  return std::string(contents) + std::string(extra) +
         std::string(reinterpret_cast<const char*>(&trailer), sizeof trailer);
}

std::string OpenError(const std::string& path) {
  const auto file = SealedFile::Open(path);
  return file.ok() ? "" : file.error().message;
}

TEST(SealedFile, GivesBackBothParts) {
  const TempFolder folder;
  const auto file = SealedFile::Open(folder.Write("file", Sealed("contents", "more")));
  ASSERT_TRUE(file.ok()) << file.error().message;
  EXPECT_EQ(TextOf(file->contents()), "contents");
  EXPECT_EQ(TextOf(file->extra()), "more");
  EXPECT_EQ(OpenError(folder.Write("empty", Sealed("", ""))), "");
}

TEST(SealedFile, SealsAFileThatIsThere) {
  const TempFolder folder;
  const std::string path = folder.Write("file", "contents");
  ASSERT_TRUE(SealFile(path, BytesOf("more")).ok());
  const auto file = SealedFile::Open(path);
  ASSERT_TRUE(file.ok()) << file.error().message;
  EXPECT_EQ(TextOf(file->contents()), "contents");
  EXPECT_EQ(TextOf(file->extra()), "more");
  EXPECT_FALSE(SealFile(folder.path("none"), {}).ok());
}

TEST(SealedFile, RefusesEveryChangedByte) {
  const TempFolder folder;
  const std::string whole = Sealed("the contents", "extra");
  for (size_t i = 0; i < whole.size(); ++i) {
    std::string changed = whole;
    changed[i] ^= 0x40;
    EXPECT_NE(OpenError(folder.Write("changed", changed)), "") << i;
  }
}

TEST(SealedFile, RefusesEveryOtherLength) {
  const TempFolder folder;
  const std::string whole = Sealed("the contents", "extra");
  for (size_t size = 0; size < whole.size(); ++size) {
    EXPECT_THAT(OpenError(folder.Write("cut", whole.substr(0, size))), HasSubstr("cut off")) << size;
  }
  EXPECT_THAT(OpenError(folder.Write("longer", whole + "x")), HasSubstr("cut off"));
  EXPECT_THAT(OpenError(folder.Write("twice", whole + whole)), HasSubstr("size is wrong"));
  EXPECT_THAT(OpenError(folder.Write("begin", "x" + whole)), HasSubstr("size is wrong"));
}

TEST(SealedFile, SaysWhatCannotBeRead) {
  const TempFolder folder;
  EXPECT_THAT(OpenError(folder.path("none")), HasSubstr("cannot open"));
  EXPECT_THAT(OpenError(folder.path("")), HasSubstr("not a plain file"));
}

}  // namespace
}  // namespace eqlc
