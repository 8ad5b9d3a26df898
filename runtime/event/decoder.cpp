// Two steps. The structural index (structural_index.h) checks UTF-8 and strings and lists where every token starts; a
// forward walk over that list then looks keys up in the field trie and parses the values that rules need.
//
// The walk reads the index rather than going through simdjson's On-Demand, because then the line needs no padding
// behind it (no copy), the end of a key is known without searching it, and brackets in skipped parts can be matched.
// Tested by tests/unit/runtime/event/decoder_test.cpp and tests/fuzz/event_decoder_fuzz.cpp.
#include "runtime/event/decoder.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "eqlc/limits.hpp"
#include "runtime/event/field_trie.h"
#include "runtime/event/key_predictor.h"
#include "runtime/event/node_selection.h"
#include "runtime/event/structural_index.h"
#include "runtime/value/json_scalar.h"
#include "runtime/value/search.h"
#include "runtime/value/utf8.h"
#include "runtime/value/words.h"

namespace eqlc {
namespace {

using NodeId = FieldTrie::NodeId;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Memory for unescaped strings of one event. Unescaping never grows a string, so the line's size is enough for all.
class UnescapeBuffer {
 public:
  void Reset(size_t line_size) {
    used_ = 0;
    needed_ = line_size;
  }
  // Room for `size` bytes. REQUIRES: no more than the line's size in total.
  char* Take(size_t size) {
    if (size_ < needed_) Allocate();
    char* const at = bytes_.get() + used_;
    used_ += size;
    return at;
  }

 private:
  void Allocate() {
    size_ = std::max(needed_, 2 * size_);
    bytes_ = std::make_unique_for_overwrite<char[]>(size_ + kUnescapeOverrun);
    used_ = 0;
  }

  std::unique_ptr<char[]> bytes_;
  size_t size_ = 0;
  size_t needed_ = 0;
  size_t used_ = 0;
};

// What is read of events, and how.
struct WantedFields {
  WantedFields(std::span<const std::string_view> fields, std::span<const FieldReading> field_readings,
               std::span<const abi::FieldRole> roles, const FieldSelection& selection)
      : trie(fields, roles), nodes(fields, trie, selection), readings(field_readings.begin(), field_readings.end()) {}

  FieldTrie trie;
  NodeSelection nodes;
  std::vector<FieldReading> readings;  // by FieldId, or none
};

// What one event leaves for the next.
struct ForNext {
  KeyPredictor keys;
  UnescapeBuffer unescaped;
};

// One walk over one line. A cursor is a place in the structural index; methods take what stands there and return the
// cursor behind it, or null after Fail.
//
// What nearly every token passes through is inlined into the loop of Object, and what few do is kept out of it: a
// tenth of decoding, since compilers go by a function's size alone.
class Walk {
 public:
  using Cursor = const uint32_t*;

  // `index` has `count` entries and two more. Behind the last one goes the first, the opening bracket of the document:
  // wherever the line is cut off, the walk meets a token that only Enter accepts, so that alone looks for the end.
  // Unless it `selects`, it takes every field, whatever the kind of the event.
  Walk(std::string_view text, uint32_t* index, uint32_t count, const WantedFields& wanted, bool selects, ForNext& kept,
       FrameBuffer& frame)
      : text_(text),
        begin_(index),
        end_(index + count),
        trie_(wanted.trie),
        nodes_(wanted.nodes),
        uses_(wanted.nodes.of_any()),
        selects_(selects),
        readings_(wanted.readings),
        keys_(kept.keys),
        unescaped_(kept.unescaped),
        frame_(frame) {
    index[count] = index[0];
    keys_.StartEvent();
    unescaped_.Reset(text.size());
  }

  // The whole line. Afterwards event_text is the part of it that is the event.
  bool Document() {
    if (At(begin_) != '{') return Fail(begin_, "not a JSON object") != nullptr;
    const Cursor end = StartsWithMetadata() ? Envelope(begin_) : Object(begin_, FieldTrie::kRoot);
    if (!stopped_) {
      if (end == nullptr) return false;
      if (end != end_) return Fail(end, "something follows the object") != nullptr;
    }
    if (event_text.empty()) event_text = Between(begin_, end_);  // else the envelope's
    return true;
  }

  // After Document: fields were left out, and then the event turned out to be of more than one kind.
  bool left_out_too_much = false;
  std::string_view event_text;
  const char* error = nullptr;
  size_t error_offset = 0;

