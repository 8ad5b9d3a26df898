// Decodes any bytes and compares with the oracle: what the oracle reads the decoder must read, with the same values.
// The decoder may read more (docs in decoder.h say what it does not check).
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "eqlc/limits.hpp"
#include "runtime/event/decoder.h"
#include "tests/unit/runtime/event/frame_text.h"
#include "tests/unit/runtime/event/json_oracle.h"

namespace {

constexpr std::string_view kFields[] = {"a",   "a.b",  "a.b.c", "b", "n.x", "process.name", "process.args",
                                        "x\\", "a.b.."};

[[noreturn]] void Fail(const char* what) {
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static eqlc::Decoder decoder(kFields);
  static eqlc::FrameBuffer frame(std::size(kFields), 1);
  // A copy of exactly this size, so that a read behind the line is noticed.
  const auto line = std::make_unique<char[]>(size);
  std::copy_n(data, size, line.get());
  const std::string_view text(line.get(), size);

  const bool accepted = decoder.Decode(text, frame).ok();
  const auto found = eqlc::testing::RenderFrame(frame.frame(), kFields);
  if (!accepted && !found.empty()) Fail("a refused event left values behind");
  const auto expected = eqlc::testing::DecodeWithOracle(text);
  if (!expected) return 0;
  if (!accepted) {
    if (expected->depth <= eqlc::limits::kMaxEventNesting) Fail("refused an event that the oracle reads");
    return 0;
  }
  for (const std::string_view field : kFields) {
    const auto it = found.find(field);
    const auto wanted = expected->fields.find(field);
    if ((it == found.end()) != (wanted == expected->fields.end())) Fail("one of the two misses a field");
    if (it != found.end() && it->second != wanted->second) Fail("values differ");
  }
  return 0;
}
