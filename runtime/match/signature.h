// Signature: what an event's signature fields (category, type, action ...) have, as far as conditions ask for it.
// Events of one signature see the same partition of the rule index. It is a row of numbers, from the low bits of the
// first word up, in as many bits each as its field's largest takes; what does not fit goes to the next word.
//
//   a number for each value of field 0 ... | its end | a number for each value of field 1 ... | its end | ...
//
// A value's number is its rank, from 1, among those of interest; others have none. The end is 0, or the number behind
// the last rank if the field has no value at all.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "runtime/match/event_values.h"
#include "runtime/match/test_keys.h"
#include "runtime/program/program.h"
#include "runtime/value/range_table.h"

namespace eqlc {

class Signature {
 public:
  bool operator==(const Signature&) const = default;
  uint64_t Hash() const noexcept {
    const uint64_t mixed = (words_[1] * 31 + words_[0]) * 0x9E3779B97F4A7C15;  // 2^64 / golden ratio
    return mixed ^ mixed >> 32;
  }

 private:
  friend class SignatureReader;
  std::array<uint64_t, 2> words_{};
};

// For containers.
struct SignatureHash {
  size_t operator()(const Signature& signature) const noexcept { return signature.Hash(); }
};

// What a signature says of one field: has it a value, and which of interest?
struct SignaturePart {
  bool present = false;
  std::vector<uint64_t> keys;  // as KeyOf in value_key.h
};

// Reads the signature of events. Immutable. Thread-safety: safe together.
class SignatureReader {
 public:
  SignatureReader(const Program::Impl& program, const TestKeys& test_keys);

  // False when an event has more values of interest than a signature holds.
  bool Read(EventValues& values, Signature& signature) const noexcept;
  // By signature field, in order of the program's.
  std::vector<SignaturePart> PartsOf(const Signature& signature) const;

 private:
  struct Field {
    abi::FieldId field;
    uint32_t bits;               // of a number
    std::vector<uint64_t> keys;  // of interest, by rank
    RangeTable ranks;
  };
  // Where the numbers of a signature stand, one after the other.
  class Cursor;

  std::vector<Field> fields_;
};

}  // namespace eqlc
