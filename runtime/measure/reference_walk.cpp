#include "runtime/measure/reference_walk.h"

#include <simdjson.h>

#include "runtime/event/field_trie.h"
#include "runtime/measure/event_lines.h"

namespace eqlc {
namespace {

namespace od = simdjson::ondemand;
using NodeId = FieldTrie::NodeId;

static_assert(EventLines::kPadding >= simdjson::SIMDJSON_PADDING);

}  // namespace

struct ReferenceWalk::Impl {
  explicit Impl(std::span<const std::string_view> fields) : trie(fields) {}

  void Object(od::object object, NodeId node) {
    for (auto member : object) {
      const std::string_view key = member.unescaped_key();
      const NodeId child = trie.Find(node, key);
      if (child != abi::kNone) Value(member.value(), child);
    }
  }

  void Value(od::value value, NodeId node) {
    switch (value.type()) {
      case od::json_type::object:
        if (trie.has_children(node)) Object(value.get_object(), node);
        return;
      case od::json_type::array:
        for (auto element : value.get_array()) Value(element.value(), node);
        return;
      case od::json_type::string:
        if (trie.field(node) == abi::kNone) return;
        bytes += std::string_view(value.get_string()).size();
        break;
      case od::json_type::number:
        if (trie.field(node) == abi::kNone) return;
        bytes += static_cast<uint64_t>(double(value.get_double()));
        break;
      case od::json_type::boolean:
        if (trie.field(node) == abi::kNone) return;
        bytes += bool(value.get_bool());
        break;
      case od::json_type::null:
        return;
    }
    ++values;
  }

  FieldTrie trie;
  od::parser parser;
  uint64_t values = 0;
  volatile uint64_t sink = 0;
  uint64_t bytes = 0;  // of what was fetched, so that fetching is not optimised away
};

ReferenceWalk::ReferenceWalk(std::span<const std::string_view> fields) : impl_(std::make_unique<Impl>(fields)) {}
ReferenceWalk::~ReferenceWalk() = default;

uint64_t ReferenceWalk::Walk(std::string_view line) {
  impl_->values = 0;
  // Exceptions are On-Demand's way of ending a walk over text that is no JSON.
  try {
    auto document = impl_->parser.iterate(line.data(), line.size(), line.size() + simdjson::SIMDJSON_PADDING);
    impl_->Object(document.get_object(), FieldTrie::kRoot);
  } catch (const simdjson::simdjson_error&) {
    return impl_->values;
  }
  impl_->sink = impl_->bytes;
  return impl_->values;
}

}  // namespace eqlc