 private:
  [[gnu::cold, gnu::noinline]] Cursor Fail(Cursor at, const char* what) {
    error = what;
    error_offset = at < end_ ? *at : text_.size();
    return nullptr;
  }

  // First character of a token.
  char At(Cursor at) const { return text_[*at]; }

  // A token without the blanks behind it. REQUIRES: at < end_.
  std::string_view TokenText(Cursor at) const {
    const size_t first = *at;
    size_t end = at + 1 == end_ ? text_.size() : at[1];
    while (end > first && IsBlank(text_[end - 1])) --end;
    return text_.substr(first, end - first);
  }
  // An object or array: `end` is behind its closing bracket.
  std::string_view Between(Cursor at, Cursor end) const { return text_.substr(*at, end[-1] + 1 - *at); }
  static bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

  // The inside of a string token, escapes as they stand; kNoText after Fail.
  [[gnu::always_inline]] std::string_view RawString(Cursor at) {
    // Mostly the next token follows the closing quote at once. (Behind the last token stands the first one.)
    const size_t inside = size_t{*at} + 1;
    const size_t next = at[1];
    if (next > inside && text_[next - 1] == '"') return {text_.data() + inside, next - 1 - inside};
    const std::string_view token = TokenText(at);
    if (token.size() >= 2 && token.back() == '"') return token.substr(1, token.size() - 2);
    Fail(at, "a string was expected");
    return kNoText;
  }

  // The same with the escapes taken out.
  [[gnu::always_inline]] std::string_view String(Cursor at) {
    const std::string_view raw = RawString(at);
    return HasBackslash(size_t{*at} + 1, raw) ? Unescape(at, raw) : raw;
  }

  // Most strings have less than 32 bytes, which are searched without looking at how many they are. `raw` begins at
  // `offset`, if it is a text.
  [[gnu::always_inline]] bool HasBackslash(size_t offset, std::string_view raw) const {
    constexpr size_t kBlock = 32;
    if (raw.size() >= kBlock || offset + kBlock > text_.size()) return words::Contains(raw, '\\');
    const char* const block = text_.data() + offset;
    const uint32_t found = words::FindBytes16(block, {'\\'}) | words::FindBytes16(block + 16, {'\\'}) << 16;
    return (found & ((uint32_t{1} << raw.size()) - 1)) != 0;
  }

  [[gnu::noinline]] std::string_view Unescape(Cursor at, std::string_view raw) {
    const auto readable = static_cast<size_t>(text_.end() - raw.begin());
    const auto text = UnescapeJson(raw, readable, unescaped_.Take(raw.size()));
    if (text) return *text;
    Fail(at, "a string holds an escape that does not exist");
    return kNoText;
  }

  // `at` is an opening bracket.
  Cursor Enter(Cursor at) {
    if (at == end_) return Fail(at, "the line is cut off");
    return ++depth_ <= limits::kMaxEventNesting ? at + 1 : Fail(at, "nested too deep");
  }
  Cursor Leave(Cursor at) {
    --depth_;
    return at + 1;
  }

  Cursor TakeColon(Cursor at) { return At(at) == ':' ? at + 1 : Fail(at, "a colon was expected"); }

  // Takes `key :`.
  Cursor Key(Cursor at, std::string_view& key) {
    if (At(at) != '"') return Fail(at, "a key was expected");
    key = String(at);
    return IsText(key) ? TakeColon(at + 1) : nullptr;
  }

  // Takes `key :` where `child` of `node` is wanted, not the key itself; kNone when no rule wants it.
  [[gnu::always_inline]] Cursor Child(Cursor at, NodeId node, NodeId& child) {
    if (const NodeId* guess = keys_.Guess(node, Window(*at), at[1] - at[0])) {
      child = *guess;
      return at + 2;
    }
    return UnexpectedChild(at, node, child);
  }

  // KeyPredictor::kWindow readable bytes, those from `offset` on and zeros behind the text. Valid until the next call.
  const char* Window(size_t offset) {
    const bool inside = offset + KeyPredictor::kWindow <= text_.size();
    return inside ? text_.data() + offset : CopyTail(offset);
  }
  [[gnu::noinline]] const char* CopyTail(size_t offset) {
    std::memset(tail_, 0, sizeof tail_);
    return static_cast<const char*>(std::memcpy(tail_, text_.data() + offset, text_.size() - offset));
  }

