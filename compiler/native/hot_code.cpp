#include "compiler/native/hot_code.h"

#include <algorithm>
#include <utility>

#include "compiler/ir/image_reader.h"
#include "compiler/native/jit.h"
#include "compiler/support/heap.h"

namespace eqlc {
namespace {

// Compiled together, which shares what they have in common, and what an end half-way waits for.
constexpr size_t kBatch = 4;

}  // namespace

HotCode::HotCode(const Program::Impl& program, const JitOptions& options)
    : program_(program), options_(options), known_(program.image.conditions().size()) {}

HotCode::~HotCode() {
  {
    const std::lock_guard lock(mutex_);
    is_to_end_ = true;
  }
  thread_.reset();  // joins
}

void HotCode::OnHot(abi::ConditionId id) {
  const std::lock_guard lock(mutex_);
  if (is_to_end_ || known_[id]) return;
  known_[id] = true;
  waiting_.push_back(id);
  if (is_working_) return;
  thread_.reset();
  auto thread = BigStackThread::Start(jit::kCompilerStackBytes, [this] { Work(); });
  if (!thread) return;  // the next one tries again
  thread_ = std::move(*thread);
  is_working_ = true;
}

uint32_t HotCode::improved() const {
  const std::lock_guard lock(mutex_);
  return improved_;
}

void HotCode::Await() const {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !is_working_; });
}

void HotCode::Work() {
  do {
    if (Status status = ImproveWaiting(); !status) Fail();
    ReturnFreeMemory();
    ReturnLlvmPages();
  } while (!EndWork());
}

Status HotCode::ImproveWaiting() {
  const Result<ir::Module> module = ir::ReadImage(program_.image);
  if (!module) return module.error();
  for (auto conditions = Take(); !conditions.empty(); conditions = Take()) {
    if (Status status = Improve(*module, conditions); !status) return status;
  }
  return {};
}

std::vector<abi::ConditionId> HotCode::Take() {
  const std::lock_guard lock(mutex_);
  if (is_to_end_) return {};
  const auto end = waiting_.begin() + static_cast<ptrdiff_t>(std::min(waiting_.size(), kBatch));
  std::vector<abi::ConditionId> taken(waiting_.begin(), end);
  waiting_.erase(waiting_.begin(), end);
  return taken;
}

bool HotCode::EndWork() {
  const std::lock_guard lock(mutex_);
  is_working_ = !is_to_end_ && !waiting_.empty();
  if (!is_working_) changed_.notify_all();
  return !is_working_;
}

Status HotCode::Improve(const ir::Module& module, std::span<const abi::ConditionId> conditions) {
  auto code = JitCompile(module, options_, conditions);
  if (!code) return code.error();
  codes_.push_back(std::move(*code));
  const abi::ConditionSlot* const better = codes_.back()->tables().conditions;
  for (const abi::ConditionId id : conditions) {
    const abi::ConditionFn function = better[id].load();
    if (function == nullptr) continue;  // too large
    program_.native->slots().SetBetter(id, function);
    const std::lock_guard lock(mutex_);
    ++improved_;
  }
  return {};
}

// What failed would fail again, and the code that is there is good.
void HotCode::Fail() {
  const std::lock_guard lock(mutex_);
  is_to_end_ = true;
}

}  // namespace eqlc
