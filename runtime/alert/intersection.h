// What the events of a sequence agree on: the source of its shell alert.
//
// Tested by tests/unit/runtime/alert/intersection_test.cpp.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace eqlc {

// The deep intersection of JSON objects: a scalar stays if it is equal in all, arrays keep the elements found in all,
// objects are treated member by member, and what comes out empty is dropped. The first event gives order and spelling.
// Numbers are equal when they are written alike. `{}` for no events, or if one is not an object.
std::string IntersectEvents(std::span<const std::string_view> events);

}  // namespace eqlc