  [[gnu::noinline]] Cursor UnexpectedChild(Cursor at, NodeId node, NodeId& child) {
    if (At(at) != '"') return Fail(at, "a key was expected");
    const std::string_view raw = RawString(at);
    if (!IsText(raw)) return nullptr;
    if (const NodeId* known = keys_.Recall(node, raw)) {
      child = *known;
      return TakeColon(at + 1);
    }
    const std::string_view key = String(at);
    if (!IsText(key)) return nullptr;
    child = trie_.Find(node, key);
    // On its way a dotted key may enter searched arrays, which have to hear of it each time.
    if (trie_.has_arrays() && raw.find_first_of(".\\") != std::string_view::npos) {
      if (child != abi::kNone) {
        trie_.ForEachArrayPassed(node, key, [&](abi::FieldId array) { frame_.elements().BeginUnlessOpen(array); });
      }
    } else {
      keys_.Learn(node, raw, child);
    }
    return TakeColon(at + 1);
  }

  Cursor Object(Cursor at, NodeId node) {
    at = Enter(at);
    if (at == nullptr) return nullptr;
    if (At(at) == '}') return Leave(at);
    while (true) {
      NodeId child;
      at = Child(at, node, child);
      if (at == nullptr) return nullptr;
      const NodeUse use = NodeSelection::UseOf(child, uses_);
      if (use == NodeUse::kTakeText && At(at) == '"') {
        at = Text(at, trie_.field(child));
      } else {
        at = use == NodeUse::kSkip ? Skip(at) : Value(at, child);
      }
      if (at == nullptr) return nullptr;
      if (use == NodeUse::kTell && Select(at)) return nullptr;
      if (At(at) != ',') break;
      ++at;
    }
    return At(at) == '}' ? Leave(at) : Fail(at, kNoEnd);
  }

  // The values that tell the event's kind may come in several places. True when nothing behind `at` matters.
  [[gnu::noinline]] bool Select(Cursor at) {
    if (!selects_) return false;
    const abi::EventFrame& frame = frame_.frame();
    const NodeUse* const uses = nodes_.Of(frame);
    left_out_too_much |= uses_ != nodes_.of_any() && uses != uses_;
    uses_ = uses;
    stopped_ = nodes_.IsDone(uses, frame) && !MayTellAgain(at);
    return stopped_;
  }

  // A line that does not end as it should is walked through for its error.
  bool MayTellAgain(Cursor at) const {
    if (at >= end_ || At(end_ - 1) != '}') return true;
    const std::string_view rest = text_.substr(*at);
    return FindFirst(rest, nodes_.key_end(), /*fold=*/false) != kNotFound ||
           FindFirst(rest, "\\u", /*fold=*/false) != kNotFound;
  }

  // Elements of an array stand for the field itself, however deep.
  Cursor Array(Cursor at, NodeId node) {
    at = Enter(at);
    if (at == nullptr) return nullptr;
    if (At(at) == ']') return Leave(at);
    ++arrays_;
    while (true) {
      at = Value(at, node);
      if (at == nullptr) return nullptr;
      if (At(at) != ',') break;
      ++at;
    }
    --arrays_;
    return At(at) == ']' ? Leave(at) : Fail(at, kNoEnd);
  }

  // Anything that is no array is an element, one outside an array too; null is none.
  [[gnu::always_inline]] Cursor Value(Cursor at, NodeId node) {
    if (trie_.whole(node) != abi::kNone && arrays_ == 0) return Whole(at, node);
    return Parts(at, node);
  }

  // What the fields at and below `node` get, but for the value as a whole.
  [[gnu::always_inline]] Cursor Parts(Cursor at, NodeId node) {
    const char first = At(at);
    if (first == '[') return Array(at, node);
    if (trie_.array(node) != abi::kNone && first != 'n') frame_.elements().Begin(trie_.array(node));
    if (first == '{') return trie_.has_children(node) ? Object(at, node) : SkipContainer(at);
    return Scalar(at, trie_.field(node));
  }

  [[gnu::always_inline]] Cursor Scalar(Cursor at, abi::FieldId field) {
    if (field == abi::kNone) return Skip(at);
    if (At(at) == '"') return Text(at, field);
    abi::Value value;
    return ParseWord(at, value) && Store(at, field, value) ? at + 1 : nullptr;
  }

  [[gnu::always_inline]] Cursor Text(Cursor at, abi::FieldId field) {
    const std::string_view text = String(at);
    if (!IsText(text)) return nullptr;
    // Part by part here and in FrameBuffer::Append, so that it stays in registers: a copy of the whole would wait for
    // its parts to be written to memory.
    abi::Value value;
    value.payload.str = text.data();
    value.size = static_cast<uint32_t>(text.size());
    value.kind = abi::ValueKind::kString;
    return Store(at, field, value) ? at + 1 : nullptr;
  }

