// A sink that forgets, for what is measured up to it.
#pragma once

#include "eqlc/session.hpp"

namespace eqlc {

// Thread-safety: safe together.
class NullSink : public AlertSink {
 public:
  Status Write(const Alert&) override { return {}; }
};

}  // namespace eqlc
