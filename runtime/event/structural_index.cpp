// Both ways look at 64 bytes at a time, a bit for each, after Langdale and Lemire, "Parsing Gigabytes of JSON per
// Second" (2019). Ours differs in what it does with the bits: a table turns eight of them into entries at once, where
// the library takes them one by one, which for the short tokens of events is most of the work.
// Tested by tests/unit/runtime/event/structural_index_test.cpp and, through the decoder,
// tests/fuzz/event_decoder_fuzz.cpp.
#include "runtime/event/structural_index.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>

#include "eqlc/limits.hpp"

#ifdef __x86_64__
#include <immintrin.h>
#define EQLC_AVX2 [[gnu::target("avx2,bmi,pclmul,popcnt")]]
#endif

namespace eqlc {
namespace {

constexpr size_t kFirstCapacity = 16 << 10;

#ifdef __x86_64__

constexpr size_t kBlock = 64;
constexpr size_t kEntriesAtOnce = 8;

// [eight bits]: which of them are set, ascending.
constexpr auto kPlaces = [] {
  std::array<std::array<uint8_t, kEntriesAtOnce>, 256> places{};
  for (size_t bits = 0; bits < places.size(); ++bits) {
    size_t count = 0;
    for (uint8_t i = 0; i < 8; ++i) {
      if ((bits >> i & 1) != 0) places[bits][count++] = i;
    }
  }
  return places;
}();

// A bit for each byte of a block.
using Bits = uint64_t;

// What a block leaves for the next one, and for the end.
struct Carry {
  Bits escaped = 0;    // bit 0: the first byte is
  Bits in_string = 0;  // all bits alike
  Bits scalar = 0;     // bit 0: the byte before was of a number or word
  Bits controls = 0;   // not 0: one stood in a string
  bool has_non_ascii = false;
};

struct Block {
  __m256i low, high;
};

EQLC_AVX2 inline Bits Join(__m256i low, __m256i high) {
  return static_cast<uint32_t>(_mm256_movemask_epi8(low)) | Bits{static_cast<uint32_t>(_mm256_movemask_epi8(high))}
                                                                << 32;
}

EQLC_AVX2 inline Bits Equal(const Block& block, char byte) {
  const __m256i wanted = _mm256_set1_epi8(byte);
  return Join(_mm256_cmpeq_epi8(block.low, wanted), _mm256_cmpeq_epi8(block.high, wanted));
}

// `{ } [ ] : ,`, and control characters that look like these and belong nowhere. In ASCII the brackets differ in 0x20,
// and the low four bits tell all of them apart.
EQLC_AVX2 inline Bits Operators(const Block& block) {
  const __m256i by_low_bits = _mm256_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ':', '{', ',', '}', 0, 0,  //
                                               0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ':', '{', ',', '}', 0, 0);
  const __m256i curly = _mm256_set1_epi8(0x20);
  return Join(_mm256_cmpeq_epi8(_mm256_shuffle_epi8(by_low_bits, block.low), _mm256_or_si256(block.low, curly)),
              _mm256_cmpeq_epi8(_mm256_shuffle_epi8(by_low_bits, block.high), _mm256_or_si256(block.high, curly)));
}

// Bytes that a backslash before them escapes: those behind an odd number of them.
inline Bits Escaped(Bits backslashes, Bits& first_is) {
  constexpr Bits kOdd = 0xAAAA'AAAA'AAAA'AAAA;
  const Bits starts = backslashes & ~first_is;
  // What the subtraction leaves of a run, borrowing along it: the backslashes that escape, every other one from the
  // first on, and, if they are odd in number, the byte behind.
  const Bits escaping = ((starts << 1 | kOdd) - starts) ^ kOdd;
  const Bits escaped = escaping ^ (backslashes | first_is);
  first_is = (escaping & backslashes) >> 63;
  return escaped;
}

// Where tokens begin in 64 bytes.
EQLC_AVX2 inline Bits TokensOf(const char* at, Carry& carry) {
  const Block block = {_mm256_loadu_si256(reinterpret_cast<const __m256i*>(at)),
                       _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at + 32))};
  Bits blanks = Equal(block, ' ');
  Bits controls = 0;
  // As signed numbers, bytes that are not ASCII are below control characters.
  const __m256i blank = _mm256_set1_epi8(' ');
  if (_mm256_movemask_epi8(_mm256_cmpgt_epi8(blank, _mm256_min_epi8(block.low, block.high))) != 0) [[unlikely]] {
    const Bits non_ascii = Join(block.low, block.high);
    controls = Join(_mm256_cmpgt_epi8(blank, block.low), _mm256_cmpgt_epi8(blank, block.high)) & ~non_ascii;
    blanks |= Equal(block, '\t') | Equal(block, '\n') | Equal(block, '\r');
    carry.has_non_ascii |= non_ascii != 0;
  }

  const Bits quotes = Equal(block, '"') & ~Escaped(Equal(block, '\\'), carry.escaped);
  // Multiplied without carries by all ones, each bit becomes the parity of those up to it: set from an opening quote
  // to before the closing one.
  const __m128i parity = _mm_clmulepi64_si128(_mm_set_epi64x(0, static_cast<int64_t>(quotes)), _mm_set1_epi8(-1), 0);
  const Bits in_string = static_cast<Bits>(_mm_cvtsi128_si64(parity)) ^ carry.in_string;
  carry.in_string = static_cast<Bits>(static_cast<int64_t>(in_string) >> 63);
  carry.controls |= controls & in_string;

  const Bits operators = Operators(block);
  const Bits scalars = ~(operators | blanks);
  const Bits unquoted = scalars & ~quotes;
  const Bits continued = unquoted << 1 | carry.scalar;
  carry.scalar = unquoted >> 63;
  const Bits behind_opening_quote = in_string ^ quotes;
  return (operators | (scalars & ~continued)) & ~behind_opening_quote;
}