  // The same for a node whose value some field takes as a whole; below an array no path leads to one. A scalar is
  // parsed once, whatever number of fields take it.
  [[gnu::noinline]] Cursor Whole(Cursor at, NodeId node) {
    const char first = At(at);
    if (first == '{' || first == '[') {
      const Cursor end = Parts(at, node);
      if (end == nullptr) return nullptr;
      return Append(at, trie_.whole(node), abi::Json(Between(at, end))) ? end : nullptr;
    }
    if (trie_.array(node) != abi::kNone && first != 'n') frame_.elements().Begin(trie_.array(node));
    const abi::FieldId field = trie_.field(node);
    abi::Value value;
    if (!ParseScalar(at, value)) return nullptr;
    const bool stored = field == abi::kNone || Store(at, field, value);
    return stored && Append(at, trie_.whole(node), value) ? at + 1 : nullptr;
  }

  // The token at the cursor.
  bool ParseScalar(Cursor at, abi::Value& value) {
    if (At(at) != '"') return ParseWord(at, value);
    const std::string_view text = String(at);
    value = abi::String(text);
    return IsText(text);
  }

  [[gnu::always_inline]] bool Store(Cursor at, abi::FieldId field, const abi::Value& value) {
    if (!readings_.empty()) return Append(at, field, readings_[field].Read(value));
    return Append(at, field, value);
  }

  [[gnu::always_inline]] bool Append(Cursor at, abi::FieldId field, const abi::Value& value) {
    return value.is_null() || frame_.Append(field, value) || Fail(at, "too many values") != nullptr;
  }

  // A number, true, false or null.
  [[gnu::noinline]] bool ParseWord(Cursor at, abi::Value& value) {
    if (at == end_) return Fail(at, "the line is cut off") != nullptr;
    const std::string_view token = TokenText(at);
    const char first = token.front();
    if (first == 't' && token == "true") return value = abi::Bool(true), true;
    if (first == 'f' && token == "false") return value = abi::Bool(false), true;
    if (first == 'n' && token == "null") return value = abi::Null(), true;
    const auto number = ParseJsonNumber(token);
    if (!number) return Fail(at, "a value was expected") != nullptr;
    value = *number;
    return true;
  }

  // --- what no rule needs ---

  Cursor Skip(Cursor at) {
    const char c = At(at);
    if (c == '{' || c == '[') return SkipContainer(at);
    return StartsScalar(c) ? at + 1 : Fail(at, "a value was expected");
  }

  static bool StartsScalar(char c) {
    return c == '"' || c == '-' || (c >= '0' && c <= '9') || c == 't' || c == 'f' || c == 'n';
  }

  // Matches brackets, nothing else.
  [[gnu::noinline]] Cursor SkipContainer(Cursor at) {
    char closers[limits::kMaxEventNesting];
    uint32_t open = 0;
    do {
      const char c = At(at);
      if (c == '{' || c == '[') {
        if (at == end_) return Fail(at, "the line is cut off");
        if (depth_ + open == limits::kMaxEventNesting) return Fail(at, "nested too deep");
        closers[open++] = c == '{' ? '}' : ']';
      } else if (c == '}' || c == ']') {
        if (c != closers[--open]) return Fail(at, "brackets do not match");
      } else if (c != ',' && c != ':' && !StartsScalar(c)) {
        return Fail(at, "a value was expected");
      }
      ++at;
    } while (open > 0);
    return at;
  }

  // --- envelopes of exported documents ---

  // Metadata of an index starts with `_`, which fields of events do not, so one look at the first key is enough.
  bool StartsWithMetadata() {
    if (end_ - begin_ < 2 || At(begin_ + 1) != '"') return false;
    const std::string_view key = String(begin_ + 1);
    Restart();
    return key.starts_with('_');
  }

  // REQUIRES: the frame is empty.
  void Restart() {
    depth_ = 0;
    arrays_ = 0;
    unescaped_.Reset(text_.size());
  }

  Cursor Envelope(Cursor at) {
    at = Enter(at);
    bool found = false;
    for (bool more = At(at) != '}'; more;) {
      std::string_view key;
      at = Key(at, key);
      if (at == nullptr) return nullptr;
      const bool is_source = key == "_source" && At(at) == '{' && !found;
      at = is_source ? Source(at) : Skip(at);
      if (at == nullptr) return nullptr;
      found |= is_source;
      more = At(at) == ',';
      if (!more && At(at) != '}') return Fail(at, kNoEnd);
      if (more) ++at;
    }
    if (found) return Leave(at);
    Restart();
    return Object(begin_, FieldTrie::kRoot);
  }

