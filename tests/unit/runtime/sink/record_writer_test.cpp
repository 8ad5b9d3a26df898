#include "runtime/sink/record_writer.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <string>
#include <thread>

#include "tests/unit/runtime/sink/sink_fixture.h"

namespace eqlc {
namespace {

using testing::HasSubstr;

// A full disk or a closed pipe must be an Error here, not a signal.
class RecordWriterTest : public testing::Test {
 protected:
  void SetUp() override {
    old_pipe_ = std::signal(SIGPIPE, SIG_IGN);
    old_size_ = std::signal(SIGXFSZ, SIG_IGN);
  }
  void TearDown() override {
    std::signal(SIGPIPE, old_pipe_);
    std::signal(SIGXFSZ, old_size_);
  }

 private:
  void (*old_pipe_)(int) = nullptr;
  void (*old_size_)(int) = nullptr;
};

// Limits the size of files, as a full disk would; lifts the limit when it goes.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &old_);
    const rlimit limit = {bytes, old_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &old_); }

 private:
  rlimit old_;
};

off_t SizeOf(int fd) {
  struct stat info = {};
  fstat(fd, &info);
  return info.st_size;
}

TEST_F(RecordWriterTest, FilesAreWrittenInLargePieces) {
  TemporaryFile file;
  RecordWriter writer(file.fd());
  ASSERT_TRUE(writer.Append("one\n"));
  EXPECT_EQ(SizeOf(file.fd()), 0);
  ASSERT_TRUE(writer.Append(std::string(70'000, 'x')));
  ASSERT_TRUE(writer.Append("three\n"));
  ASSERT_TRUE(writer.Flush());
  EXPECT_EQ(file.Contents(), "one\n" + std::string(70'000, 'x') + "three\n");
  EXPECT_EQ(writer.records(), 3u);
}

TEST_F(RecordWriterTest, PipesGetEveryRecordAtOnce) {
  std::array<int, 2> ends;
  ASSERT_EQ(pipe(ends.data()), 0);
  RecordWriter writer(ends[1]);
  ASSERT_TRUE(writer.Append("one\n"));
  std::array<char, 16> bytes;
  EXPECT_EQ(read(ends[0], bytes.data(), bytes.size()), 4);
  close(ends[0]);
  close(ends[1]);
}

TEST_F(RecordWriterTest, ClosedPipeIsAnErrorForEveryRecord) {
  std::array<int, 2> ends;
  ASSERT_EQ(pipe(ends.data()), 0);
  close(ends[0]);
  RecordWriter writer(ends[1]);
  for (int i = 0; i < 3; ++i) {
    const Status status = writer.Append("record\n");
    ASSERT_FALSE(status);
    EXPECT_THAT(status.error().message, HasSubstr("Broken pipe"));
  }
  EXPECT_EQ(writer.records(), 0u);
  EXPECT_EQ(writer.pending_bytes(), 0u);
  close(ends[1]);
}

TEST_F(RecordWriterTest, FullDeviceIsAnErrorAndMemoryStaysBounded) {
  const int fd = open("/dev/full", O_WRONLY);
  ASSERT_GE(fd, 0);
  RecordWriter writer(fd);
  for (int i = 0; i < 100; ++i) {
    const Status status = writer.Append(std::string(10'000, 'x'));
    ASSERT_FALSE(status);
    EXPECT_THAT(status.error().message, HasSubstr("No space left on device"));
  }
  EXPECT_EQ(writer.pending_bytes(), 0u);
  close(fd);
}

TEST_F(RecordWriterTest, ContinuesAfterTheDiskHadNoSpace) {
  TemporaryFile file;
  RecordWriter writer(file.fd());
  std::string expected;
  int refused = 0;
  {
    const FileSizeLimit limit(100'000);
    for (int i = 0; i < 300; ++i) {
      const std::string record = std::to_string(i) + std::string(995, '.') + "\n";
      const Status status = writer.Append(record);
      if (status) {
        expected += record;
      } else {
        EXPECT_THAT(status.error().message, HasSubstr("File too large"));
        ++refused;
      }
      ASSERT_LE(writer.pending_bytes(), 66'000u);
    }
    EXPECT_FALSE(writer.Flush());
    EXPECT_EQ(SizeOf(file.fd()), 100'000);
  }
  EXPECT_GT(refused, 100);
  ASSERT_TRUE(writer.Append("after\n"));
  ASSERT_TRUE(writer.Flush());
  EXPECT_EQ(file.Contents(), expected + "after\n");
}

TEST_F(RecordWriterTest, ARecordThatWentOutInPartIsCompletedLater) {
  TemporaryFile file;
  RecordWriter writer(file.fd());
  const std::string large(150'000, 'L');
  {
    const FileSizeLimit limit(100'000);
    EXPECT_FALSE(writer.Append(large));
    EXPECT_EQ(writer.records(), 1u);
    EXPECT_FALSE(writer.Append(large));
    EXPECT_EQ(writer.records(), 1u);
  }
  ASSERT_TRUE(writer.Flush());
  EXPECT_EQ(file.Contents(), large);
}

TEST_F(RecordWriterTest, NonBlockingPipeIsWaitedFor) {
  std::array<int, 2> ends;
  ASSERT_EQ(pipe(ends.data()), 0);
  ASSERT_EQ(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
  std::string received;
  std::thread reader([&] {
    std::array<char, 4096> bytes;
    for (ssize_t n; (n = read(ends[0], bytes.data(), bytes.size())) > 0;)
      received.append(bytes.data(), static_cast<size_t>(n));
  });
  RecordWriter writer(ends[1]);
  const std::string record(1'000'000, 'x');
  EXPECT_TRUE(writer.Append(record));
  close(ends[1]);
  reader.join();
  close(ends[0]);
  EXPECT_EQ(received, record);
}

TEST_F(RecordWriterTest, ClosedDescriptor) {
  RecordWriter writer(-1);
  const Status status = writer.Append("x");
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message, HasSubstr("Bad file descriptor"));
}

}  // namespace
}  // namespace eqlc
