// ValueScanner: finds the end of a JSON value that comes in pieces. Looks at brackets and quotes only; the decoder
// judges the rest.
#pragma once

#include <cstddef>
#include <cstdint>

namespace eqlc {

// Thread-safety: none.
class ValueScanner {
 public:
  // Takes the value's next bytes, up to its end; gives how many. Newlines are counted and become blanks.
  // REQUIRES: !done(); the first byte of all is no blank.
  size_t Feed(char* bytes, size_t size);

  // The value is complete.
  bool done() const { return done_; }
  uint64_t newlines() const { return newlines_; }

 private:
  // True when `c` belongs to the value.
  bool Take(char c);

  uint64_t open_brackets_ = 0;
  uint64_t newlines_ = 0;
  bool started_ = false;
  bool in_string_ = false;
  bool escaped_ = false;
  bool done_ = false;
};

}  // namespace eqlc
