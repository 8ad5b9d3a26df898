// Tested by tests/unit/compiler/index/rule_index_test.cpp.
//
//   words:  head of field 0 | its keys ... | head of field 1 | its keys ... |
//   head:   number of keys << 1 | has some value
#include "runtime/match/signature.h"

#include <algorithm>

namespace eqlc {

uint64_t Signature::Hash() const noexcept {
  uint64_t hash = 0;
  for (const uint64_t word : words()) {
    hash = (hash ^ word) * 0x9E3779B97F4A7C15;  // 2^64 / golden ratio
    hash ^= hash >> 32;
  }
  return hash;
}

std::vector<Signature::Part> Signature::Parts() const {
  std::vector<Part> parts;
  for (uint32_t at = 0; at < size_;) {
    const uint64_t head = words_[at++];
    parts.push_back({(head & 1) != 0, words().subspan(at, head >> 1)});
    at += static_cast<uint32_t>(head >> 1);
  }
  return parts;
}

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
    fields_.push_back({part.field, RangeTable(keys)});
  }
}

bool SignatureReader::Read(EventValues& values, Signature& signature) const noexcept {
  uint32_t size = 0;
  for (const Field& field : fields_) {
    const abi::FieldSlot& slot = values.slot(field.field);
    if (size == Signature::kMaxWords) return false;
    uint64_t& head = signature.words_[size++];
    head = slot.count > 0 ? 1 : 0;
    for (uint32_t i = slot.first; i < slot.first + slot.count; ++i) {
      const uint64_t key = values.Key(i);
      if (field.keys.Find(key).count == 0) continue;
      if (size == Signature::kMaxWords) return false;
      signature.words_[size++] = key;
      head += 2;
    }
  }
  signature.size_ = size;
  return true;
}

}  // namespace eqlc
