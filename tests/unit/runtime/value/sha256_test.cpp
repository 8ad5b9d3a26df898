#include "runtime/value/sha256.h"

#include <gtest/gtest.h>

#include <string>

namespace eqlc {
namespace {

// Examples of FIPS 180-4 and NIST's CAVP.
TEST(Sha256, PublishedVectors) {
  const struct {
    std::string input;
    const char* digest;
  } kCases[] = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrst"
       "u",
       "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
      {std::string(1'000'000, 'a'), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Sha256Hex(c.input), c.digest) << c.input.size();
}

TEST(Sha256, PiecesGiveTheSameDigestAtEveryBlockBoundary) {
  for (size_t size = 50; size <= 135; ++size) {
    std::string text;
    for (size_t i = 0; i < size; ++i) text += static_cast<char>('a' + i % 26);
    for (size_t cut : {size_t{0}, size_t{1}, size / 2, size - 1}) {
      Sha256 hash;
      hash.Update(std::string_view(text).substr(0, cut));
      hash.Update(std::string_view(text).substr(cut));
      EXPECT_EQ(hash.Hex(), Sha256Hex(text)) << size << ' ' << cut;
    }
  }
}

TEST(IdHash, PartsDoNotRunTogether) {
  EXPECT_NE(IdHash().Add("ab").Add("c").Hex(), IdHash().Add("a").Add("bc").Hex());
  EXPECT_NE(IdHash().Add("a").Hex(), IdHash().Add("a").Add("").Hex());
  EXPECT_EQ(IdHash().Add("a").Add("b").Hex(), IdHash().Add("a").Add("b").Hex());
  EXPECT_EQ(IdHash().Add("a").Hex().size(), 64u);
}

}  // namespace
}  // namespace eqlc
