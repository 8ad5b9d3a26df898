// A text of n bytes is compared as words that cover it, the last one overlapping the one before it:
//
//   "powershell.exe"    load i64 [0..8), load i64 [6..14)       two compares, no loop, no read behind the end
//
// Without case, letters are compared with bit 0x20 set on both sides. Only letters: which bytes they are is known from
// the pattern, and x | 0x20 == 'a' holds for 'a' and 'A' alone.
// Tested by tests/unit/compiler/jit/leaf_test.cpp.
#include "compiler/codegen/emit_text.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <vector>

namespace eqlc::codegen {
namespace {

struct Word {
  size_t offset;
  unsigned bytes;
};

// REQUIRES: size > 0.
std::vector<Word> CoverBySameWidth(size_t size, unsigned width) {
  std::vector<Word> words;
  size_t at = 0;
  for (; at + width <= size; at += width) words.push_back({at, width});
  if (at < size) words.push_back({size - width, width});
  return words;
}

std::vector<Word> Cover(size_t size) {
  if (size >= 8) return CoverBySameWidth(size, 8);
  if (size >= 4) return CoverBySameWidth(size, 4);
  if (size >= 2) return CoverBySameWidth(size, 2);
  return CoverBySameWidth(size, 1);
}

struct WordConstant {
  uint64_t bits = 0;
  uint64_t fold_mask = 0;  // 0x20 where the byte is a letter
};

WordConstant ConstantOf(std::string_view text, Word word, bool fold) {
  WordConstant constant;
  for (unsigned i = 0; i < word.bytes; ++i) {
    auto byte = static_cast<unsigned char>(text[word.offset + i]);
    const auto lower = static_cast<unsigned char>(byte | 0x20);
    if (fold && lower >= 'a' && lower <= 'z') {
      byte = lower;
      constant.fold_mask |= uint64_t{0x20} << (8 * i);
    }
    constant.bits |= uint64_t{byte} << (8 * i);
  }
  return constant;
}

// Emits the tests of one string value.
class TextTester {
 public:
  TextTester(FunctionEmitter& emitter, llvm::Value* value, bool fold)
      : emitter_(emitter),
        fold_(fold),
        size_(emitter.Load(emitter.layout().i32, value, offset::kValueSize)),
        text_(emitter.Load(emitter.layout().ptr, value, offset::kValuePayload)) {}

  void Run(std::span<const TextPattern> patterns, Targets targets) {
    std::map<size_t, std::vector<const TextPattern*>> exact_by_size;
    for (const TextPattern& pattern : patterns) {
      if (!pattern.open) exact_by_size[pattern.head.size()].push_back(&pattern);
    }
    for (const auto& [size, group] : exact_by_size) TestExact(size, group, targets);
    for (const TextPattern& pattern : patterns) {
      if (pattern.open) TestOpen(pattern, targets);
    }
    emitter_.Jump(targets.no);
  }

 private:
  llvm::IRBuilder<>& b() { return emitter_.builder(); }

  // All patterns of one size. Goes on in a new block when none matches.
  void TestExact(size_t size, const std::vector<const TextPattern*>& group, Targets targets) {
    llvm::BasicBlock* same_size = emitter_.NewBlock("same_size");
    llvm::BasicBlock* next = emitter_.NewBlock("other_size");
    emitter_.Branch(b().CreateICmpEQ(size_, emitter_.Int32(static_cast<uint32_t>(size))), {same_size, next});
    emitter_.StartBlock(same_size);
    for (const TextPattern* pattern : group) {
      llvm::BasicBlock* other = pattern == group.back() ? next : emitter_.NewBlock("other_text");
      emitter_.Branch(EqualExact(*pattern), {targets.yes, other});
      emitter_.StartBlock(other);
    }
  }

  void TestOpen(const TextPattern& pattern, Targets targets) {
    if (pattern.min_size() > 0) {
      llvm::BasicBlock* long_enough = emitter_.NewBlock("long_enough");
      llvm::BasicBlock* next = emitter_.NewBlock("next_pattern");
      const auto min_size = static_cast<uint32_t>(pattern.min_size());
      emitter_.Branch(b().CreateICmpUGE(size_, emitter_.Int32(min_size)), {long_enough, next});
      emitter_.StartBlock(long_enough);
      emitter_.Branch(EqualEnds(pattern), {targets.yes, next});
      emitter_.StartBlock(next);
      return;
    }
    emitter_.Jump(targets.yes);
    emitter_.StartBlock(emitter_.NewBlock("unreachable"));
  }

  llvm::Value* EqualEnds(const TextPattern& pattern) {
    llvm::Value* head = pattern.head.empty() ? nullptr : EqualAt(text_, pattern.head);
    if (pattern.tail.empty()) return head;
    llvm::Value* start = b().CreateSub(size_, emitter_.Int32(static_cast<uint32_t>(pattern.tail.size())));
    llvm::Value* end = b().CreateInBoundsGEP(emitter_.layout().i8, text_, b().CreateZExt(start, emitter_.layout().i64));
    llvm::Value* tail = EqualAt(end, pattern.tail);
    return head == nullptr ? tail : b().CreateAnd(head, tail);
  }

  llvm::Value* EqualExact(const TextPattern& pattern) {
    if (pattern.head.size() <= kMaxUnrolledText) return EqualAt(text_, pattern.head);
    assert(!fold_);
    llvm::Value* order =
        emitter_.Call(Helper::k_memcmp, {text_, emitter_.Text(pattern.literal), emitter_.Int64(pattern.head.size())});
    return b().CreateICmpEQ(order, emitter_.Int32(0));
  }

  // Are the bytes at `at` those of `text`?
  llvm::Value* EqualAt(llvm::Value* at, std::string_view text) {
    if (text.empty()) return b().getTrue();
    const std::vector<Word> words = Cover(text.size());
    if (words.size() == 1) return b().CreateICmpEQ(Folded(at, text, words[0]), Expected(text, words[0]));
    llvm::Value* difference = nullptr;
    for (const Word& word : words) {
      llvm::Value* here = b().CreateXor(Folded(at, text, word), Expected(text, word));
      difference = difference == nullptr ? here : b().CreateOr(difference, here);
    }
    return b().CreateICmpEQ(difference, llvm::ConstantInt::get(difference->getType(), 0));
  }

  llvm::IntegerType* TypeOf(Word word) { return b().getIntNTy(8 * word.bytes); }

  llvm::Constant* Expected(std::string_view text, Word word) {
    return llvm::ConstantInt::get(TypeOf(word), ConstantOf(text, word, fold_).bits);
  }

  llvm::Value* Folded(llvm::Value* at, std::string_view text, Word word) {
    llvm::Value* bits = b().CreateAlignedLoad(TypeOf(word), emitter_.At(at, word.offset), llvm::Align(1));
    const uint64_t mask = ConstantOf(text, word, fold_).fold_mask;
    return mask == 0 ? bits : b().CreateOr(bits, llvm::ConstantInt::get(TypeOf(word), mask));
  }

  FunctionEmitter& emitter_;
  bool fold_;
  llvm::Value* size_;
  llvm::Value* text_;
};

}  // namespace

void EmitTextTests(FunctionEmitter& emitter, llvm::Value* value, std::span<const TextPattern> patterns, bool fold,
                   Targets targets) {
  TextTester(emitter, value, fold).Run(patterns, targets);
}

}  // namespace eqlc::codegen
