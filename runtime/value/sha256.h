// SHA-256 (FIPS 180-4), for ids that are the same in every run. Not meant for secrets.
//
// Tested by tests/unit/runtime/value/sha256_test.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace eqlc {

// Thread-safety: none; use one object per digest.
class Sha256 {
 public:
  void Update(std::string_view bytes);
  // The digest as 64 lower-case hex digits. Call once; the object is spent.
  std::string Hex();

 private:
  void Compress(const unsigned char* block);
  void CompressSlow(const unsigned char* block);

  std::array<uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<unsigned char, 64> block_ = {};
  size_t used_ = 0;  // bytes of block_ that are filled
  uint64_t total_ = 0;
};

// The digest of a list of texts: the id of what they describe. Each is preceded by its length, so that ("ab","c") and
// ("a","bc") differ.
class IdHash {
 public:
  IdHash& Add(std::string_view part);
  std::string Hex() { return hash_.Hex(); }

 private:
  Sha256 hash_;
};

std::string Sha256Hex(std::string_view bytes);

}  // namespace eqlc
