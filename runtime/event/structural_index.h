// StructuralIndex: where the tokens of a JSON text begin; step one of decoding it.
//
//   text    {"user":{"name":"x"},"pid":4}
//   index   ^^     ^^^     ^^   ^^    ^^^      one entry per `{ } [ ] : ,`, string, number, word
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

namespace simdjson::internal {
class dom_parser_implementation;
}

namespace eqlc {

// What keeps a text from being read, JSON's syntax aside.
enum class TextFault : uint8_t { kNone, kStringNotClosed, kControlCharacter, kBlank, kNotUtf8 };

// Thread-safety: none (owns the index); cheap to make.
class StructuralIndex {
 public:
  // Who makes the index; it is the same.
  enum class Way : uint8_t {
    kLibrary,  // simdjson
    kAvx2,     // ours, in three quarters of the library's time with AVX2
  };
  // kLibrary always is, kAvx2 where this processor has what it takes.
  static bool IsAvailable(Way way);
  // kAvx2 if available, unless the library has AVX-512 to use, which is faster still.
  static Way Fastest();

  // REQUIRES: the way is available.
  explicit StructuralIndex(Way way = Fastest());
  ~StructuralIndex();

  // No byte outside `text` is read.
  TextFault Build(std::string_view text);

  // After a Build without fault: offsets, ascending; then, not counted, the size of the text, twice. May be changed.
  uint32_t* entries() { return entries_; }
  uint32_t count() const { return count_; }

 private:
  using Library = simdjson::internal::dom_parser_implementation;

  TextFault BuildByLibrary(std::string_view text);
  TextFault BuildByAvx2(std::string_view text);
  void MakeRoom(size_t size);

  const Way way_;
  std::unique_ptr<Library> library_;    // kLibrary: holds the entries
  std::unique_ptr<uint32_t[]> memory_;  // kAvx2
  size_t capacity_ = 0;                 // bytes of text that there is room for
  uint32_t* entries_ = nullptr;
  uint32_t count_ = 0;
};

}  // namespace eqlc
