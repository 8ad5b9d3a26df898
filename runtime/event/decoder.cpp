// Two steps. simdjson's first stage checks UTF-8 and strings and lists where every token starts (the structural index);
// a forward walk over that list then looks keys up in the field trie and parses the values that rules need.
//
//   line    {"user":{"name":"x"},"pid":4}
//   index   ^^     ^^^     ^^   ^^    ^^^      one entry per `{ } [ ] : ,`, string, number, word; then the line's size
//
// The walk reads the index rather than going through On-Demand, because then the line needs no padding behind it (no
// copy), the end of a key is known without searching it, and brackets in skipped parts can be matched.
// Tested by tests/unit/runtime/event/decoder_test.cpp and tests/fuzz/event_decoder_fuzz.cpp.
#include "runtime/event/decoder.h"

#include <simdjson.h>

#include <algorithm>
#include <string>
#include <vector>

#include "eqlc/limits.hpp"
#include "runtime/event/field_trie.h"
#include "runtime/event/key_predictor.h"
#include "runtime/value/json_scalar.h"
#include "runtime/value/words.h"

namespace eqlc {
namespace {

using NodeId = FieldTrie::NodeId;

constexpr size_t kFirstCapacity = 16 << 10;
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
    bytes_ = std::make_unique_for_overwrite<char[]>(size_);
    used_ = 0;
  }

  std::unique_ptr<char[]> bytes_;
  size_t size_ = 0;
  size_t needed_ = 0;
  size_t used_ = 0;
};

// One walk over one line. Methods return false after Fail; the walk is over then.
class Walk {
 public:
  Walk(std::string_view text, const uint32_t* index, uint32_t count, const FieldTrie& trie,
       std::span<const FieldReading> readings, KeyPredictor& keys, UnescapeBuffer& unescaped, FrameBuffer& frame)
      : text_(text),
        index_(index),
        count_(count),
        trie_(trie),
        readings_(readings),
        keys_(keys),
        unescaped_(unescaped),
        frame_(frame) {}

  // The whole line. Afterwards event_text is the part of it that is the event.
  bool Document() {
    event_text = text_;
    if (Token() != '{') return Fail("not a JSON object");
    const bool ok = StartsWithMetadata() ? Envelope() : Object(FieldTrie::kRoot);
    return ok && (at_ == count_ || Fail("something follows the object"));
  }

  std::string_view event_text;
  const char* error = nullptr;
  size_t error_offset = 0;

 private:
  bool Fail(const char* what) {
    error = what;
    error_offset = index_[std::min(at_, count_)];
    return false;
  }

  // First character of the current token; NUL behind the last one.
  char Token() const { return at_ < count_ ? text_[index_[at_]] : '\0'; }

  // The current token without the blanks behind it. REQUIRES: at_ < count_.
  std::string_view TokenText() const {
    const size_t first = index_[at_];
    size_t end = index_[at_ + 1];
    while (end > first && IsBlank(text_[end - 1])) --end;
    return text_.substr(first, end - first);
  }
  static bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

  // The inside of the current string token, escapes as they stand.
  bool RawString(std::string_view& raw) {
    const std::string_view token = TokenText();
    if (token.size() < 2 || token.front() != '"' || token.back() != '"') return Fail("a string was expected");
    raw = token.substr(1, token.size() - 2);
    return true;
  }

  // Takes the escapes out; `raw` itself when there are none.
  bool Unescape(std::string_view raw, std::string_view& plain) {
    plain = raw;
    if (!words::Contains(raw, '\\')) return true;
    const auto text = UnescapeJson(raw, unescaped_.Take(raw.size()));
    if (!text) return Fail("a string holds an escape that does not exist");
    plain = *text;
    return true;
  }

  bool Enter() {
    ++at_;
    return ++depth_ <= limits::kMaxEventNesting || Fail("nested too deep");
  }
  bool Leave() {
    ++at_;
    --depth_;
    return true;
  }

  // The current token, a key, escapes as they stand.
  bool RawKey(std::string_view& raw) { return Token() == '"' ? RawString(raw) : Fail("a key was expected"); }

  // Goes on from a key to its value.
  bool TakeKey() {
    ++at_;
    if (Token() != ':') return Fail("a colon was expected");
    ++at_;
    return true;
  }

  // Takes `key :`; the current token is the value then.
  bool Key(std::string_view& key) {
    std::string_view raw;
    return RawKey(raw) && Unescape(raw, key) && TakeKey();
  }

