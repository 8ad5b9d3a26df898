// Signature: what an event's signature fields (category, type, action ...) have, as far as conditions ask for it.
// Events of one signature see the same partition of the rule index.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "runtime/match/event_values.h"
#include "runtime/match/range_table.h"
#include "runtime/match/test_keys.h"
#include "runtime/program/program.h"

namespace eqlc {

// Per signature field a head word and the keys of the values that some condition asks for.
class Signature {
 public:
  static constexpr uint32_t kMaxWords = 20;

  bool operator==(const Signature& other) const noexcept { return std::ranges::equal(words(), other.words()); }
  std::span<const uint64_t> words() const { return {words_.data(), size_}; }
  uint64_t Hash() const noexcept;

  // Of signature field `part` (in order of the program's): has it a value, and which of interest?
  struct Part {
    bool present = false;
    std::span<const uint64_t> keys;
  };
  std::vector<Part> Parts() const;

 private:
  friend class SignatureReader;
  std::array<uint64_t, kMaxWords> words_;
  uint32_t size_ = 0;
};

// For containers.
struct SignatureHash {
  size_t operator()(const Signature& signature) const noexcept { return signature.Hash(); }
};

// Reads the signature of events. Immutable. Thread-safety: safe together.
class SignatureReader {
 public:
  SignatureReader(const Program::Impl& program, const TestKeys& test_keys);

  // False when an event has more values of interest than a signature holds.
  bool Read(EventValues& values, Signature& signature) const noexcept;

 private:
  struct Field {
    abi::FieldId field;
    RangeTable keys;  // of interest
  };
  std::vector<Field> fields_;
};

}  // namespace eqlc
