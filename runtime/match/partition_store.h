// PartitionStore: what of a program's rule index is the same for all its sessions and threads. A partition is made when
// a signature is first met by one of them, and kept.
#pragma once

#include <memory>
#include <mutex>
#include <unordered_map>

#include "runtime/event/field_selection.h"
#include "runtime/match/partition.h"
#include "runtime/match/signature.h"
#include "runtime/match/test_keys.h"
#include "runtime/program/program.h"

namespace eqlc {

// Thread-safety: safe together.
class PartitionStore : public SharedIndex {
 public:
  // The program's own; it is made with the first call. A program must outlive those who hold its store.
  static PartitionStore& Of(const Program::Impl& program);

  explicit PartitionStore(const Program::Impl& program);

  const SignatureReader& reader() const { return reader_; }
  const FieldSelection& selection() const { return selection_; }

  // Null when there are too many.
  const Partition* Of(const Signature& signature);
  // All conditions: what serves events for whose signature no partition can be kept.
  const Partition& Universal();

  size_t partition_count() const;
  size_t bytes() const;  // of all partitions

 private:
  const Program::Impl& program_;
  const TestKeys test_keys_;
  const SignatureReader reader_;
  const FieldSelection selection_;

  mutable std::mutex mutex_;  // guards the rest
  std::unordered_map<Signature, std::unique_ptr<const Partition>, SignatureHash> partitions_;
  std::unique_ptr<const Partition> universal_;
  size_t bytes_ = 0;
};

}  // namespace eqlc