  // The same where `child` of `node` is wanted, not the key itself; kNone when no rule wants it.
  bool Child(NodeId node, NodeId& child) {
    std::string_view raw;
    if (!RawKey(raw)) return false;
    // On its way a dotted key may enter searched arrays, which have to hear of it each time.
    const bool may_enter_arrays = trie_.has_arrays() && raw.find_first_of(".\\") != std::string_view::npos;
    if (const auto guess = may_enter_arrays ? std::nullopt : keys_.Guess(node, raw)) {
      child = *guess;
      return TakeKey();
    }
    std::string_view key;
    if (!Unescape(raw, key)) return false;
    child = trie_.Find(node, key);
    if (!may_enter_arrays) {
      keys_.Learn(node, raw, child);
    } else if (child != abi::kNone) {
      trie_.ForEachArrayPassed(node, key, [&](abi::FieldId array) { frame_.elements().BeginUnlessOpen(array); });
    }
    return TakeKey();
  }

  // What follows an element: takes a comma, or stops at the closing bracket.
  bool Next(char close, bool& more) {
    more = Token() == ',';
    if (more) {
      ++at_;
      return true;
    }
    return Token() == close || Fail("a comma or a closing bracket was expected");
  }

  bool Object(NodeId node) {
    if (!Enter()) return false;
    for (bool more = Token() != '}'; more;) {
      NodeId child;
      if (!Child(node, child)) return false;
      const bool ok = child == abi::kNone ? Skip() : Value(child);
      if (!ok || !Next('}', more)) return false;
    }
    return Leave();
  }

  // Elements of an array stand for the field itself, however deep.
  bool Array(NodeId node) {
    if (!Enter()) return false;
    ++arrays_;
    for (bool more = Token() != ']'; more;) {
      if (!Value(node) || !Next(']', more)) return false;
    }
    --arrays_;
    return Leave();
  }

  // Anything that is no array is an element, one outside an array too; null is none.
  bool Value(NodeId node) {
    if (trie_.whole(node) != abi::kNone && arrays_ == 0) return Whole(node);
    return Parts(node);
  }

  // What the fields at and below `node` get, but for the value as a whole.
  bool Parts(NodeId node) {
    const char first = Token();
    if (first == '[') return Array(node);
    if (trie_.array(node) != abi::kNone && first != 'n') frame_.elements().Begin(trie_.array(node));
    if (first == '{') return trie_.has_children(node) ? Object(node) : Skip();
    return Scalar(trie_.field(node));
  }

  // The same for a node whose value some field takes as a whole; below an array no path leads to one. A scalar is
  // parsed once, whatever number of fields take it.
  bool Whole(NodeId node) {
    const char first = Token();
    const size_t begin = index_[at_];
    if (first == '{' || first == '[') {
      return Parts(node) && Append(trie_.whole(node), abi::Json(text_.substr(begin, index_[at_ - 1] + 1 - begin)));
    }
    if (trie_.array(node) != abi::kNone && first != 'n') frame_.elements().Begin(trie_.array(node));
    const abi::FieldId field = trie_.field(node);
    abi::Value value;
    if (!ParseScalar(value)) return false;
    return (field == abi::kNone || Store(field, value)) && Append(trie_.whole(node), value);
  }

  bool ParseScalar(abi::Value& value) {
    if (Token() != '"') return ParseWord(value) && (++at_, true);
    std::string_view raw;
    std::string_view plain;
    if (!RawString(raw) || !Unescape(raw, plain)) return false;
    ++at_;
    value = abi::String(plain);
    return true;
  }

  bool Scalar(abi::FieldId field) {
    if (field == abi::kNone) return Skip();
    abi::Value value;
    return ParseScalar(value) && Store(field, value);
  }

  bool Store(abi::FieldId field, abi::Value value) {
    if (!readings_.empty()) value = readings_[field].Read(value);
    return Append(field, value);
  }

  bool Append(abi::FieldId field, const abi::Value& value) {
    return value.is_null() || frame_.Append(field, value) || Fail("too many values");
  }

  // A number, true, false or null.
  bool ParseWord(abi::Value& value) {
    const char first = Token();
    if (first == '\0') return Fail("the line is cut off");
    const std::string_view token = TokenText();
    if (first == 't' && token == "true") return value = abi::Bool(true), true;
    if (first == 'f' && token == "false") return value = abi::Bool(false), true;
    if (first == 'n' && token == "null") return value = abi::Null(), true;
    const auto number = ParseJsonNumber(token);
    if (!number) return Fail("a value was expected");
    value = *number;
    return true;
  }

  // --- what no rule needs ---

  bool Skip() {
    const char c = Token();
    if (c == '{' || c == '[') return SkipContainer();
    if (!StartsScalar(c)) return Fail("a value was expected");
    ++at_;
    return true;
  }

  static bool StartsScalar(char c) {
    return c == '"' || c == '-' || (c >= '0' && c <= '9') || c == 't' || c == 'f' || c == 'n';
  }

