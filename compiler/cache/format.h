// How the cache writes down what the compiler knows: numbers as they lie in memory, lists and texts behind their
// length. A Writer and a Reader visit the same members in the same order: the functions `Each` are the format. Tested
// by tests/unit/compiler/cache/stored_result_test.cpp.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "eqlc/diagnostic.hpp"

namespace eqlc::cache {

class Writer {
 public:
  template <typename T>
    requires std::is_integral_v<T>
  void operator()(const T& number) {
    Append(&number, sizeof number);
  }
  void operator()(const std::string& text) {
    (*this)(static_cast<uint32_t>(text.size()));
    Append(text.data(), text.size());
  }
  template <typename T>
  void operator()(const std::vector<T>& list) {
    (*this)(static_cast<uint32_t>(list.size()));
    for (const T& element : list) Each(element, *this);
  }
  std::vector<std::byte> Take() { return std::move(bytes_); }

 private:
  void Append(const void* from, size_t size) {
    const auto* begin = static_cast<const std::byte*>(from);
    bytes_.insert(bytes_.end(), begin, begin + size);
  }

  std::vector<std::byte> bytes_;
};

class Reader {
 public:
  explicit Reader(std::span<const std::byte> bytes) : left_(bytes) {}

  template <typename T>
    requires std::is_integral_v<T>
  void operator()(T& number) {
    const auto bytes = Next(sizeof number);
    if (ok_) std::memcpy(&number, bytes.data(), sizeof number);
  }
  void operator()(bool& flag) {
    uint8_t byte = 0;
    (*this)(byte);
    flag = byte != 0;
  }
  void operator()(std::string& text) {
    uint32_t size = 0;
    (*this)(size);
    const auto bytes = Next(size);
    text.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  template <typename T>
  void operator()(std::vector<T>& list) {
    uint32_t size = 0;
    (*this)(size);
    // An element takes some bytes, so that a false size ends at the end of the bytes.
    for (uint32_t i = 0; i < size && ok_; ++i) Each(list.emplace_back(), *this);
  }
  bool ReadAll() const { return ok_ && left_.empty(); }

 private:
  std::span<const std::byte> Next(size_t size) {
    ok_ = ok_ && size <= left_.size();
    if (!ok_) return {};
    const auto next = left_.first(size);
    left_ = left_.subspan(size);
    return next;
  }

  std::span<const std::byte> left_;
  bool ok_ = true;
};

template <typename Visitor>
void Each(const std::string& text, Visitor& visit) {
  visit(text);
}
template <typename Visitor>
void Each(std::string& text, Visitor& visit) {
  visit(text);
}

// `Range` and so on are const for a Writer only.
template <typename Range, typename Visitor>
void EachOfRange(Range& range, Visitor& visit) {
  visit(range.file);
  visit(range.line);
  visit(range.column);
  visit(range.length);
  visit(range.line_text);
}

template <typename Label, typename Visitor>
  requires requires(Label& label) { label.range, label.text; }
void Each(Label& label, Visitor& visit) {
  EachOfRange(label.range, visit);
  visit(label.text);
}

template <typename Finding, typename Visitor>
  requires requires(Finding& finding) { finding.severity, finding.labels; }
void Each(Finding& finding, Visitor& visit) {
  auto severity = static_cast<uint32_t>(finding.severity);
  visit(severity);
  if constexpr (!std::is_const_v<Finding>) finding.severity = static_cast<Severity>(std::min<uint32_t>(severity, 2));
  visit(finding.code);
  visit(finding.message);
  EachOfRange(finding.range, visit);
  visit(finding.labels);
  visit(finding.hints);
  visit(finding.rule_id);
}

}  // namespace eqlc::cache
