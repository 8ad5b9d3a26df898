// Tested by tests/unit/compiler/index/rule_index_test.cpp.
#include "runtime/match/signature.h"

#include <algorithm>
#include <bit>

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

bool SignatureReader::Read(EventValues& values, Signature& signature) const noexcept {
  uint64_t code = 1;
  uint32_t bits = 1;
  for (const Field& field : fields_) {
    const abi::FieldSlot& slot = values.slot(field.field);
    for (uint32_t i = slot.first; i < slot.first + slot.count; ++i) {
      const RangeTable::Range rank = field.ranks.Find(values.Key(i));
      if (rank.count == 0) continue;
      code = code << field.bits | (rank.first + 1);
      bits += field.bits;
      if (bits > 64) return false;
    }
    code = code << field.bits | (slot.count > 0 ? 0 : field.keys.size() + 1);
    bits += field.bits;
    if (bits > 64) return false;
  }
  signature.code_ = code;
  return true;
}

std::vector<SignaturePart> SignatureReader::PartsOf(Signature signature) const {
  auto left = static_cast<uint32_t>(std::bit_width(signature.code_)) - 1;
  const auto next = [&](uint32_t bits) { return signature.code_ >> (left -= bits) & ((uint64_t{1} << bits) - 1); };
  std::vector<SignaturePart> parts;
  for (const Field& field : fields_) {
    SignaturePart part;
    uint64_t number = next(field.bits);
    for (; number >= 1 && number <= field.keys.size(); number = next(field.bits)) {
      part.keys.push_back(field.keys[number - 1]);
    }
    part.present = number == 0;
    parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace eqlc