  // Matches brackets, nothing else.
  bool SkipContainer() {
    char closers[limits::kMaxEventNesting];
    uint32_t open = 0;
    do {
      const char c = Token();
      if (c == '{' || c == '[') {
        if (depth_ + open == limits::kMaxEventNesting) return Fail("nested too deep");
        closers[open++] = c == '{' ? '}' : ']';
      } else if (c == '}' || c == ']') {
        if (c != closers[--open]) return Fail("brackets do not match");
      } else if (c != ',' && c != ':' && !StartsScalar(c)) {
        return Fail(c == '\0' ? "the line is cut off" : "a value was expected");
      }
      ++at_;
    } while (open > 0);
    return true;
  }

  // --- envelopes of exported documents ---

  // Metadata of an index starts with `_`, which fields of events do not, so one look at the first key is enough.
  bool StartsWithMetadata() {
    if (count_ < 2 || text_[index_[1]] != '"') return false;
    at_ = 1;
    std::string_view raw;
    std::string_view key;
    const bool ok = RawString(raw) && Unescape(raw, key);
    Restart();
    return ok && key.starts_with('_');
  }

  // REQUIRES: the frame is empty.
  void Restart() {
    at_ = 0;
    depth_ = 0;
    arrays_ = 0;
    unescaped_.Reset(text_.size());
  }

  bool Envelope() {
    if (!Enter()) return false;
    bool found = false;
    for (bool more = Token() != '}'; more;) {
      std::string_view key;
      if (!Key(key)) return false;
      const bool is_source = key == "_source" && Token() == '{' && !found;
      const bool ok = is_source ? Source() : Skip();
      found |= is_source;
      if (!ok || !Next('}', more)) return false;
    }
    if (found) return Leave();
    Restart();
    return Object(FieldTrie::kRoot);
  }

  bool Source() {
    const size_t first = index_[at_];
    if (!Object(FieldTrie::kRoot)) return false;
    event_text = text_.substr(first, index_[at_ - 1] + 1 - first);
    return true;
  }

  const std::string_view text_;
  const uint32_t* const index_;  // count_ entries, then the size of text_
  const uint32_t count_;
  const FieldTrie& trie_;
  const std::span<const FieldReading> readings_;  // by FieldId, or none
  KeyPredictor& keys_;
  UnescapeBuffer& unescaped_;
  FrameBuffer& frame_;
  uint32_t at_ = 0;      // current token
  uint32_t depth_ = 0;   // open brackets around it that are not skipped
  uint32_t arrays_ = 0;  // of these, arrays
};

}  // namespace

struct Decoder::Impl {
  Impl(std::span<const std::string_view> fields, std::span<const FieldReading> field_readings,
       std::span<const abi::FieldRole> roles)
      : trie(fields, roles), readings(field_readings.begin(), field_readings.end()) {}

  // Step one. The index is in `parser` afterwards.
  simdjson::error_code BuildIndex(std::string_view line) {
    if (capacity < line.size() || parser == nullptr) {
      const size_t wanted = std::max({line.size(), 2 * capacity, kFirstCapacity});
      capacity = 0;
      const auto error = simdjson::get_active_implementation()->create_dom_parser_implementation(
          std::min(wanted, std::max(limits::kMaxEventBytes, line.size())), limits::kMaxEventNesting, parser);
      if (error != simdjson::SUCCESS) return error;
      capacity = parser->capacity();
    }
    return parser->stage1(reinterpret_cast<const uint8_t*>(line.data()), line.size(), simdjson::stage1_mode::regular);
  }

  // Step two.
  Status WalkIndex(std::string_view line, FrameBuffer& frame) {
    unescaped.Reset(line.size());
    keys.StartEvent();
    Walk walk(line, parser->structural_indexes.get(), parser->n_structural_indexes, trie, readings, keys, unescaped,
              frame);
    if (walk.Document()) {
      text = walk.event_text;
      return {};
    }
    frame.Clear();
    return Error{std::string("malformed event: ") + walk.error + " (byte " + std::to_string(walk.error_offset + 1) +
                 ")"};
  }

  FieldTrie trie;
  std::vector<FieldReading> readings;
  KeyPredictor keys;
  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser;
  size_t capacity = 0;
  UnescapeBuffer unescaped;
  std::string repaired;
  std::string_view text;
};

Decoder::Decoder(std::span<const std::string_view> fields, std::span<const FieldReading> readings,
                 std::span<const abi::FieldRole> roles)
    : impl_(std::make_unique<Impl>(fields, readings, roles)) {}
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
  if (line.empty()) return Error{"malformed event: the line is empty"};
  auto error = impl_->BuildIndex(line);
  if (error == simdjson::UTF8_ERROR) {
    // One bad byte must not hide an event from the rules.
    impl_->repaired = ReplaceInvalidUtf8(line);
    line = impl_->repaired;
    error = impl_->BuildIndex(line);
  }
  if (error != simdjson::SUCCESS) return Error{std::string("malformed event: ") + simdjson::error_message(error)};
  return impl_->WalkIndex(line, frame);
}

std::string_view Decoder::text() const { return impl_->text; }

}  // namespace eqlc
