// Follows the order of work that runtime/abi/native.h prescribes for AdvanceFn. Of a key's state only whether a slot is
// empty is looked at here; the rest is for helpers. Tested by tests/unit/compiler/jit/sequence_test.cpp.
#include "compiler/codegen/emit_sequence.h"

#include <algorithm>
#include <vector>

namespace eqlc::codegen {
namespace {

constexpr size_t kMaxItems = 63;  // `until` included; abi/native.h: bit 63 of `hits` is shared by all others

class TransitionEmitter {
 public:
  TransitionEmitter(ModuleContext& module, llvm::Function* function, const ir::Rule& rule)
      : emitter_(module, function, function->getArg(1), nullptr),
        rule_(rule),
        state_(function->getArg(0)),
        hits_(function->getArg(2)),
        now_(function->getArg(3)) {}

  void Emit() {
    if (rule_.until_first) EmitUntilItem();
    EmitPositiveItems();
    for (uint32_t i = 0; i < rule_.items.size(); ++i) {
      if (rule_.items[i].missing) WhenHit(i, [&] { EmitMissing(i); });
    }
    if (!rule_.until_first) EmitUntilItem();
    b().CreateRetVoid();
    emitter_.Finish();
  }

 private:
  llvm::IRBuilder<>& b() { return emitter_.builder(); }

  void EmitUntilItem() {
    if (!rule_.has_until) return;
    const auto index = static_cast<uint32_t>(rule_.items.size());
    WhenHit(index, [&] { ForEachKey(rule_.until, index, [&](llvm::Value* key) { EmitUntil(key); }); });
  }

  void EmitPositiveItems() {
    uint32_t end = 0;  // stages of all positive items before and including item i
    for (const ir::Item& item : rule_.items) end += item.missing ? 0 : item.runs;
    for (auto i = static_cast<uint32_t>(rule_.items.size()); i-- > 0;) {
      const ir::Item& item = rule_.items[i];
      if (item.missing) continue;
      const uint32_t first = end - item.runs;
      WhenHit(i, [&] { ForEachKey(item, i, [&](llvm::Value* key) { EmitStages(key, i, first, end); }); });
      end = first;
    }
  }

  template <typename Body>
  void WhenHit(uint32_t item, Body body) {
    llvm::BasicBlock* hit = emitter_.NewBlock("hit");
    llvm::BasicBlock* behind = emitter_.NewBlock("behind_item");
    llvm::Value* bit = b().CreateAnd(hits_, emitter_.Int64(uint64_t{1} << item));
    emitter_.Branch(b().CreateICmpNE(bit, emitter_.Int64(0)), {hit, behind});
    emitter_.StartBlock(hit);
    body();
    emitter_.Jump(behind);
    emitter_.StartBlock(behind);
  }

  // Runs `body` for the index of each join key that the event has under the item's keys.
  template <typename Body>
  void ForEachKey(const ir::Item& item, uint32_t index, Body body) {
    llvm::BasicBlock* done = emitter_.NewBlock("behind_keys");
    llvm::BasicBlock* loop = emitter_.NewBlock("key");
    llvm::Value* count = EmitKeys(item, index, done);
    llvm::BasicBlock* before = b().GetInsertBlock();
    emitter_.Jump(loop);

    emitter_.StartBlock(loop);
    llvm::PHINode* key = b().CreatePHI(emitter_.layout().i32, 2);
    key->addIncoming(emitter_.Int32(0), before);
    body(key);
    llvm::Value* following = b().CreateAdd(key, emitter_.Int32(1));
    key->addIncoming(following, b().GetInsertBlock());
    emitter_.Branch(b().CreateICmpULT(following, count), {loop, done});
    emitter_.StartBlock(done);
  }

