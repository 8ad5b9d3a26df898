// Tested by tests/unit/compiler/index/rule_index_test.cpp.
#include "runtime/match/signature.h"

#include <algorithm>
#include <bit>
#include <tuple>
#include <utility>

namespace eqlc {

SignatureReader::SignatureReader(const Program::Impl& program, const TestKeys& test_keys) {
  const auto tests = program.image.tests();
  for (const abi::ImageSignatureField& part : program.image.signature()) {
    std::vector<uint64_t> keys;
    for (uint32_t i = 0; i < tests.size(); ++i) {
      if (tests[i].field != part.field) continue;
      for (const uint64_t key : test_keys.keys(i)) {
        if (key != 0) keys.push_back(key);
      }
    }
    std::ranges::sort(keys);
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    const auto bits = static_cast<uint32_t>(std::bit_width(keys.size() + 1));
    RangeTable ranks(keys);
    fields_.push_back({part.field, bits, std::move(keys), std::move(ranks)});
  }
}

class SignatureReader::Cursor {
 public:
  // The next number takes so many bits. False when there is no room for it.
  bool Next(uint32_t bits) {
    at_ = end_;
    if (at_ + bits > kWordBits) {
      if (++word_ == kWords) return false;
      at_ = 0;
    }
    end_ = at_ + bits;
    return true;
  }
  void Put(Signature& signature, uint64_t number) const { signature.words_[word_] |= number << at_; }
  uint64_t Get(const Signature& signature) const {
    return signature.words_[word_] >> at_ & ((uint64_t{1} << (end_ - at_)) - 1);
  }

 private:
  static constexpr uint32_t kWordBits = 64;
  static constexpr uint32_t kWords = std::tuple_size_v<decltype(Signature::words_)>;

  uint32_t word_ = 0;
  uint32_t at_ = 0;
  uint32_t end_ = 0;
};

bool SignatureReader::Read(EventValues& values, Signature& signature) const noexcept {
  signature = {};
  Cursor cursor;
  for (const Field& field : fields_) {
    const abi::FieldSlot& slot = values.slot(field.field);
    for (uint32_t i = slot.first; i < slot.first + slot.count; ++i) {
      const RangeTable::Range rank = field.ranks.Find(values.Key(i));
      if (rank.count == 0) continue;
      if (!cursor.Next(field.bits)) return false;
      cursor.Put(signature, rank.first + 1);
    }
    if (!cursor.Next(field.bits)) return false;
    cursor.Put(signature, slot.count > 0 ? 0 : field.keys.size() + 1);
  }
  return true;
}

std::vector<SignaturePart> SignatureReader::PartsOf(const Signature& signature) const {
  std::vector<SignaturePart> parts;
  Cursor cursor;
  for (const Field& field : fields_) {
    SignaturePart part;
    uint64_t number = 0;
    while (cursor.Next(field.bits)) {
      number = cursor.Get(signature);
      if (number == 0 || number > field.keys.size()) break;
      part.keys.push_back(field.keys[number - 1]);
    }
    part.present = number == 0;
    parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace eqlc
