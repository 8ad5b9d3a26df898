#include "runtime/source/byte_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <optional>
#include <thread>

#include "tests/support/temp_folder.h"
#include "tests/unit/runtime/source/compress.h"

namespace eqlc {
namespace {

using testing::Gzip;
using ::testing::HasSubstr;
using testing::TempFolder;
using testing::Zstd;

// Everything of a source, or the error.
Result<std::string> ReadAll(const std::string& path, size_t chunk) {
  auto source = OpenByteSource(path, nullptr);
  if (!source) return source.error();
  std::string all;
  std::string buffer(chunk, '\0');
  while (true) {
    const auto n = (*source)->Read(buffer.data(), buffer.size());
    if (!n) return n.error();
    if (*n == 0) return all;
    all.append(buffer, 0, *n);
  }
}

std::string Numbers(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += std::to_string(i * 7919) + "\n";
  return text;
}

TEST(ByteSourceTest, ReadsPlainAndCompressedFiles) {
  const TempFolder folder;
  const std::string text = Numbers(100'000);
  const std::string files[] = {
      folder.Write("plain", text),
      folder.Write("gzip", Gzip(text)),
      folder.Write("zstd", Zstd(text)),
      folder.Write("gzip-members", Gzip(text.substr(0, 1000)) + Gzip("") + Gzip(text.substr(1000))),
      folder.Write("gzip-padded", Gzip(text) + std::string(1000, '\0')),
      folder.Write("zstd-frames", Zstd(text.substr(0, 1000)) + Zstd("") + Zstd(text.substr(1000))),
  };
  for (const std::string& file : files) {
    for (const size_t chunk : {size_t{100}, size_t{4096}, text.size(), 2 * text.size()}) {
      const auto all = ReadAll(file, chunk);
      ASSERT_TRUE(all.ok()) << file << ": " << all.error().message;
      EXPECT_EQ(*all, text) << file << " in pieces of " << chunk;
    }
  }
}

TEST(ByteSourceTest, ReadsShortFiles) {
  const TempFolder folder;
  for (const std::string text : {"", "x", "\x1F", "\x28\xB5\x2F"}) {
    EXPECT_EQ(*ReadAll(folder.Write("short", text), 10), text);
  }
  EXPECT_EQ(*ReadAll(folder.Write("empty.gz", Gzip("")), 10), "");
  EXPECT_EQ(*ReadAll(folder.Write("empty.zst", Zstd("")), 10), "");
}

TEST(ByteSourceTest, ReportsEveryTruncation) {
  const TempFolder folder;
  for (const std::string& packed : {Gzip(Numbers(20)), Zstd(Numbers(20))}) {
    for (size_t size = 4; size < packed.size(); ++size) {
      const auto all = ReadAll(folder.Write("cut", packed.substr(0, size)), 64);
      ASSERT_FALSE(all.ok()) << size;
      EXPECT_THAT(all.error().message, HasSubstr("ends in the middle"));
    }
  }
}

TEST(ByteSourceTest, ReportsDamage) {
  const TempFolder folder;
  for (std::string packed : {Gzip(Numbers(1000)), Zstd(Numbers(1000))}) {
    for (size_t i = packed.size() / 3; i < packed.size() / 2; ++i) packed[i] = static_cast<char>(0xA5);
    EXPECT_FALSE(ReadAll(folder.Write("damaged", packed), 4096).ok());
  }
  EXPECT_FALSE(ReadAll(folder.Write("tail", Gzip("x") + "not gzip"), 4096).ok());
}

TEST(ByteSourceTest, RefusesBombs) {
  const TempFolder folder;
  const std::string zeros(size_t{200} << 20, '\0');
  const auto all = ReadAll(folder.Write("bomb", Zstd(zeros)), 1 << 20);
  ASSERT_FALSE(all.ok());
  EXPECT_THAT(all.error().message, HasSubstr("1000-fold"));
}

TEST(ByteSourceTest, SaysWhatCannotBeOpened) {
  const TempFolder folder;
  const auto missing = OpenByteSource(folder.path("missing"), nullptr);
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().message, "cannot open '" + folder.path("missing") + "': No such file or directory");
  EXPECT_FALSE(OpenByteSource(folder.path(""), nullptr).ok());
}

TEST(ByteSourceTest, StopsWaitingForAPipe) {
  const TempFolder folder;
  const std::string pipe = folder.path("pipe");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::atomic<bool> stop{false};
  std::optional<size_t> last;
  std::thread reader([&] {
    auto source = OpenByteSource(pipe, &stop);
    ASSERT_TRUE(source.ok());
    char buffer[16];
    while (true) {
      const auto n = (*source)->Read(buffer, sizeof(buffer));
      ASSERT_TRUE(n.ok());
      last = *n;
      if (*n == 0) break;
    }
  });
  std::ofstream writer(pipe);
  writer << "some text" << std::flush;
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  stop = true;
  reader.join();
  EXPECT_EQ(last, size_t{0});
}

}  // namespace
}  // namespace eqlc
