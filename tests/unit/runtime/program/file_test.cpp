#include "runtime/program/file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string_view>

#include "tests/support/temp_folder.h"

namespace eqlc {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using testing::TempFolder;

Status Replace(const std::string& path, std::string_view text) {
  return ReplaceFile(path, {std::as_bytes(std::span(text))});
}

std::string Read(const std::string& path) {
  const auto file = MappedFile::Open(path, 1000);
  if (!file) return file.error().message;
  return {reinterpret_cast<const char*>(file->bytes().data()), file->bytes().size()};
}

size_t FilesIn(const TempFolder& folder) {
  return static_cast<size_t>(std::distance(fs::directory_iterator(folder.path("")), fs::directory_iterator()));
}

TEST(ReplaceFileTest, WritesANewFileAndOverAnOldOne) {
  const TempFolder folder;
  const std::string path = folder.path("file");
  ASSERT_TRUE(Replace(path, "one").ok());
  EXPECT_EQ(Read(path), "one");
  ASSERT_TRUE(Replace(path, "two").ok());
  EXPECT_EQ(Read(path), "two");
  EXPECT_EQ(FilesIn(folder), 1u) << "nothing is left beside it";
}

TEST(ReplaceFileTest, KeepsThePermissionsOfTheOldOne) {
  const TempFolder folder;
  const std::string path = folder.Write("file", "old");
  ASSERT_EQ(::chmod(path.c_str(), 0640), 0);
  ASSERT_TRUE(Replace(path, "new").ok());
  EXPECT_EQ(fs::status(path).permissions(), fs::perms{0640});
}

TEST(ReplaceFileTest, WritesWhereALinkLeads) {
  const TempFolder folder;
  const std::string target = folder.Write("target", "old");
  fs::create_symlink(target, folder.path("link"));
  ASSERT_TRUE(Replace(folder.path("link"), "new").ok());
  EXPECT_TRUE(fs::is_symlink(folder.path("link")));
  EXPECT_EQ(Read(target), "new");
}

// A device that was replaced by a file would be gone for all processes.
TEST(ReplaceFileTest, LeavesWhatIsNoFile) {
  const TempFolder folder;
  const std::string pipe = folder.path("pipe");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  fs::create_directory(folder.path("sub"));
  for (const std::string& path : {pipe, folder.path("sub")}) {
    const Status status = Replace(path, "new");
    ASSERT_FALSE(status.ok()) << path;
    EXPECT_THAT(status.error().message, HasSubstr(path + "': it is there and no plain file"));
  }
  EXPECT_TRUE(fs::is_fifo(pipe));
  EXPECT_EQ(FilesIn(folder), 2u);
}

TEST(ReplaceFileTest, NamesThePathThatWasAskedFor) {
  const TempFolder folder;
  const std::string path = folder.path("missing/file");
  const Status status = Replace(path, "new");
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().message, "cannot write '" + path + "': No such file or directory");
}

}  // namespace
}  // namespace eqlc