  // Extracts the keys; goes to `none` when there is none, else on in the current block. Returns their number.
  llvm::Value* EmitKeys(const ir::Item& item, uint32_t index, llvm::BasicBlock* none) {
    if (item.keys.empty()) {
      EmitSingleKey({}, {}, index, none);
      return emitter_.Int32(1);
    }
    llvm::BasicBlock* single = emitter_.NewBlock("single_key");
    llvm::BasicBlock* several = emitter_.NewBlock("several_keys");
    llvm::BasicBlock* ready = emitter_.NewBlock("keys");
    std::vector<llvm::Value*> counts;
    llvm::Value* largest = emitter_.Int32(0);
    for (const ir::Key& key : item.keys) {
      counts.push_back(emitter_.SlotCount(key.field));
      if (key.fallback != abi::kNone) counts.back() = EmitFallback(key, counts.back());
      largest = b().CreateOr(largest, counts.back());
    }
    // Below 2 as one number means each below 2.
    emitter_.Branch(b().CreateICmpULE(largest, emitter_.Int32(1)), {single, several});

    emitter_.StartBlock(several);
    llvm::Value* extracted = emitter_.Call(Helper::k_eqlc_seq_keys, {state_, emitter_.frame(), emitter_.Int32(index)});
    emitter_.Branch(b().CreateICmpEQ(extracted, emitter_.Int32(0)), {none, ready});

    emitter_.StartBlock(single);
    EmitSingleKey(item.keys, counts, index, none);
    llvm::BasicBlock* stored = b().GetInsertBlock();
    emitter_.Jump(ready);

    emitter_.StartBlock(ready);
    llvm::PHINode* count = b().CreatePHI(emitter_.layout().i32, 2);
    count->addIncoming(extracted, several);
    count->addIncoming(emitter_.Int32(1), stored);
    return count;
  }

  // The number of values of the field that takes the key field's place.
  llvm::Value* EmitFallback(const ir::Key& key, llvm::Value* count) {
    llvm::Value* missing = b().CreateICmpEQ(count, emitter_.Int32(0));
    return b().CreateSelect(missing, emitter_.SlotCount(key.fallback), count);
  }

  // Each key field has at most one value. A mandatory key without value goes to `none`.
  void EmitSingleKey(const std::vector<ir::Key>& keys, const std::vector<llvm::Value*>& counts, uint32_t item,
                     llvm::BasicBlock* none) {
    llvm::Value* pointers = emitter_.Alloca(emitter_.layout().ptr, std::max<uint32_t>(keys.size(), 1));
    for (size_t i = 0; i < keys.size(); ++i) {
      llvm::Value* missing = b().CreateICmpEQ(counts[i], emitter_.Int32(0));
      llvm::Value* value = emitter_.FirstValue(keys[i].field);
      if (keys[i].fallback != abi::kNone) {
        llvm::Value* has_own = b().CreateICmpNE(emitter_.SlotCount(keys[i].field), emitter_.Int32(0));
        value = b().CreateSelect(has_own, value, emitter_.FirstValue(keys[i].fallback));
      }
      if (keys[i].optional) {
        value = b().CreateSelect(missing, llvm::ConstantPointerNull::get(emitter_.layout().ptr), value);
      } else {
        llvm::BasicBlock* present = emitter_.NewBlock("key_present");
        emitter_.Branch(missing, {none, present});
        emitter_.StartBlock(present);
      }
      b().CreateStore(value, emitter_.At(pointers, i * sizeof(void*)));
    }
    emitter_.Call(Helper::k_eqlc_seq_single_key, {state_, emitter_.Int32(item), pointers});
  }

  llvm::Value* FindKey(llvm::Value* index, bool create) {
    return emitter_.Call(Helper::k_eqlc_seq_find, {state_, index, emitter_.Int8(create)});
  }

  // The stages [first, end) of one item, last to first, for one key.
  void EmitStages(llvm::Value* index, uint32_t item, uint32_t first, uint32_t end) {
    llvm::BasicBlock* found = emitter_.NewBlock("found");
    llvm::BasicBlock* done = emitter_.NewBlock("behind_stages");
    llvm::Value* key = FindKey(index, first == 0);
    emitter_.Branch(b().CreateIsNull(key), {done, found});
    emitter_.StartBlock(found);
    const uint32_t last_extending = first == 0 ? 1 : first;
    if (end > last_extending) EmitExtendingStages(key, item, last_extending, end);
    if (first == 0) emitter_.Call(Helper::k_eqlc_seq_start, {state_, key, now_});
    emitter_.Jump(done);
    emitter_.StartBlock(done);
  }

