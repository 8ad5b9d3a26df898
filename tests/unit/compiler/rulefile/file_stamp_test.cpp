#include "compiler/rulefile/file_stamp.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/temp_folder.h"

namespace eqlc {
namespace {

constexpr int64_t kSecond = 1'000'000'000;

FileStamp Take(const std::string& path) {
  struct stat status;
  EXPECT_EQ(::stat(path.c_str(), &status), 0);
  return StampOf(status);
}

TEST(FileStamp, TellsFilesAndTheirContentsApart) {
  const testing::TempFolder folder;
  const std::string a = folder.Write("a", "one");
  const FileStamp first = Take(a);
  EXPECT_EQ(Take(a), first);
  EXPECT_EQ(first.size, 3u);
  EXPECT_NE(Take(folder.Write("b", "one")), first);
  EXPECT_NE(Take(folder.Write("a", "four")), first);
}

// As some programs do that unpack archives.
TEST(FileStamp, IsNotDeceivedByATimeThatIsSetBack) {
  const testing::TempFolder folder;
  const std::string a = folder.Write("a", "one");
  const auto time = std::filesystem::last_write_time(a);
  const FileStamp first = Take(a);
  FileStamp last = first;
  for (int i = 0; i < 1000 && last.changed_ns == first.changed_ns; ++i) {
    folder.Write("a", "two");
    std::filesystem::last_write_time(a, time);
    last = Take(a);
  }
  EXPECT_EQ(last.size, first.size);
  EXPECT_NE(last, first);
}

TEST(FileStamp, IsSettledWhenTheClockHasMovedOn) {
  FileStamp stamp{.device = 0, .inode = 0, .size = 0, .modified_ns = 10 * kSecond, .changed_ns = 20 * kSecond};
  EXPECT_FALSE(IsSettled(stamp, 20 * kSecond));
  EXPECT_FALSE(IsSettled(stamp, 22 * kSecond));
  EXPECT_TRUE(IsSettled(stamp, 22 * kSecond + 1));
  stamp.modified_ns = 30 * kSecond;  // in the future
  EXPECT_FALSE(IsSettled(stamp, 22 * kSecond + 1));
  const testing::TempFolder folder;
  EXPECT_FALSE(IsSettled(Take(folder.Write("a", "one")), StampClock()));
}

}  // namespace
}  // namespace eqlc
