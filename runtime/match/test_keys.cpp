#include "runtime/match/test_keys.h"

#include "runtime/match/value_key.h"

namespace eqlc {

TestKeys::TestKeys(const Program::Impl& program) {
  keys_.reserve(program.image.tests().size());
  for (const abi::ImageTest& test : program.image.tests()) {
    const bool is_equal = test.kind == abi::TestKind::kEqual;
    keys_.push_back(is_equal ? KeysOfLiteral(program.literals[test.literal]) : std::array<uint64_t, 2>{});
  }
}

}  // namespace eqlc
