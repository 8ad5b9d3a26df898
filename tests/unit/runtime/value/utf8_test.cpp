// Splitting of broken and well-formed text, from both ends.
#include "runtime/value/utf8.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace eqlc {
namespace {

TEST(Utf8Test, DecodesTheLimitsOfEachLength) {
  const std::vector<std::pair<std::string, uint32_t>> cases = {
      {std::string(1, '\0'), 0},     {"\x7F", 0x7F},           {"\xC2\x80", 0x80},
      {"\xDF\xBF", 0x7FF},           {"\xE0\xA0\x80", 0x800},  {"\xED\x9F\xBF", 0xD7FF},
      {"\xEE\x80\x80", 0xE000},      {"\xEF\xBF\xBF", 0xFFFF}, {"\xF0\x90\x80\x80", 0x10000},
      {"\xF4\x8F\xBF\xBF", 0x10FFFF}};
  for (const auto& [text, symbol] : cases) {
    const utf8::CodePoint point = utf8::DecodeFirst(text);
    EXPECT_EQ(point.symbol, symbol);
    EXPECT_EQ(point.size, text.size());
    EXPECT_TRUE(utf8::IsValid(text));
    std::string appended;
    utf8::Append(symbol, appended);
    EXPECT_EQ(appended, text);
  }
}

// None is part of a code point.
const std::vector<std::string> kInvalidBytes = {"\x80",
                                                "\xBF",
                                                "\xC0",
                                                "\xC0\x80",
                                                "\xC1",
                                                "\xC1\xBF",
                                                "\xC2",
                                                "\xC3",
                                                "\xE0\xA0",
                                                "\xE0\x9F\x80",
                                                "\xE0\x9F\xBF",
                                                "\xE2\x82",
                                                "\xED\xA0\x80",
                                                "\xF0\x90\x80",
                                                "\xF0\x9F",
                                                "\xF0\x9F\x98",
                                                "\xF0\x8F\x80\x80",
                                                "\xF0\x8F\xBF\xBF",
                                                "\xF5",
                                                "\xF5\x80",
                                                "\xF4\x90\x80\x80",
                                                "\xF8\x88\x80\x80",
                                                "\xFE",
                                                "\xFF"};

TEST(Utf8Test, InvalidBytesStandAlone) {
  std::vector<std::string> cases = kInvalidBytes;
  cases.push_back("\xC3(");
  for (const std::string& text : cases) {
    const utf8::CodePoint point = utf8::DecodeFirst(text);
    EXPECT_EQ(point.size, 1u);
    EXPECT_EQ(point.symbol, utf8::kInvalidByte + static_cast<unsigned char>(text[0]));
    EXPECT_FALSE(point.valid());
    EXPECT_EQ(utf8::Count(text), text.size());
    EXPECT_FALSE(utf8::IsValid(text));
    EXPECT_EQ(utf8::FindInvalid(text), 0u);
  }
  EXPECT_EQ(utf8::Count("\xFF\xC3\x80"), 2u);  // one bad byte, one letter
}

TEST(Utf8Test, FindsTheFirstInvalidByte) {
  EXPECT_EQ(utf8::FindInvalid("caf\xC3\xA9"), std::string_view::npos);
  EXPECT_EQ(utf8::FindInvalid("caf\xC3\xA9 \xE9."), 6u);
  EXPECT_EQ(utf8::FindInvalid("cut \xE2\x82"), 4u);
}

TEST(Utf8Test, ReplacesInvalidBytes) {
  std::string storage;
  const std::string_view valid = "a\xC2\x80\xE0\xA0\x80\xED\x9F\xBF\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF";
  EXPECT_EQ(utf8::ReplaceInvalid(valid, storage).data(), valid.data());
  for (const std::string& text : kInvalidBytes) {
    std::string expected;
    for (size_t i = 0; i < text.size(); ++i) expected += "\xEF\xBF\xBD";
    EXPECT_EQ(utf8::ReplaceInvalid(text, storage), expected);
    EXPECT_EQ(utf8::ReplaceInvalid("x" + text + "y", storage), "x" + expected + "y");
  }
}

// Bytes are read several at a time: wherever the one that is not ASCII stands, it counts.
TEST(Utf8Test, EveryByteAtEveryPlace) {
  for (size_t size = 1; size <= 20; ++size) {
    for (size_t at = 0; at < size; ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(size, 'x');
        text[at] = static_cast<char>(byte);
        const std::string replaced = byte < 0x80 ? text : text.substr(0, at) + "\xEF\xBF\xBD" + text.substr(at + 1);
        std::string storage;
        ASSERT_EQ(utf8::FindInvalid(text), byte < 0x80 ? std::string::npos : at);
        ASSERT_EQ(utf8::ReplaceInvalid(text, storage), replaced);
        ASSERT_EQ(utf8::Count(text), size);
      }
    }
  }
}

TEST(Utf8Test, CountsAndFindsOffsets) {
  const std::string text = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z";  // 1 + 2 + 3 + 4 + 1 bytes
  EXPECT_EQ(utf8::Count(text), 5u);
  const size_t offsets[] = {0, 1, 3, 6, 10, 11, 11};
  for (size_t i = 0; i < 7; ++i) EXPECT_EQ(utf8::Offset(text, i), offsets[i]) << i;
  EXPECT_EQ(utf8::Count(""), 0u);
}

TEST(Utf8Test, SplitsTheSameWayFromBothEnds) {
  static const std::string bytes = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xED\xA0\xFF";
  std::mt19937 random(3);
  for (int round = 0; round < 20'000; ++round) {
    std::string text(1 + random() % 10, ' ');
    for (char& c : text) c = bytes[random() % bytes.size()];
    std::vector<size_t> forward, backward;
    for (size_t i = 0; i < text.size(); i += utf8::DecodeFirst(std::string_view(text).substr(i)).size) {
      forward.push_back(i);
    }
    for (size_t end = text.size(); end > 0;) {
      end -= utf8::LastSize(std::string_view(text).substr(0, end));
      backward.insert(backward.begin(), end);
    }
    ASSERT_EQ(forward, backward);
  }
}

}  // namespace
}  // namespace eqlc