// Writes up to kEntriesAtOnce entries more than there are tokens.
EQLC_AVX2 inline uint32_t* Append(Bits tokens, size_t offset, uint32_t* out) {
  __m256i first = _mm256_set1_epi32(static_cast<int32_t>(offset));
  __m256i next = _mm256_set1_epi32(8);
  asm("" : "+x"(next));  // else GCC makes every multiple of it anew, in three instructions
  for (size_t i = 0; i < sizeof(Bits); ++i) {
    const Bits eight = tokens >> (8 * i) & 0xFF;
    const __m128i places = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(kPlaces[eight].data()));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), _mm256_add_epi32(first, _mm256_cvtepu8_epi32(places)));
    out += _mm_popcnt_u64(eight);
    first = _mm256_add_epi32(first, next);
  }
  return out;
}

EQLC_AVX2 uint32_t* IndexByAvx2(std::string_view text, uint32_t* out, Carry& carry) {
  char last[kBlock];
  for (size_t at = 0; at < text.size(); at += kBlock) {
    const char* block = text.data() + at;
    if (text.size() - at < kBlock) {
      std::memset(last, ' ', kBlock);
      std::memcpy(last, block, text.size() - at);
      block = last;
    }
    out = Append(TokensOf(block, carry), at, out);
  }
  return out;
}

#endif

TextFault FaultOf(simdjson::error_code error) {
  switch (error) {
    case simdjson::SUCCESS:
      return TextFault::kNone;
    case simdjson::UNCLOSED_STRING:
      return TextFault::kStringNotClosed;
    case simdjson::UNESCAPED_CHARS:
      return TextFault::kControlCharacter;
    case simdjson::EMPTY:
      return TextFault::kBlank;
    case simdjson::UTF8_ERROR:
      return TextFault::kNotUtf8;
    default:
      throw std::bad_alloc();  // there is room for the text, so nothing else is left
  }
}

}  // namespace

bool StructuralIndex::IsAvailable(Way way) {
#ifdef __x86_64__
  static const bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                               __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("popcnt");
  return way == Way::kLibrary || has_avx2;
#else
  return way == Way::kLibrary;
#endif
}

StructuralIndex::Way StructuralIndex::Fastest() {
  static const bool library_has_avx512 = simdjson::get_active_implementation()->name() == "icelake";
  return !library_has_avx512 && IsAvailable(Way::kAvx2) ? Way::kAvx2 : Way::kLibrary;
}

StructuralIndex::StructuralIndex(Way way) : way_(way) {}

StructuralIndex::~StructuralIndex() = default;

void StructuralIndex::MakeRoom(size_t size) {
  const size_t room = std::max(std::min(2 * capacity_, limits::kMaxEventBytes), std::max(size, kFirstCapacity));
  capacity_ = 0;
  if (way_ == Way::kLibrary) {
    const auto error = simdjson::get_active_implementation()->create_dom_parser_implementation(
        room, limits::kMaxEventNesting, library_);
    if (error != simdjson::SUCCESS) throw std::bad_alloc();
    entries_ = library_->structural_indexes.get();
  } else {
    constexpr size_t kBehind = 8;  // what is written behind the last entry
    memory_ = std::make_unique_for_overwrite<uint32_t[]>(room + kBehind);
    entries_ = memory_.get();
  }
  capacity_ = room;
}

TextFault StructuralIndex::Build(std::string_view text) {
  if (capacity_ < text.size() || capacity_ == 0) MakeRoom(text.size());
  return way_ == Way::kLibrary ? BuildByLibrary(text) : BuildByAvx2(text);
}

TextFault StructuralIndex::BuildByLibrary(std::string_view text) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto error =
      text.empty() ? simdjson::EMPTY : library_->stage1(bytes, text.size(), simdjson::stage1_mode::regular);
  count_ = library_->n_structural_indexes;
  return FaultOf(error);
}

TextFault StructuralIndex::BuildByAvx2(std::string_view text) {
#ifdef __x86_64__
  Carry carry;
  uint32_t* const end = IndexByAvx2(text, entries_, carry);
  count_ = static_cast<uint32_t>(end - entries_);
  end[0] = end[1] = static_cast<uint32_t>(text.size());
  if (carry.in_string != 0) return TextFault::kStringNotClosed;
  if (carry.controls != 0) return TextFault::kControlCharacter;
  if (count_ == 0) return TextFault::kBlank;
  if (carry.has_non_ascii && !simdjson::validate_utf8(text.data(), text.size())) return TextFault::kNotUtf8;
  return TextFault::kNone;
#else
  return BuildByLibrary(text);  // not reached: Fastest
#endif
}

}  // namespace eqlc
