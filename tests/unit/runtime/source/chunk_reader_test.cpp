#include "runtime/source/chunk_reader.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>

#include "eqlc/limits.hpp"
#include "tests/support/temp_folder.h"
#include "tests/unit/runtime/source/compress.h"

namespace eqlc {
namespace {

using testing::TempFolder;

struct Chunks {
  std::vector<InputChunk> list;
  std::string error;

  std::string text() const {
    std::string all;
    for (const InputChunk& chunk : list) all += chunk.lines;
    return all;
  }
};

// One chunk brings the memory of the one before, as callers do.
Chunks ReadAll(const std::string& path) {
  Chunks chunks;
  auto reader = ChunkReader::Open(path);
  if (!reader) return {{}, reader.error().message};
  InputChunk chunk;
  while (true) {
    const auto more = reader->Next(chunk);
    if (!more) chunks.error = more.error().message;
    if (!more || !*more) return chunks;
    chunks.list.push_back(chunk);
  }
}

// Lines of all lengths from 0 to `longest`, `size` bytes or more.
std::string Text(size_t size, size_t longest, const std::string& line_end) {
  std::string text;
  for (size_t i = 0; text.size() < size; ++i) text += std::string(i * 37 % longest, 'x') + line_end;
  return text;
}

TEST(ChunkReader, CutsBehindNewlines) {
  const TempFolder folder;
  for (const char* line_end : {"\n", "\r\n"}) {
    const std::string text = Text(5 * limits::kChunkBytes, 9'000, line_end);
    for (const std::string& packed : {text, testing::Zstd(text), testing::Gzip(text)}) {
      const Chunks chunks = ReadAll(folder.Write("in", packed));
      EXPECT_EQ(chunks.error, "");
      EXPECT_TRUE(chunks.text() == text);
      EXPECT_GE(chunks.list.size(), 5u);
      EXPECT_LE(chunks.list.size(), 12u) << "chunks are about kChunkBytes long";
      uint64_t offset = 0;
      for (const InputChunk& chunk : chunks.list) {
        EXPECT_TRUE(chunk.lines.ends_with('\n'));
        EXPECT_LE(chunk.lines.size(), limits::kChunkBytes);
        EXPECT_EQ(chunk.offset, offset);
        offset += chunk.lines.size();
        EXPECT_EQ(chunk.end, offset);
      }
    }
  }
}

// Wherever the end of a chunk's buffer falls: inside a line, between `\r` and `\n`, behind a newline.
TEST(ChunkReader, LosesNothingAtAnyBorder) {
  const TempFolder folder;
  for (size_t size = limits::kChunkBytes - 3; size <= limits::kChunkBytes + 3; ++size) {
    const std::string text = std::string(size, 'x') + "\r\n{}\n" + std::string(size, 'y') + "\n\nz";
    const Chunks chunks = ReadAll(folder.Write("in", text));
    EXPECT_TRUE(chunks.text() == text) << size;
    for (const InputChunk& chunk : chunks.list) {
      EXPECT_TRUE(chunk.lines.ends_with('\n') || &chunk == &chunks.list.back()) << size;
    }
  }
}

TEST(ChunkReader, GrowsForALongLine) {
  const TempFolder folder;
  const std::string text = "{}\n" + std::string(7 * limits::kChunkBytes, 'x') + "\n" + Text(3'000'000, 9'000, "\n");
  const Chunks chunks = ReadAll(folder.Write("in", text));
  EXPECT_TRUE(chunks.text() == text);
  EXPECT_LE(chunks.list.back().lines.capacity(), 2 * limits::kChunkBytes) << "its memory is let go";
}

TEST(ChunkReader, SetsAnEventThatIsTooLongApart) {
  const TempFolder folder;
  const std::string too_long(limits::kMaxEventBytes + 1, 'x');
  const Chunks lines = ReadAll(folder.Write("in", "a\nb\n" + too_long + "\nc\n"));
  ASSERT_EQ(lines.list.size(), 3u);
  EXPECT_EQ(lines.list[0].lines, "a\nb\n");
  EXPECT_TRUE(lines.list[1].too_long);
  EXPECT_EQ(lines.list[1].lines, "");
  EXPECT_EQ(lines.list[2].lines, "c\n");

  const Chunks values = ReadAll(folder.Write("in", "[1,\n2,\"" + too_long + "\",3]"));
  ASSERT_EQ(values.list.size(), 3u);
  EXPECT_EQ(values.list[0].lines, "1\n2\n");
  EXPECT_TRUE(values.list[1].too_long);
  EXPECT_EQ(values.list[1].places.at(0).number, 2u);
  EXPECT_EQ(values.list[2].lines, "3\n");
}

TEST(ChunkReader, MakesLinesOfValuesAndKeepsTheirPlaces) {
  const TempFolder folder;
  const Chunks chunks = ReadAll(folder.Write("in", "[{\"a\":\n1},{},\n\n{\"b\":2}]"));
  ASSERT_EQ(chunks.list.size(), 1u);
  EXPECT_EQ(chunks.list[0].lines, "{\"a\": 1}\n{}\n{\"b\":2}\n");
  std::vector<uint64_t> numbers;
  for (const InputChunk::Place& place : chunks.list[0].places) numbers.push_back(place.number);
  EXPECT_EQ(numbers, (std::vector<uint64_t>{1, 2, 4}));
}

TEST(ChunkReader, GivesWhatCameBeforeAnError) {
  const TempFolder folder;
  std::string packed = testing::Gzip("{}\n{}\n");
  packed += testing::Gzip(Text(100'000, 500, "\n")).substr(0, 60);
  const Chunks chunks = ReadAll(folder.Write("in", packed));
  EXPECT_THAT(chunks.error, ::testing::HasSubstr("ends in the middle"));
  EXPECT_TRUE(chunks.text().starts_with("{}\n{}\n"));
}

// A pipe that falls silent: the lines that came are given, and who wants to know is told before the wait.
TEST(ChunkReader, DoesNotKeepEventsOfAPipeWaiting) {
  const TempFolder folder;
  const std::string fifo = folder.path("fifo");
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  const int writer = ::open(fifo.c_str(), O_RDWR);
  const auto write = [&](std::string_view text) {
    EXPECT_EQ(::write(writer, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  };
  write("{}\n12");
  int waits = 0;
  std::atomic<bool> stop{false};
  auto reader = ChunkReader::Open(fifo, &stop, [&] {
    ++waits;
    if (waits == 1) write("3\n{}\n");
    if (waits == 2) stop = true;
  });
  ASSERT_TRUE(reader.ok());
  InputChunk chunk;
  ASSERT_TRUE(*reader->Next(chunk));
  EXPECT_EQ(chunk.lines, "{}\n");
  EXPECT_EQ(waits, 0);
  ASSERT_TRUE(*reader->Next(chunk));
  EXPECT_EQ(chunk.lines, "123\n{}\n");
  EXPECT_EQ(waits, 1);
  EXPECT_FALSE(*reader->Next(chunk));
  EXPECT_EQ(waits, 2);
  ::close(writer);
}

}  // namespace
}  // namespace eqlc