  Cursor Source(Cursor at) {
    const Cursor end = Object(at, FieldTrie::kRoot);
    if (end != nullptr) event_text = Between(at, end);
    return end;
  }

  static constexpr std::string_view kNoText = {};  // a text has a place, be it empty
  static bool IsText(std::string_view text) { return text.data() != nullptr; }
  static constexpr const char* kNoEnd = "a comma or a closing bracket was expected";

  const std::string_view text_;
  const Cursor begin_;
  const Cursor end_;
  const FieldTrie& trie_;
  const NodeSelection& nodes_;
  const NodeUse* uses_;  // for NodeSelection::UseOf
  const bool selects_;
  const std::span<const FieldReading> readings_;  // by FieldId, or none
  KeyPredictor& keys_;
  UnescapeBuffer& unescaped_;
  FrameBuffer& frame_;
  bool stopped_ = false;
  uint32_t depth_ = 0;                // open brackets that are not skipped
  uint32_t arrays_ = 0;               // of these, arrays
  char tail_[KeyPredictor::kWindow];  // CopyTail's
};

// The next event mostly stands right behind this one and is about as long. The processor's own prefetching loses track
// of lines while other memory is in use.
void PrefetchBehind(std::string_view line) {
  constexpr size_t kCacheLine = 64, kMost = 4 << 10;
  const auto behind = reinterpret_cast<uintptr_t>(line.data()) + line.size();  // whatever is there, it is not read
  for (size_t at = 0; at < std::min(line.size(), kMost); at += kCacheLine) {
    __builtin_prefetch(reinterpret_cast<const void*>(behind + at));
  }
}

const char* Describe(TextFault fault) {
  switch (fault) {
    case TextFault::kNone:
      break;
    case TextFault::kStringNotClosed:
      return "a string is not closed";
    case TextFault::kControlCharacter:
      return "a string holds a control character";
    case TextFault::kBlank:
      return "the line is empty";
    case TextFault::kNotUtf8:
      return "not UTF-8";
  }
  return "";
}

}  // namespace

struct Decoder::Impl {
  Impl(std::span<const std::string_view> fields, std::span<const FieldReading> readings,
       std::span<const abi::FieldRole> roles, const FieldSelection& selection)
      : wanted(fields, readings, roles, selection) {}

  Status WalkIndex(std::string_view line, FrameBuffer& frame, bool selects) {
    Walk walk(line, index.entries(), index.count(), wanted, selects, kept, frame);
    if (walk.Document()) {
      if (walk.left_out_too_much) {
        frame.Clear();
        return WalkIndex(line, frame, /*selects=*/false);
      }
      text = walk.event_text;
      return {};
    }
    frame.Clear();
    return Error{std::string("malformed event: ") + walk.error + " (byte " + std::to_string(walk.error_offset + 1) +
                 ")"};
  }

  const WantedFields wanted;
  ForNext kept;
  StructuralIndex index;
  std::string repaired;
  std::string_view text;
};

Decoder::Decoder(std::span<const std::string_view> fields, std::span<const FieldReading> readings,
                 std::span<const abi::FieldRole> roles, const FieldSelection& selection)
    : impl_(std::make_unique<Impl>(fields, readings, roles, selection)) {}
Decoder::~Decoder() = default;

Status Decoder::Decode(std::string_view line, FrameBuffer& frame) {
  frame.Clear();
  return DecodeBeside(line, frame);
}

Status Decoder::DecodeBeside(std::string_view line, FrameBuffer& frame) {
  impl_->text = {};
  if (line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
  if (line.size() > limits::kMaxEventBytes) {
    return Error{"the event has " + std::to_string(line.size()) + " bytes, more than " +
                 std::to_string(limits::kMaxEventBytes)};
  }
  TextFault fault = impl_->index.Build(line);
  if (fault == TextFault::kNotUtf8) {
    // One bad byte must not hide an event from the rules.
    line = utf8::ReplaceInvalid(line, impl_->repaired);
    fault = impl_->index.Build(line);
  }
  if (fault != TextFault::kNone) return Error{std::string("malformed event: ") + Describe(fault)};
  PrefetchBehind(line);
  return impl_->WalkIndex(line, frame, /*selects=*/true);
}

std::string_view Decoder::text() const { return impl_->text; }

}  // namespace eqlc
