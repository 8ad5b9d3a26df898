// Against the obvious ways, for every size and place within a few words.
#include "runtime/value/words.h"

#include <gtest/gtest.h>

#include <cctype>
#include <string>

namespace eqlc::words {
namespace {

constexpr size_t kMaxSize = 80;

TEST(WordsTest, EqualComparesEveryByte) {
  for (size_t size = 0; size <= kMaxSize; ++size) {
    const std::string text(size, 'k');
    EXPECT_TRUE(Equal(text, std::string(size, 'k')));
    EXPECT_FALSE(Equal(text, std::string(size + 1, 'k')));
    for (size_t i = 0; i < size; ++i) {
      std::string other = text;
      other[i] = 'K';
      EXPECT_FALSE(Equal(text, other)) << size << ' ' << i;
    }
  }
}

TEST(WordsTest, ContainsFindsTheByteWhereverItIs) {
  for (size_t size = 0; size <= kMaxSize; ++size) {
    // Neighbours of the byte in value and in memory must not count.
    const std::string around = '\\' + std::string(size, '[') + '\\';
    EXPECT_FALSE(Contains(std::string_view(around).substr(1, size), '\\')) << size;
    for (size_t i = 0; i < size; ++i) {
      std::string text(size, ']');
      text[i] = '\\';
      EXPECT_TRUE(Contains(text, '\\')) << size << ' ' << i;
    }
  }
}

TEST(WordsTest, BytesBeforeCountsUpToTheFirst) {
  EXPECT_EQ(BytesBefore(Load("abcdefgh"), '\\'), 8u);
  for (size_t first = 0; first < 8; ++first) {
    for (size_t second = first; second < 8; ++second) {
      std::string text = "]]]]]]]]";
      text[first] = text[second] = '\\';
      EXPECT_EQ(BytesBefore(Load(text.data()), '\\'), first) << text;
    }
  }
}

TEST(WordsTest, EqualBytes16HasABitForEachByte) {
  const std::string text = "0123456789abcdef";
  EXPECT_EQ(EqualBytes16(text.data(), text.data()), 0xFFFFu);
  for (size_t i = 0; i < 16; ++i) {
    std::string other = text;
    other[i] = '\xFF';
    EXPECT_EQ(EqualBytes16(text.data(), other.data()), 0xFFFFu & ~(1u << i));
  }
}

TEST(WordsTest, FindBytes16FindsLettersInBothCases) {
  const std::string text("aA@`[{zZ\xE1\xC1 0B\0\x1A:", 16);
  for (int i = 0; i < 256; ++i) {
    const char byte = static_cast<char>(i);
    const char other = std::isalpha(i) != 0 && i < 0x80 ? static_cast<char>(byte ^ 0x20) : byte;
    uint32_t exact = 0, folded = 0;
    for (uint32_t at = 0; at < 16; ++at) {
      exact |= uint32_t{text[at] == byte} << at;
      folded |= uint32_t{text[at] == byte || text[at] == other} << at;
    }
    EXPECT_EQ(FindBytes16(text.data(), Wanted::Of(byte, false)), exact) << i;
    EXPECT_EQ(FindBytes16(text.data(), Wanted::Of(byte, true)), folded) << i;
  }
}

TEST(WordsTest, MarksAreRightUpToTheFirst) {
  for (int byte = 0; byte < 256; ++byte) {
    for (size_t at = 0; at < 8; ++at) {
      std::string text(8, '\x20');
      text[at] = static_cast<char>(byte);
      const size_t before = byte < 0x20 ? at : 8;
      EXPECT_EQ(BytesBeforeMark(MarkControls(Load(text.data()))), before) << byte << ' ' << at;
    }
  }
}

}  // namespace
}  // namespace eqlc::words