  // REQUIRES: 1 <= first < end.
  void EmitExtendingStages(llvm::Value* key, uint32_t item, uint32_t first, uint32_t end) {
    if (end - first == 1) return EmitExtend(key, item, emitter_.Int32(first));
    llvm::BasicBlock* before = b().GetInsertBlock();
    llvm::BasicBlock* loop = emitter_.NewBlock("stage");
    llvm::BasicBlock* done = emitter_.NewBlock("first_stage_done");
    emitter_.Jump(loop);
    emitter_.StartBlock(loop);
    llvm::PHINode* stage = b().CreatePHI(emitter_.layout().i32, 2);
    stage->addIncoming(emitter_.Int32(end - 1), before);
    EmitExtend(key, item, stage);
    llvm::Value* following = b().CreateSub(stage, emitter_.Int32(1));
    stage->addIncoming(following, b().GetInsertBlock());
    emitter_.Branch(b().CreateICmpUGE(following, emitter_.Int32(first)), {loop, done});
    emitter_.StartBlock(done);
  }

  // Offers the event to the partial in front of `stage`, if there is one.
  void EmitExtend(llvm::Value* key, uint32_t item, llvm::Value* stage) {
    llvm::BasicBlock* waiting = emitter_.NewBlock("waiting");
    llvm::BasicBlock* done = emitter_.NewBlock("behind_stage");
    llvm::Value* slot = b().CreateZExt(b().CreateSub(stage, emitter_.Int32(1)), emitter_.layout().i64);
    llvm::Value* slots = emitter_.At(key, offset::kKeySlots);
    llvm::Value* events =
        emitter_.Load(emitter_.layout().ptr, b().CreateInBoundsGEP(emitter_.layout().ptr, slots, slot), 0);
    emitter_.Branch(b().CreateIsNull(events), {done, waiting});
    emitter_.StartBlock(waiting);
    emitter_.Call(Helper::k_eqlc_seq_extend, {state_, key, emitter_.Int32(item), stage, now_});
    emitter_.Jump(done);
    emitter_.StartBlock(done);
  }

  void EmitMissing(uint32_t item) {
    emitter_.Call(Helper::k_eqlc_seq_missing, {state_, emitter_.frame(), emitter_.Int32(item), now_});
  }

  void EmitUntil(llvm::Value* index) {
    llvm::BasicBlock* found = emitter_.NewBlock("found");
    llvm::BasicBlock* done = emitter_.NewBlock("cleared");
    llvm::Value* key = FindKey(index, false);
    emitter_.Branch(b().CreateIsNull(key), {done, found});
    emitter_.StartBlock(found);
    emitter_.Call(Helper::k_eqlc_seq_clear, {state_, key});
    emitter_.Jump(done);
    emitter_.StartBlock(done);
  }

  FunctionEmitter emitter_;
  const ir::Rule& rule_;
  llvm::Value* state_;
  llvm::Value* hits_;
  llvm::Value* now_;
};

}  // namespace

bool HasTransition(const ir::Rule& rule) {
  return rule.kind == RuleKind::kSequence && rule.items.size() + (rule.has_until ? 1 : 0) <= kMaxItems;
}

void EmitTransition(ModuleContext& module, const ir::Rule& rule, const std::string& name) {
  const Layout& layout = module.layout;
  auto* type = llvm::FunctionType::get(layout.none, {layout.ptr, layout.ptr, layout.i64, layout.i64}, false);
  auto* function = llvm::Function::Create(type, llvm::Function::ExternalLinkage, name, module.llvm);
  function->addFnAttr(llvm::Attribute::NoUnwind);
  TransitionEmitter(module, function, rule).Emit();
}

}  // namespace eqlc::codegen
