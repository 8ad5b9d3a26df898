// ElementTable: which values of an event belong to which element of a searched array.
//
// The values of a field lie in one flat list, whatever arrays they came from. Elements are visited in order, so those
// of one element are a run in that list; a row of the table says where the runs of one element begin.
//
//   {"stack": [{"m": 1, "n": [2, 3]}, {}, {"m": 4}]}        columns   m  n
//   values of stack.m: 1 4                                  row 0     0  0
//   values of stack.n: 2 3                                  row 1     1  2
//                                                           row 2     1  2
// Binding a scope to an element points the scope's member fields at the element's runs. Arrays inside the elements are
// columns too: there the run is one of elements.
//
// Tested by tests/unit/runtime/event/element_table_test.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/abi/frame.h"
#include "runtime/abi/image.h"

namespace eqlc {

// The searched arrays of a program, their columns and the views that scopes have of them. Immutable.
struct ElementLayout {
  ElementLayout() = default;
  // Sections of a verified image.
  ElementLayout(std::span<const abi::ImageField> fields, std::span<const abi::ImageScope> scopes);

  struct Member {
    abi::FieldId member;
    abi::FieldId source;
    uint32_t column;  // of `source` in the array
  };
  struct Scope {
    uint32_t array;  // index into arrays
    std::vector<Member> members;
  };
  struct Array {
    abi::FieldId field;
    std::vector<abi::FieldId> columns;
  };

  std::vector<Array> arrays;
  std::vector<Scope> scopes;

 private:
  uint32_t ArrayOf(std::span<const abi::ImageField> fields, abi::FieldId field);
};

}  // namespace eqlc

// Of one frame. Thread-safety: none.
struct eqlc::abi::ElementTable {
 public:
  // `slots` are the frame's; they stay where they are.
  ElementTable(const ElementLayout& layout, std::span<FieldSlot> slots);

  // Forgets the elements of the last event and unbinds all scopes.
  void Clear();
  // What the event holds from here on belongs to a new element of the array.
  void Begin(FieldId array);
  // The same, unless that was the last thing to happen to the array: for members that dotted keys reach past it
  // (`"stack.m": 1`). All of them together are one element.
  void BeginUnlessOpen(FieldId array);
  // REQUIRES: `element` is in the slot of the scope's array.
  void Bind(ScopeId scope, uint32_t element);

 private:
  struct Rows {
    std::vector<uint32_t> begins;  // width of the array times elements, in order
    bool open = false;             // the last element was begun by BeginUnlessOpen
  };

  const ElementLayout& layout_;
  std::span<FieldSlot> slots_;
  std::vector<uint32_t> array_of_;  // [FieldId]: index into layout_.arrays
  std::vector<Rows> rows_;          // [index into layout_.arrays]
  std::vector<ScopeId> bound_;      // scopes bound for this event, once or more
  std::vector<bool> is_bound_;      // [ScopeId]
};
