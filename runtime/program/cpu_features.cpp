#include "runtime/program/cpu_features.h"

#include <algorithm>
#include <array>
#include <vector>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace eqlc {
namespace {

std::vector<CpuFeature> Detect() {
#if defined(__x86_64__)
  __builtin_cpu_init();
#define X(name) {name, __builtin_cpu_supports(name) != 0}
  // What code for integers and short texts can gain from.
  return {X("sse3"),  X("ssse3"),   X("sse4.1"),   X("sse4.2"),   X("popcnt"),   X("avx"),
          X("avx2"),  X("bmi"),     X("bmi2"),     X("fma"),      X("f16c"),     X("lzcnt"),
          X("movbe"), X("avx512f"), X("avx512bw"), X("avx512cd"), X("avx512dq"), X("avx512vl")};
#undef X
#else
  return {};
#endif
}

bool IsAvailable(std::string_view name) {
  return std::ranges::any_of(CpuFeatures(), [&](const CpuFeature& f) { return f.name == name && f.available; });
}

}  // namespace

std::span<const CpuFeature> CpuFeatures() {
  static const std::vector<CpuFeature> features = Detect();
  return features;
}

std::string CpuModel() {
  std::array<unsigned, 4> vendor{}, model{};
#if defined(__x86_64__)
  __get_cpuid(0, &vendor[0], &vendor[1], &vendor[2], &vendor[3]);
  __get_cpuid(1, &model[0], &model[1], &model[2], &model[3]);
#endif
  if (vendor[0] == 0) return "";
  const unsigned maker = vendor[1] ^ vendor[2] ^ vendor[3];
  return std::to_string(maker) + "/" + std::to_string(model[0]);  // family, model and stepping
}

std::string MissingCpuFeatures(std::string_view needed) {
  std::string missing;
  while (!needed.empty()) {
    const std::string_view name = needed.substr(0, needed.find(','));
    needed.remove_prefix(std::min(needed.size(), name.size() + 1));
    if (IsAvailable(name)) continue;
    if (!missing.empty()) missing += ',';
    missing += name;
  }
  return missing;
}

}  // namespace eqlc
