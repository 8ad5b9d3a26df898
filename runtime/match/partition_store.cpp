// Tested by tests/unit/compiler/index/rule_index_test.cpp.
#include "runtime/match/partition_store.h"

#include "eqlc/limits.hpp"
#include "runtime/match/select_fields.h"

namespace eqlc {

PartitionStore& PartitionStore::Of(const Program::Impl& program) {
  std::call_once(program.index_made, [&] { program.index = std::make_unique<PartitionStore>(program); });
  return static_cast<PartitionStore&>(*program.index);
}

PartitionStore::PartitionStore(const Program::Impl& program)
    : program_(program), test_keys_(program), reader_(program, test_keys_), selection_(SelectFields(program)) {}

// Whoever meets the same signature meanwhile waits for it, and others for their turn: there are few, and making one
// twice would take longer.
const Partition* PartitionStore::Of(const Signature& signature) {
  const std::lock_guard lock(mutex_);
  const auto at = partitions_.find(signature);
  if (at != partitions_.end()) return at->second.get();
  if (partitions_.size() >= limits::kMaxPartitions || bytes_ >= limits::kMaxPartitionBytes) return nullptr;
  const std::vector<SignaturePart> parts = reader_.PartsOf(signature);
  auto made = std::make_unique<const Partition>(program_, test_keys_, &parts);
  bytes_ += made->bytes();
  return partitions_.emplace(signature, std::move(made)).first->second.get();
}

const Partition& PartitionStore::Universal() {
  const std::lock_guard lock(mutex_);
  if (!universal_) {
    universal_ = std::make_unique<const Partition>(program_, test_keys_, nullptr);
    bytes_ += universal_->bytes();
  }
  return *universal_;
}

size_t PartitionStore::partition_count() const {
  const std::lock_guard lock(mutex_);
  return partitions_.size();
}

size_t PartitionStore::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace eqlc
