// A compiled ruleset as a linked object: the one symbol that `eqlc compile -o rules.so` or `-o rules.o` exports.
// Written by compiler/jit/ruleset_objects.cpp, checked and read by runtime/program/native_ruleset.cpp, described in
// docs/runtime_abi.md.
#pragma once

#include <cstddef>
#include <cstdint>

#include "runtime/abi/native.h"

namespace eqlc::abi {

inline constexpr char kRulesetMagic[8] = {'E', 'Q', 'L', 'C', 'N', 'A', 'T', '\n'};
inline constexpr char kRulesetSymbol[] = "eqlc_ruleset";

struct NativeRuleset {
  char magic[8];
  uint32_t native_version;  // kNativeVersion; everything below may be read only if it is ours
  uint32_t image_version;
  const char* cpu;  // whom the code is meant for
  const char*
      cpu_features;        // what it needs to run, by the names of runtime/program/cpu_features.h, with commas between
  const std::byte* image;  // 8-byte aligned
  uint64_t image_size;
  uint64_t image_checksum;  // of the image that the code was generated from
  uint32_t condition_count;
  uint32_t rule_count;
  const ConditionFn* conditions;  // as in NativeTables
  const AdvanceFn* advance;
  const void** helpers;  // addresses in the order of helpers.def, null until the loader fills them in
  uint64_t helper_count;
};

// Ends a file that is checked before anything in it is used:
//   contents | extra | SealTrailer
// A shared object's contents are the ELF file itself, which the dynamic linker reads without looking behind its end.
struct SealTrailer {
  uint64_t contents_size;
  uint64_t extra_size;
  uint64_t checksum;  // runtime/value/checksum.h, of contents, extra and the sizes
  char magic[8];
};
inline constexpr char kSealMagic[8] = {'E', 'Q', 'L', 'C', 'S', 'E', 'A', 'L'};

}  // namespace eqlc::abi
