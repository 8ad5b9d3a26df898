// The order of keys of `sort` and `count`: values that outlive the row they came from, and which comes first.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "runtime/abi/value.h"

namespace eqlc {

// A key with its texts. Movable; values of another key never point into it.
class OrderKey {
 public:
  // As they are spelled.
  explicit OrderKey(std::span<const abi::Value> values);
  // As equal keys are alike: texts without case when `fold`, lists and objects canonical.
  OrderKey(std::span<const abi::Value> values, bool fold);

  size_t size() const { return parts_.size(); }
  abi::Value operator[](size_t i) const;
  size_t bytes() const;

 private:
  struct Part {
    abi::Value value;  // its text, if it has one, is `text`
    std::string text;
  };
  std::vector<Part> parts_;
};

// Orders keys of one length, part by part: numbers before texts before all else. A null stands where the empty value of
// its place's type would stand: zero, the empty text.
bool KeyLess(const OrderKey& a, const OrderKey& b);

}  // namespace eqlc
